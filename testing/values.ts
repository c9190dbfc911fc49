import { UNKNOWN } from "./types";

/** Signatures of Pulumi's wire format. https://pulumi-developer-docs.readthedocs.io/latest/docs/references/deployment-schema.html */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNKNOWN_ON_THE_WIRE = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Turns what a program sends into plain values: secrets opened, references as URNs. */
export function plain(value: unknown): unknown {
  if (value === UNKNOWN_ON_THE_WIRE) return UNKNOWN;
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const record = value as Record<string, unknown>;
  if (record[SIGNATURE] === SECRET) return plain(record.value);
  if (record[SIGNATURE] === OUTPUT) return "value" in record ? plain(record.value) : UNKNOWN;
  if (record[SIGNATURE] === RESOURCE) return record.urn;
  return Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => key !== SIGNATURE && key !== "__pulumiAsset" && key !== "__pulumiArchive")
      .map(([key, entry]) => [key, plain(entry)]),
  );
}

/** Whether a secret is anywhere in the value. */
export function holdsSecret(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  const record = value as Record<string, unknown>;
  if (record[SIGNATURE] === SECRET || (record[SIGNATURE] === OUTPUT && record.secret === true)) return true;
  return Object.values(record).some(holdsSecret);
}
