import * as pulumi from "@pulumi/pulumi";
import { Repository, RepositoryIamMember } from "@pulumi/gcp/artifactregistry";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms";
import { getProjectOutput } from "@pulumi/gcp/organizations";
import { IAMAuditConfig } from "@pulumi/gcp/projects";
import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { type Grant, KEY_USER } from "../../core/iam/grants";
import { serviceAgentEmail } from "../../core/iam/serviceAgents";
import { Runtime, SECRET_READER } from "../../core/registry/access";
import { repositoryName, repositoryUrl } from "../../core/registry/addresses";
import { cleanupPolicies, type CleanupSpec } from "../../core/registry/cleanup";
import { RepositoryMode } from "../../core/registry/modes";
import { remoteSource, RemoteUpstream, secretOf } from "../../core/registry/upstreams";
import { requirementsOf } from "../../core/requirements";
import { GrantRecord } from "../grants";
import { InputChecks, madeOf } from "../inputs";
import { type ContainerRegistryArgs, VulnerabilityScanning } from "./containerRegistryArgs";
import { type PlannedRegistry, plannedRegistry, type PlannedRepository } from "./containerRegistryChecks";

export type * from "./containerRegistryArgs";
export { RemoteUpstream, Runtime, VulnerabilityScanning };

/**
 * Docker repositories of Artifact Registry: those that images are pushed to, those that stand in for other registries,
 * and those that put several behind one address; with who pulls, who pushes and what is cleaned up.
 * https://cloud.google.com/artifact-registry/docs/docker
 *
 * @example
 * const registry = new ContainerRegistry("images", {
 *   project: "acme-images",
 *   location: "europe-west1",
 *   repositories: {
 *     apps: { immutableTags: true },
 *     hub: { remote: { upstream: RemoteUpstream.DockerHub }, cleanup: { deleteOlderThan: "90d" } },
 *     all: { virtual: { upstreams: { apps: 20, hub: 10 } } },
 *   },
 *   writers: { ci: "serviceAccount:builder@acme-images.iam.gserviceaccount.com" },
 *   runtimes: { shop: { runtime: Runtime.CloudRun, projectNumber: "123456789012" } },
 * });
 * export const apps = registry.urls.apps;
 */
export class ContainerRegistry extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:artifactregistry/repository:Repository",
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    "gcp:organizations/getProject:getProject",
    "gcp:projects/iAMAuditConfig:IAMAuditConfig",
    "gcp:secretmanager/secretIamMember:SecretIamMember",
  ]);

  /**
   * What images are pushed to and pulled from, by key: `LOCATION-docker.pkg.dev/PROJECT/REPOSITORY`. What is made with an
   * address waits for the repository and for its grants.
   */
  readonly urls: Record<string, pulumi.Output<string>>;
  /** Every grant that the registry makes, sorted. */
  readonly grants: pulumi.Output<Grant[]>;
  /** The repositories by key. */
  readonly repositories: Record<string, Repository> = {};

  constructor(name: string, args: ContainerRegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:ContainerRegistry", name, args, opts);
    const checks = new InputChecks(this, `ContainerRegistry "${name}"`);
    const registry = plannedRegistry(checks, args, opts?.protect);
    checks.throwIfAny();
    if (args.auditLogs) this.#createAuditLogs(name, registry);
    const grants = new GrantRecord();
    this.#createRepositories(name, registry, grants);
    this.urls = this.#createMembers(name, registry, grants);
    this.grants = grants.told();
    this.registerOutputs({ urls: this.urls, grants: this.grants });
  }

  /** Reads are pulls, writes are pushes. https://cloud.google.com/artifact-registry/docs/audit-logging */
  #createAuditLogs(name: string, { args: { project } }: PlannedRegistry): void {
    const auditLogConfigs = [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }];
    const service = "artifactregistry.googleapis.com";
    new IAMAuditConfig(`${name}-audit`, { project, service, auditLogConfigs }, { parent: this });
  }

  #createRepositories(name: string, { args, repositories }: PlannedRegistry, record: GrantRecord): void {
    const agent = onFirstUse(() => agentOf(this, args));
    const keyGrant = this.#grantKey(name, args, agent, record);
    const secretGrant = this.#secretGranter(name, agent, record);
    for (const [key, repository] of Object.entries(repositories)) {
      const credentials = repository.args.remote?.credentials;
      const grants = [keyGrant, credentials && secretGrant(key, credentials.passwordSecretVersion)];
      this.repositories[key] = new Repository(
        `${name}-${key}`,
        {
          project: args.project,
          location: args.location,
          format: "DOCKER",
          mode: repository.mode,
          kmsKeyName: args.kmsKey,
          ...contentsOf(repository),
          ...(repository.args.virtual && this.#upstreams(repository.args.virtual.upstreams)),
        },
        { parent: this, protect: args.protect, dependsOn: grants.filter((grant) => grant !== undefined) },
      );
    }
  }

  #upstreams(priorities: Record<string, pulumi.Input<number>>) {
    const upstreamPolicies = Object.entries(priorities)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, priority]) => ({ id: key, priority, repository: nameOf(this.repositories[key]) }));
    return { virtualRepositoryConfig: { upstreamPolicies } };
  }

  #grantKey(name: string, { kmsKey }: ContainerRegistryArgs, agent: () => pulumi.Output<string>, record: GrantRecord) {
    if (kmsKey === undefined) return undefined;
    const grant = record.on(kmsKey, { cryptoKeyId: kmsKey, role: KEY_USER, member: agent() });
    return new CryptoKeyIAMMember(`${name}-key`, grant, { parent: this });
  }

  /**
   * Grants each secret once, whichever repositories use it: were it granted for each of them, removing one would take
   * the role from the others. A secret that is not known yet is taken for one of its own.
   */
  #secretGranter(name: string, agent: () => pulumi.Output<string>, record: GrantRecord) {
    const granted = new Map<string, SecretIamMember>();
    return (key: string, version: pulumi.Input<string>): SecretIamMember => {
      const secretId = madeOf(version, secretOf);
      const child = typeof secretId === "string" ? `secret-${secretChild(secretId)}` : `${key}-secret`;
      const before = granted.get(child);
      if (before) return before;
      const grant = record.on(secretId, { secretId, role: SECRET_READER, member: agent() });
      const member = new SecretIamMember(`${name}-${child}`, grant, { parent: this });
      granted.set(child, member);
      return member;
    };
  }

  /** @returns addresses that are known in a preview, and in an update once their readers and writers may use them. */
  #createMembers(name: string, { args: { project, location }, repositories }: PlannedRegistry, record: GrantRecord) {
    const urls: Record<string, pulumi.Output<string>> = {};
    for (const [key, { args, grants }] of Object.entries(repositories)) {
      const address = { location, project, repositoryId: args.repositoryId };
      const resource = madeOf(address, repositoryName);
      const repository = this.repositories[key].repositoryId;
      let ready = this.repositories[key].urn;
      for (const { suffix, role, member } of grants) {
        const grant = record.on(resource, { project, location, repository, role, member });
        const granted = new RepositoryIamMember(`${name}-${key}/${suffix}`, grant, { parent: this });
        ready = ready.apply(() => granted.urn);
      }
      const url = pulumi.output(madeOf(address, repositoryUrl));
      urls[key] = ready.apply(() => url);
    }
    return urls;
  }
}

/** What of a repository's inputs is its own, beside those of the registry. */
function contentsOf({ args, labels, mode }: PlannedRepository) {
  const { remote, cleanup } = args;
  const source = remote && pulumi.output(madeOf(remote.upstream, remoteSource));
  const standard = mode === RepositoryMode.Standard;
  const scanning = args.vulnerabilityScanning ?? (standard ? VulnerabilityScanning.Inherited : undefined);
  return {
    repositoryId: args.repositoryId,
    description: args.description,
    labels,
    dockerConfig: standard ? { immutableTags: args.immutableTags ?? false } : undefined,
    cleanupPolicies: cleanup && madeOf(cleanup, (spec) => cleanupPolicies(spec as CleanupSpec)),
    cleanupPolicyDryRun: args.cleanupDryRun,
    vulnerabilityScanningConfig: scanning === undefined ? undefined : { enablementConfig: scanning },
    remoteRepositoryConfig: remote && {
      dockerRepository: source?.dockerRepository,
      commonRepository: source?.commonRepository,
      disableUpstreamValidation: remote.skipUpstreamValidation,
      upstreamCredentials: remote.credentials && {
        usernamePasswordCredentials: {
          username: remote.credentials.username,
          passwordSecretVersion: remote.credentials.passwordSecretVersion,
        },
      },
    },
  };
}

function agentOf(registry: ContainerRegistry, args: ContainerRegistryArgs): pulumi.Output<string> {
  const email =
    args.serviceAgent ??
    getProjectOutput({ projectId: args.project }, { parent: registry }).number.apply((number) =>
      serviceAgentEmail("artifactregistry.googleapis.com", number),
    );
  return pulumi.interpolate`serviceAccount:${email}`;
}

/** Project and name of a secret, for the name of a child; neither holds a slash, so that no two secrets share one. */
function secretChild(secret: string): string {
  const [, project, , id] = secret.split("/");
  return `${project}/${id}`;
}

function nameOf({ location, project, repositoryId }: Repository): pulumi.Output<string> {
  return pulumi.output({ location, project, repositoryId }).apply(repositoryName);
}

function onFirstUse<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
