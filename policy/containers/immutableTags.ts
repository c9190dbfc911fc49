import { type Finding, type PolicyResource, type ResourceRule, type RuleConfig } from "../rule";
import { at, UNKNOWN } from "../value";
import { modeOf, REPOSITORY } from "./repositories";

const INPUT = "dockerConfig.immutableTags";

/** Label and value of a repository whose tags are meant to move. */
const MOVING = { label: "kiln-tags", value: "moving" };

/** Tags of released images stay where they are. */
export const immutableTags: ResourceRule = {
  id: "containers-immutable-tags",
  what: "Repositories of released Docker images have immutable tags.",
  why: "Whoever may push to a repository with mutable tags may put another image under a tag that is deployed, and nobody who reads the tag notices. Images of branches, whose tags have to move, belong into a repository of their own.",
  fix: `Set \`dockerConfig.immutableTags\` to true; where tags are meant to move, give the repository the label \`${MOVING.label}: ${MOVING.value}\` or name it in \`movingTagRepositories\`.`,
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/artifact-registry/docs/repositories/update-repo-settings",
  types: [REPOSITORY],
  config: {
    properties: {
      movingTagRepositories: {
        type: "array",
        items: { type: "string" },
        description: "Ids of repositories whose tags are meant to move, beside those with the label.",
        default: [],
      },
    },
  },
  check: (repository, config) => {
    const immutable = at(repository.inputs, INPUT);
    if (immutable === true) return [];
    const depends = firstUnknown(repository, config);
    if (depends !== undefined) return [{ path: depends, cannotTell: true }];
    if (!holdsReleases(repository, config)) return [];
    if (immutable === UNKNOWN) return [{ path: INPUT, cannotTell: true }];
    return [{ path: INPUT, violation: "Tags of this repository can be moved to other images." } satisfies Finding];
  },
};

function holdsReleases({ inputs }: PolicyResource, config: RuleConfig): boolean {
  const docker = inputs.format === "DOCKER" && modeOf(inputs) === "STANDARD_REPOSITORY";
  return docker && at(inputs, `labels.${MOVING.label}`) !== MOVING.value && !excepted(config, inputs.repositoryId);
}

/** Path of the first input that decides whether the rule applies and that is not known. */
function firstUnknown({ inputs }: PolicyResource, config: RuleConfig): string | undefined {
  if (inputs.format !== UNKNOWN && inputs.format !== "DOCKER") return undefined;
  if (inputs.mode !== UNKNOWN && modeOf(inputs) !== "STANDARD_REPOSITORY") return undefined;
  const paths = ["format", "mode", `labels.${MOVING.label}`];
  const names = config.movingTagRepositories;
  if (Array.isArray(names) && names.length > 0) paths.push("repositoryId");
  return paths.find((path) => at(inputs, path) === UNKNOWN);
}

function excepted({ movingTagRepositories: names }: RuleConfig, id: unknown): boolean {
  return Array.isArray(names) && names.includes(id);
}
