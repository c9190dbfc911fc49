import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { REPOSITORY } from "./repositories";

const SAYS = "dockerConfig.immutableTags Tags of this repository can be moved";

const docker = (inputs: Inputs): CaseResource => ({
  type: REPOSITORY,
  inputs: { format: "DOCKER", repositoryId: "releases", ...inputs },
});

export const cases: RuleCases = {
  good: [
    { title: "immutable tags", resources: [docker({ dockerConfig: { immutableTags: true } })] },
    {
      title: "tags that are meant to move, by label",
      resources: [docker({ labels: { "kiln-tags": "moving" }, dockerConfig: { immutableTags: false } })],
    },
    {
      title: "tags that are meant to move, by configuration",
      resources: [docker({ repositoryId: "snapshots" })],
      config: { movingTagRepositories: ["snapshots"] },
    },
    { title: "another format", resources: [docker({ format: "NPM" })] },
    { title: "a remote repository", resources: [docker({ mode: "REMOTE_REPOSITORY" })] },
    {
      title: "a virtual repository with labels to come",
      resources: [docker({ mode: "VIRTUAL_REPOSITORY", labels: UNKNOWN })],
    },
  ],
  bad: [
    { title: "mutable tags", resources: [docker({ dockerConfig: { immutableTags: false } })], says: [SAYS] },
    {
      title: "mutable tags in a standard repository with other labels",
      resources: [docker({ mode: "STANDARD_REPOSITORY", labels: { "kiln-tags": "fixed" }, dockerConfig: {} })],
      config: { movingTagRepositories: ["snapshots"] },
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "tags", resources: [docker({ dockerConfig: { immutableTags: UNKNOWN } })] },
    { title: "the mode", resources: [docker({ mode: UNKNOWN })] },
    { title: "labels", resources: [docker({ labels: UNKNOWN })] },
    {
      title: "the id, where some are excepted",
      resources: [docker({ repositoryId: UNKNOWN })],
      config: { movingTagRepositories: ["snapshots"] },
    },
  ],
  secret: [{ title: "a secret label", resources: [docker({ labels: { "kiln-tags": secretValue("hunter2") } })] }],
  absent: [{ title: "nothing is said", resources: [docker({})], says: [SAYS] }],
};
