import { eachGrant } from "../iam/members";
import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { at, entries, UNKNOWN, type Value } from "../value";
import { isRepositoryGrant } from "./privateRepository";

/** Roles with which images are put into a repository or taken out of it. */
const WRITERS: readonly Value[] = [
  "roles/artifactregistry.admin",
  "roles/artifactregistry.createOnPushRepoAdmin",
  "roles/artifactregistry.createOnPushWriter",
  "roles/artifactregistry.repoAdmin",
  "roles/artifactregistry.writer",
];

/** Where what serves says as whom it runs, by type. Jobs are left out: some are there to copy images. */
const ACCOUNTS: Readonly<Record<string, (resource: PolicyResource) => Value[]>> = {
  "gcp:cloudrun/service:Service": ({ inputs }) => [at(inputs, "template.spec.serviceAccountName")],
  "gcp:cloudrunv2/service:Service": ({ inputs }) => [at(inputs, "template.serviceAccount")],
  "gcp:cloudrunv2/workerPool:WorkerPool": ({ inputs }) => [at(inputs, "template.serviceAccount")],
  "gcp:container/cluster:Cluster": ({ inputs }) => [
    at(inputs, "nodeConfig.serviceAccount"),
    at(inputs, "clusterAutoscaling.autoProvisioningDefaults.serviceAccount"),
    ...entries(inputs.nodePools).map((pool) => at(pool, "nodeConfig.serviceAccount")),
  ],
  "gcp:container/nodePool:NodePool": ({ inputs }) => [at(inputs, "nodeConfig.serviceAccount")],
};

/** Inputs that hold the account, as {@link PolicyResource.sources} names them. */
const HOLDERS = ["template", "nodeConfig", "clusterAutoscaling", "nodePools"];

const ACCOUNT_TYPE = /::gcp:serviceaccount\/account:Account::/;

/** What pulls images cannot replace them. */
export const runtimePush: StackRule = {
  id: "containers-runtime-push",
  what: "No account that clusters' nodes, Cloud Run services or worker pools run as may push to a repository.",
  why: "Whoever takes over one workload holds the token of its account, or of its node. Where that may push, every image of the repository can be replaced, and all that pulls it falls with it. To pull, the role of a reader is enough.",
  fix: "Grant the account `roles/artifactregistry.reader`, and let builds push as accounts of their own.",
  severity: "high",
  level: "advisory",
  link: "https://cloud.google.com/artifact-registry/docs/access-control#roles",
  checkStack: (resources) => {
    const runtimes = resources.flatMap(runtimesOf);
    if (runtimes.length === 0) return [];
    return resources
      .filter(({ type }) => isRepositoryGrant(type))
      .flatMap((grant) => writersOf(grant).flatMap((writer) => judged(writer, grant, runtimes)));
  },
};

/** As whom something runs. */
interface Runtime {
  account: Value;
  /** URNs of service accounts from which the account comes. */
  sources: readonly string[];
}

function runtimesOf(resource: PolicyResource): Runtime[] {
  const accounts = Object.hasOwn(ACCOUNTS, resource.type) ? ACCOUNTS[resource.type](resource) : [];
  const sources = accountsIn(resource, HOLDERS);
  return accounts
    .filter((account) => account === UNKNOWN || typeof account === "string")
    .map((account) => ({ account, sources: account === UNKNOWN ? sources : [] }));
}

function accountsIn({ sources = {} }: PolicyResource, inputs: readonly string[]): string[] {
  return inputs.flatMap((input) => (sources[input] ?? []).filter((urn) => ACCOUNT_TYPE.test(urn)));
}

/** A member who may push. */
interface Writer {
  member: Value;
  path: string;
}

function writersOf(resource: PolicyResource): Writer[] {
  const writers: Writer[] = [];
  eachGrant(resource, ({ role, members }) => {
    if (WRITERS.includes(role)) writers.push(...members);
    return [];
  });
  return writers;
}

/** Members that are not known yet go by the service account of which they are made. */
function judged({ member, path }: Writer, grant: PolicyResource, runtimes: readonly Runtime[]): Finding[] {
  const { urn } = grant;
  const violation = "An account as which something serves may push to this repository.";
  if (member !== UNKNOWN)
    return runtimes.some(({ account }) => typeof account === "string" && member === `serviceAccount:${account}`)
      ? [{ path, violation, urn }]
      : [];
  const made = accountsIn(grant, ["member", "members"]);
  if (runtimes.some(({ sources }) => sources.some((source) => made.includes(source))))
    return [{ path, violation, urn }];
  const isSure = made.length > 0 && runtimes.every(({ account, sources }) => account !== UNKNOWN || sources.length > 0);
  return isSure ? [] : [{ path, cannotTell: true, urn }];
}
