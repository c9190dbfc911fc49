import { type ResourceRule } from "../rule";
import { at, type Inputs, UNKNOWN, type Value } from "../value";
import { modeOf, REPOSITORY } from "./repositories";

const CONFIG = "remoteRepositoryConfig";
const PASSWORD = `${CONFIG}.upstreamCredentials.usernamePasswordCredentials.passwordSecretVersion`;
/** The inputs that say which registry a repository stands in for. */
const UPSTREAMS = [
  `${CONFIG}.dockerRepository.publicRepository`,
  `${CONFIG}.dockerRepository.customRepository.uri`,
  `${CONFIG}.commonRepository.uri`,
];

/** Docker Hub by its name, or by the address of one of its hosts. */
const DOCKER_HUB = /^(DOCKER_HUB$|https:\/\/([^/@]*@)?([a-z0-9-]+\.)*docker\.(io|com)(\/|$))/;

/** What stands in for Docker Hub has an account there. */
export const upstreamCredentials: ResourceRule = {
  id: "containers-upstream-credentials",
  what: "Remote repositories of Docker Hub have credentials.",
  why: "Docker Hub counts pulls: without an account all of Artifact Registry's customers share what their addresses may pull, and a build fails with 429 on a busy day. With an account the limit is your own.",
  fix: "Give `remoteRepositoryConfig.upstreamCredentials.usernamePasswordCredentials` a `username` and the `passwordSecretVersion` of an access token in Secret Manager.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/artifact-registry/docs/repositories/configure-remote-auth-dockerhub",
  types: [REPOSITORY],
  check: ({ inputs }) => {
    if (modeOf(inputs) !== UNKNOWN && modeOf(inputs) !== "REMOTE_REPOSITORY") return [];
    const password = at(inputs, PASSWORD);
    if (typeof password === "string" && password !== "") return [];
    const depends = firstUnknown(inputs);
    if (depends !== undefined) return [{ path: depends, cannotTell: true }];
    const path = UPSTREAMS.find((upstream) => isDockerHub(at(inputs, upstream)));
    if (path === undefined) return [];
    if (password === UNKNOWN) return [{ path: PASSWORD, cannotTell: true }];
    return [{ path: PASSWORD, violation: "Docker Hub is pulled from without an account." }];
  },
};

/** Path of the first input that decides whether the rule applies and that is not known. */
function firstUnknown(inputs: Inputs): string | undefined {
  return ["mode", ...UPSTREAMS].find((path) => at(inputs, path) === UNKNOWN);
}

function isDockerHub(upstream: Value): boolean {
  return typeof upstream === "string" && DOCKER_HUB.test(upstream);
}
