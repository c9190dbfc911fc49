import { plainName } from "./plainText";

/** A type as Pulumi's terminal shows it: `gcp:storage:Bucket` for `gcp:storage/bucket:Bucket`. */
export function displayType(type: string): string {
  return plainName(type.replace(/^([^:]*:[^:/]*)\/[^:]*:/, "$1:"));
}
