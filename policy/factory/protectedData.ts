import { type Finding, type PolicyResource, type ResourceRule } from "../rule";
import { at, UNKNOWN, type Value } from "../value";

/** What holds data, and the inputs beside `deletionPolicy` that keep it from being deleted. */
const HOLDERS: Record<string, Holder> = {
  "gcp:artifactregistry/repository:Repository": {
    empty: ({ inputs }) => inputs.mode === "VIRTUAL_REPOSITORY" || inputs.mode === "REMOTE_REPOSITORY",
    decides: ["mode"],
  },
  "gcp:bigquery/dataset:Dataset": {},
  "gcp:bigquery/table:Table": {
    empty: ({ inputs: { view } }) => view !== undefined && view !== null && view !== UNKNOWN,
    decides: ["view"],
    keeps: ["deletionProtection"],
    default: { deletionProtection: true },
  },
  "gcp:kms/cryptoKey:CryptoKey": {},
  "gcp:organizations/project:Project": { default: { deletionPolicy: "PREVENT" } },
  "gcp:secretmanager/secret:Secret": { keeps: ["deletionProtection"] },
  "gcp:storage/bucket:Bucket": { keeps: ["retentionPolicy.isLocked"] },
};

interface Holder {
  /** Whether a resource of the type holds nothing that would be lost. */
  empty?: (resource: PolicyResource) => boolean;
  /** Inputs that decide whether it is empty. */
  decides?: readonly string[];
  /** Inputs that keep it from being deleted where they are true. */
  keeps?: readonly string[];
  /** What the provider takes where nothing is given. */
  default?: Readonly<Record<string, Value>>;
}

const POLICY = "deletionPolicy";
const KEEPING = ["PREVENT", "ABANDON"];

/** What holds data is protected. */
export const protectedData: ResourceRule = {
  id: "factory-protected-data",
  what: "Resources that hold data are protected from deletion.",
  why: "A resource that is renamed, moved to another parent or whose location changes is deleted and created anew, with all that it held. Protection makes the deployment stop instead. A rule sees one program only, as it is now: `kiln preview --compare` tells what a change unprotects, replaces or deletes.",
  fix: "Set the option `protect` to true, or `deletionPolicy` to `PREVENT`; to delete it on purpose, release it in an update of its own before.",
  severity: "high",
  level: "advisory",
  link: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  checkov: ["CKV_GCP_82", "CKV_GCP_121"],
  types: Object.keys(HOLDERS),
  check: (resource) => {
    const holder = HOLDERS[resource.type];
    if (resource.protect || holder.empty?.(resource) || isKept(resource, holder)) return [];
    const paths = [...(holder.decides ?? []), ...(holder.keeps ?? []), POLICY];
    const unknown = paths.find((path) => at(resource.inputs, path) === UNKNOWN);
    if (unknown !== undefined) return [{ path: unknown, cannotTell: true }];
    return [{ violation: "Nothing keeps this resource from being deleted with what it holds." } satisfies Finding];
  },
};

function isKept({ inputs }: PolicyResource, holder: Holder): boolean {
  const given = (path: string) => at(inputs, path) ?? holder.default?.[path];
  return KEEPING.some((value) => value === given(POLICY)) || (holder.keeps ?? []).some((path) => given(path) === true);
}
