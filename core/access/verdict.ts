import { isMember, PULL_PERMISSION, pullsBy } from "./pullRoles";

/** A grant that reaches a repository, as a policy or a program states it. */
export interface StatedGrant {
  role: string;
  /** Member of the policy, with its prefix; `[unknown]` begins one that only a deployment will know. */
  member: string;
  /** Title or expression of its condition. */
  condition?: string;
  /** What it is granted on, for people: `the repository`, `project acme-containers`. */
  on: string;
  /** Whether what it is granted on is certain to hold the repository; otherwise what to look at. */
  reaches?: string;
}

/** What is known of who may do what with a repository. */
export interface KnownAccess {
  grants: readonly StatedGrant[];
  /** What could not be read, as sentences. */
  gaps: readonly string[];
}

/** Whether an account may pull from a repository. */
export type Verdict =
  { state: "granted"; by: string } | { state: "missing" } | { state: "unknown"; why: readonly string[] };

/** More reasons help nobody. */
const MOST_REASONS = 5;

/** Judges by grants alone. What is granted by no policy that is known is missing, unless some are not known. */
export function verdictOf(account: string, { grants, gaps }: KnownAccess): Verdict {
  const doubts = new Set<string>(gaps);
  for (const grant of grants) {
    const doubt = doubtOf(grant, account);
    if (doubt === undefined) return { state: "granted", by: `${grant.role} on ${grant.on}` };
    if (doubt !== "") doubts.add(doubt);
  }
  if (doubts.size === 0) return { state: "missing" };
  const why = [...doubts];
  const more = why.length - MOST_REASONS;
  return { state: "unknown", why: more > 0 ? [...why.slice(0, MOST_REASONS), `${more} reasons more`] : why };
}

/** Nothing where the grant lets the account pull, no text where it does not, and what to look at where that is open. */
function doubtOf({ role, member, condition, on, reaches }: StatedGrant, account: string): string | undefined {
  const answers = [pullsBy(role), isMember(member, account)];
  if (answers.includes("no")) return "";
  const [pulls, is] = answers;
  const what = `${role} on ${on}`;
  if (isOpen(member) || isOpen(role)) return `a grant on ${on} has a part that only the deployment will know`;
  if (is === "unknown") return `${what} is granted to ${member}: look whether the account belongs to it`;
  if (pulls === "unknown") return `${what} is granted: look whether this role has ${PULL_PERMISSION}`;
  if (condition !== undefined) return `${what} is granted under a condition (${condition}): look whether it holds`;
  return reaches === undefined ? undefined : `${what} is granted: ${reaches}`;
}

function isOpen(text: string): boolean {
  return /^\[(unknown|secret)\]/.test(text);
}
