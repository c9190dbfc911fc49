import { type Rule } from "../rule";
import { allowedRegistries } from "./allowedRegistries";
import { cleanupPolicy } from "./cleanupPolicy";
import { customerKey } from "./customerKey";
import { imageDigest } from "./imageDigest";
import { immutableTags } from "./immutableTags";
import { nonRoot } from "./nonRoot";
import { privateRepository } from "./privateRepository";
import { readOnlyRoot } from "./readOnlyRoot";
import { upstreamCredentials } from "./upstreamCredentials";
import { vulnerabilityScanning } from "./vulnerabilityScanning";

/** Rules of the domain `containers`, by id. */
export const rules: readonly Rule[] = [
  allowedRegistries,
  cleanupPolicy,
  customerKey,
  imageDigest,
  immutableTags,
  nonRoot,
  privateRepository,
  readOnlyRoot,
  upstreamCredentials,
  vulnerabilityScanning,
];
