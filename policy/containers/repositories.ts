import { type Inputs, type Value } from "../value";

/** Type of a repository of Artifact Registry. */
export const REPOSITORY = "gcp:artifactregistry/repository:Repository";

/** Where the images of a repository come from; unknown where a preview does not know. */
export function modeOf({ mode }: Inputs): Value {
  return mode ?? "STANDARD_REPOSITORY";
}
