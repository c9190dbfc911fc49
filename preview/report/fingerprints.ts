import { createHash } from "node:crypto";
import { type PolicyFinding } from "./findings";

/**
 * What tells each result from the others and stays the same from run to run: policy and resource, numbered where one
 * policy has several to say of one resource. `primaryLocationLineHash` is the name that GitHub reads; without it, it
 * would take all results on the same line of one file for one.
 */
export function fingerprints(findings: PolicyFinding[]): { primaryLocationLineHash: string }[] {
  const seen = new Map<string, number>();
  return findings.map(({ pack, policy, urn = "" }) => {
    const hash = createHash("sha256")
      .update(JSON.stringify([pack, policy.name, urn]))
      .digest("hex")
      .slice(0, 16);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return { primaryLocationLineHash: `${hash}:${number}` };
  });
}
