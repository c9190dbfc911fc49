import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { REPOSITORY } from "./repositories";

const SAYS = "passwordSecretVersion Docker Hub is pulled from without an account";
const HUB = { dockerRepository: { publicRepository: "DOCKER_HUB" } };

const remote = (remoteRepositoryConfig: Value): CaseResource => ({
  type: REPOSITORY,
  inputs: { format: "DOCKER", mode: "REMOTE_REPOSITORY", remoteRepositoryConfig },
});

const withPassword = (passwordSecretVersion: Value): Inputs => ({
  ...HUB,
  upstreamCredentials: { usernamePasswordCredentials: { username: "acme", passwordSecretVersion } },
});

export const cases: RuleCases = {
  good: [
    {
      title: "an access token",
      resources: [remote(withPassword("projects/acme-images/secrets/docker-hub/versions/1"))],
    },
    {
      title: "another registry, which counts no pulls",
      resources: [remote({ commonRepository: { uri: "https://quay.io" } })],
    },
    { title: "a repository that is not remote", resources: [{ type: REPOSITORY, inputs: { format: "DOCKER" } }] },
  ],
  bad: [
    { title: "nobody", resources: [remote(HUB)], says: [SAYS] },
    { title: "no password", resources: [remote(withPassword(""))], says: [SAYS] },
    {
      title: "Docker Hub by its address",
      resources: [remote({ dockerRepository: { customRepository: { uri: "https://registry-1.docker.io" } } })],
      says: [SAYS],
    },
    {
      title: "Docker Hub as any registry",
      resources: [remote({ commonRepository: { uri: "https://registry-1.docker.io/" } })],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the secret's version", resources: [remote(withPassword(UNKNOWN))] },
    { title: "the upstream", resources: [remote({ commonRepository: { uri: UNKNOWN } })] },
    { title: "everything", resources: [remote(UNKNOWN)] },
    { title: "the mode", resources: [{ type: REPOSITORY, inputs: { format: "DOCKER", mode: UNKNOWN } }] },
  ],
  secret: [
    {
      title: "a password in the address",
      resources: [remote({ commonRepository: { uri: secretValue("https://acme:hunter2@registry-1.docker.io") } })],
    },
  ],
  absent: [
    { title: "no configuration", resources: [remote(undefined)] },
    { title: "no credentials", resources: [remote({ ...HUB, upstreamCredentials: {} })], says: [SAYS] },
  ],
};
