import { targetOf } from "../iam/grants";
import { eachGrant, isPublic, memberFindingsOf } from "../iam/members";
import { alike, anyLikely, bothAlike, type Likely } from "../likely";
import { type ResourceRule, type RuleConfig } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const TARGET = "gcp:artifactregistry/Repository";

/** What may be granted to everybody on a repository that is public on purpose. */
const READER = "roles/artifactregistry.reader";

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
        description:
          "Repositories from which everybody may pull: ids, which hold in every project, `PROJECT/LOCATION/ID`, or whole names.",
        default: [],
      },
    },
  },
  check: (resource, config) =>
    eachGrant(resource, (grant) => {
      const findings = memberFindingsOf(grant, isPublic, "Everybody on the internet gets this.");
      if (!findings.some((finding) => "violation" in finding)) return findings;
      const meant = bothAlike([alike(grant.role, READER), isPublicOnPurpose(resource.inputs, config)]);
      if (meant === "no") return findings;
      return meant === "yes"
        ? []
        : [{ path: grant.role === UNKNOWN ? grant.rolePath : "repository", cannotTell: true }];
    }),
};

/** Whether resources of a type grant roles on repositories. */
export function isRepositoryGrant(type: string): boolean {
  return targetOf(type) === TARGET;
}

function isPublicOnPurpose(inputs: Inputs, { publicRepositories: names }: RuleConfig): Likely {
  const meant = Array.isArray(names) ? (names as Value[]).filter((name) => typeof name === "string") : [];
  const given = placeOf(inputs.repository, inputs);
  return anyLikely(meant.map((name) => isSame(given, placeOf(name))));
}

/** Where a repository is; what is not given is the provider's, or in the configuration any. */
interface Place {
  id: Value;
  location: Value;
  project: Value;
}

/** A repository is given by its id, with its project and its location before it, or by its whole name. */
function placeOf(name: Value, { project, location }: Inputs = {}): Place {
  if (typeof name !== "string") return { id: name, location, project };
  const parts = name.replace(/^projects\/|\/(locations|repositories)(?=\/)/g, "").split("/");
  const id = parts.pop();
  return { id, project: parts[0] ?? project, location: parts[1] ?? location };
}

function isSame(given: Place, meant: Place): Likely {
  const inPlace = (["project", "location"] as const)
    .filter((part) => meant[part] !== undefined)
    .map((part) => alike(given[part] ?? UNKNOWN, meant[part]));
  return bothAlike([alike(given.id, meant.id), ...inPlace]);
}
