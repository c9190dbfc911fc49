import { targetOf } from "../iam/grants";
import { isPublic, memberFindings } from "../iam/members";
import { type ResourceRule, type RuleConfig } from "../rule";
import { UNKNOWN, type Value } from "../value";

const TARGET = "gcp:artifactregistry/Repository";

/** Repositories are not for everybody. */
export const privateRepository: ResourceRule = {
  id: "containers-private-repository",
  what: "No repository is given to everybody.",
  why: "Images hold programs, and often more than was meant to be in them. A repository that everybody pulls from also costs: its owner pays for what leaves the region.",
  fix: "Name in `member` or `members` the groups and service accounts that pull; a repository that is public on purpose is named in `publicRepositories`.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloud.google.com/artifact-registry/docs/access-control",
  checkov: ["CKV_GCP_101"],
  types: isRepositoryGrant,
  config: {
    properties: {
      publicRepositories: {
        type: "array",
        items: { type: "string" },
        description: "Ids of repositories from which everybody may pull.",
        default: [],
      },
    },
  },
  check: (grant, config) => {
    const findings = memberFindings(grant, isPublic, "Everybody on the internet gets this.");
    const { repository } = grant.inputs;
    const objects = findings.some((finding) => "violation" in finding);
    if (objects && repository === UNKNOWN && namesOf(config).length > 0)
      return [{ path: "repository", cannotTell: true }];
    return isNamed(repository, config) ? [] : findings;
  },
};

/** Whether resources of a type grant roles on repositories. */
export function isRepositoryGrant(type: string): boolean {
  return targetOf(type) === TARGET;
}

/** A repository is given by its id or by its whole name, which ends in it. */
function isNamed(repository: Value, config: RuleConfig): boolean {
  return typeof repository === "string" && namesOf(config).includes(repository.split("/").at(-1));
}

function namesOf({ publicRepositories: names }: RuleConfig): unknown[] {
  return Array.isArray(names) ? names : [];
}
