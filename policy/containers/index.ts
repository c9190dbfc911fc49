import { type Rule } from "../rule";
import { allowedRegistries } from "./allowedRegistries";
import { buildSteps } from "./buildSteps";
import { cleanupPolicy } from "./cleanupPolicy";
import { customerKey } from "./customerKey";
import { imageDigest } from "./imageDigest";
import { immutableTags } from "./immutableTags";
import { nonRoot } from "./nonRoot";
import { privateRepository } from "./privateRepository";
import { readOnlyRoot } from "./readOnlyRoot";
import { runtimePush } from "./runtimePush";
import { upstreamCredentials } from "./upstreamCredentials";
import { vulnerabilityScanning } from "./vulnerabilityScanning";

/** Rules of the domain `containers`, by id. */
export const rules: readonly Rule[] = [
  allowedRegistries,
  buildSteps,
  cleanupPolicy,
  customerKey,
  imageDigest,
  immutableTags,
  nonRoot,
  privateRepository,
  readOnlyRoot,
  runtimePush,
  upstreamCredentials,
  vulnerabilityScanning,
];
