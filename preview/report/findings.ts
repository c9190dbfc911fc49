import { type PreviewGraph } from "../graph";
import { type PolicyInfo, type PolicyPackResult, type PolicySeverity } from "../policies/results";

/** What becomes of a finding: it stops the deployment, it is told, or nobody can say yet. */
export type FindingKind = "mandatory" | "advisory" | "cannot tell";

/** One thing that a policy said, with what is known of the policy. */
export interface PolicyFinding {
  kind: FindingKind;
  /** Name of the pack, see {@link namedPacks}. */
  pack: string;
  policy: PolicyInfo;
  severity?: PolicySeverity;
  message: string;
  /** Resource; the stack when left out. */
  urn?: string;
}

const ORDER: readonly FindingKind[] = ["mandatory", "advisory", "cannot tell"];

/** What all packs found: mandatory violations first, then advisory ones, then what cannot be told; else in their order. */
export function findingsOf({ policyPacks = [] }: PreviewGraph): PolicyFinding[] {
  const all = namedPacks(policyPacks).flatMap(findingsOfPack);
  return ORDER.flatMap((kind) => all.filter((finding) => finding.kind === kind));
}

/** Packs under names of their own: the second of a name is `name#2`. */
export function namedPacks(packs: readonly PolicyPackResult[]): PolicyPackResult[] {
  const counts = new Map<string, number>();
  return packs.map((pack) => {
    const number = (counts.get(pack.name) ?? 0) + 1;
    counts.set(pack.name, number);
    return number === 1 ? pack : { ...pack, name: `${pack.name}#${number}` };
  });
}

/** What one pack found, in its order. */
export function findingsOfPack({ name: pack, policies, violations, unknowns }: PolicyPackResult): PolicyFinding[] {
  const known = new Map(policies.map((policy) => [policy.name, policy]));
  const policyOf = (name: string, level: PolicyInfo["level"]) => known.get(name) ?? unlisted(name, level);
  return [
    ...violations.map(({ policy: name, level, severity, message, urn }) => {
      const policy = policyOf(name, level);
      return { kind: level, pack, policy, severity: severity ?? policy.severity, message, urn };
    }),
    ...unknowns.map(({ policy: name, message, urn }) => {
      const policy = policyOf(name, "advisory");
      return { kind: "cannot tell" as const, pack, policy, severity: policy.severity, message, urn };
    }),
  ];
}

/** A policy that its pack does not list. */
function unlisted(name: string, level: PolicyInfo["level"]): PolicyInfo {
  return { name, description: "", level, type: "resource" };
}

/** A page about a policy that may become a link: plain https, without a login or anything that ends a link. */
export function pageOf({ url }: { url?: string }): string | undefined {
  return url !== undefined && url.length <= 500 && /^https:\/\/[\w.-]+(\/[\w./#?=&%+-]*)?$/.test(url) ? url : undefined;
}
