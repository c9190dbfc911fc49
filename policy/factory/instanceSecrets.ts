import { type Finding, type ResourceRule } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { metadataOf, WITH_METADATA } from "./instances";

/** Names of metadata that hold a secret by what they say. */
const NAMES = /(^|[-_.])(password|passwd|secret|token|api[-_]?key|private[-_]?key|credentials?)$/i;

/** Texts that are a secret by their looks: keys, and tokens of well-known services. */
const TEXTS =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|"private_key"\s{0,9}:|\b(AIza[\w-]{35}|gh[pousr]_\w{36}|glpat-[\w-]{20}|AKIA[0-9A-Z]{16})\b/;

/** Texts that only name a secret. */
const REFERENCE = /^(projects\/[^/]+\/)?secrets\/|^[a-z]+:\/\//;

/** Metadata holds no secrets. */
export const instanceSecrets: ResourceRule = {
  id: "factory-instance-secrets",
  what: "Metadata of instances, templates and projects hold no secrets.",
  why: "Metadata is read by every process of the instance and by everybody who may view it, and a template keeps it for ever; images that are built there may take it along. What looks like a secret is found by its name or its looks, so that no finding is no proof.",
  fix: "Keep the secret in Secret Manager, put its name into `metadata` and let the instance read it as its own service account.",
  severity: "high",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/metadata/overview",
  types: WITH_METADATA,
  check: (resource) => {
    const { values, pathOf } = metadataOf(resource);
    return [
      ...(values === UNKNOWN ? [cannotTell(pathOf())] : []),
      ...Object.entries(plainObject(values)).flatMap(([name, value]) => judged(pathOf(name), name, value)),
      ...judged("metadataStartupScript", "", resource.inputs.metadataStartupScript),
    ];
  },
};

function judged(path: string, name: string, value: Value): Finding[] {
  const named = NAMES.test(name);
  if (value === UNKNOWN) return named ? [cannotTell(path)] : [];
  if (typeof value !== "string" || value === "") return [];
  const secret = TEXTS.test(value) || (named && !REFERENCE.test(value));
  return secret ? [{ path, violation: "The metadata hold what looks like a secret." }] : [];
}

function cannotTell(path: string): Finding {
  return { path, cannotTell: true };
}

function plainObject(value: Value): Inputs {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
