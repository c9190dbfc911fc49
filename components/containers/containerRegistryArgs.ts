import type * as pulumi from "@pulumi/pulumi";
import type { Runtime } from "../../core/registry/access";

/** Whether Artifact Analysis scans what is pushed. https://cloud.google.com/artifact-analysis/docs/enable-automatic-scanning */
export const VulnerabilityScanning = {
  /** As the project says: on where the Container Scanning API is. */
  Inherited: "INHERITED",
  /** Off for this repository. */
  Disabled: "DISABLED",
} as const;
export type VulnerabilityScanning = (typeof VulnerabilityScanning)[keyof typeof VulnerabilityScanning];

/** A runtime of a project, which pulls images. */
export interface RuntimeReaderArgs {
  /** What pulls. Where it runs as an account of its own, such as GKE nodes should, that account belongs into `readers`. */
  runtime: pulumi.Input<Runtime>;
  /** Number (not id) of the project in which it runs. */
  projectNumber: pulumi.Input<string>;
}

/** Account at the upstream of a remote repository. */
export interface UpstreamCredentialsArgs {
  /** Name of the account. */
  username: pulumi.Input<string>;
  /**
   * Version of the secret that holds its password or access token, as `projects/P/secrets/S/versions/V`. Artifact
   * Registry's service agent is granted `roles/secretmanager.secretAccessor` on the secret.
   */
  passwordSecretVersion: pulumi.Input<string>;
}

/** Another registry, whose images a repository fetches and keeps. https://cloud.google.com/artifact-registry/docs/repositories/remote-overview */
export interface RemoteRepositoryArgs {
  /**
   * The registry: one of `RemoteUpstream`, or the address of another such as `https://ghcr.io`. Another Artifact
   * Registry repository is `https://LOCATION-docker.pkg.dev/PROJECT/REPOSITORY`.
   */
  upstream: pulumi.Input<string>;
  /**
   * Account at the registry. Docker Hub lets 100 pulls in 6 hours through without one.
   * @default - none
   */
  credentials?: UpstreamCredentialsArgs;
  /**
   * Create the repository without asking the upstream whether it answers to the credentials.
   * @default false
   */
  skipUpstreamValidation?: pulumi.Input<boolean>;
}

/** Several repositories behind one address. https://cloud.google.com/artifact-registry/docs/repositories/virtual-overview */
export interface VirtualRepositoryArgs {
  /**
   * Repositories that are asked for an image, as keys of the registry's own, each with its priority (1 to 10000). The
   * greater one is asked first: give your own repositories more than the remote ones, so that nobody outside can put an
   * image in front of yours.
   */
  upstreams: Record<string, pulumi.Input<number>>;
}

/** Tagged images that are deleted by age. */
export interface TaggedCleanupArgs {
  /** Images with a tag that begins with one of these are meant, such as `pr-`. */
  tagPrefixes: pulumi.Input<string>[];
  /** Age from which they are deleted, as `14d`; at least a day. */
  olderThan: pulumi.Input<string>;
}

/**
 * What is kept and what is deleted. Keeping wins over deleting; what is only kept deletes nothing. Ages are written as
 * gcloud does: `7d`, `36h`, `P90D`. https://cloud.google.com/artifact-registry/docs/repositories/cleanup-policy-overview
 */
export interface CleanupArgs {
  /**
   * How many versions of each image are kept, whatever their age (1 to 10000).
   * @default - none for their number
   */
  keepNewest?: pulumi.Input<number>;
  /**
   * Images with a tag that begins with one of these are kept, such as `release-`.
   * @default - none for their tags
   */
  keepTagPrefixes?: pulumi.Input<string>[];
  /**
   * Age from which images without a tag are deleted; at least a day.
   * @default - never
   */
  deleteUntaggedAfter?: pulumi.Input<string>;
  /**
   * Age from which images are deleted, with or without a tag; at least a day.
   * @default - never
   */
  deleteOlderThan?: pulumi.Input<string>;
  /**
   * Tagged images that are deleted by age, by a name of your choice.
   * @default - none
   */
  deleteTagged?: Record<string, TaggedCleanupArgs>;
}

/** One repository: a standard one, unless `remote` or `virtual` says otherwise. */
export interface ContainerRepositoryArgs {
  /**
   * Id of the repository: at most 63 lower-case letters, digits and hyphens, beginning with a letter.
   * @default - the key in the map
   */
  repositoryId?: pulumi.Input<string>;
  /** What the repository is for, for people. */
  description?: pulumi.Input<string>;
  /**
   * Fetch images from another registry. Cannot be given or taken back later.
   * @default - images are pushed
   */
  remote?: RemoteRepositoryArgs;
  /**
   * Serve images of other repositories of this registry. Cannot be given or taken back later.
   * @default - images are pushed
   */
  virtual?: VirtualRepositoryArgs;
  /**
   * Refuse to move and delete tags, for standard repositories. A tag that moves, such as `latest` or that of a channel,
   * needs a repository without it; and no tagged image can be deleted, by `cleanup` neither.
   * @default false
   */
  immutableTags?: pulumi.Input<boolean>;
  /**
   * What is deleted, for standard and remote repositories.
   * @default - nothing
   */
  cleanup?: CleanupArgs;
  /**
   * Only log what `cleanup` would delete, as audit logs of `BatchDeleteVersions`.
   * @default false
   */
  cleanupDryRun?: pulumi.Input<boolean>;
  /**
   * Whether pushed images are scanned, for standard and remote repositories.
   * @default - VulnerabilityScanning.Inherited; what Artifact Registry chooses for remote ones
   */
  vulnerabilityScanning?: pulumi.Input<VulnerabilityScanning>;
  /**
   * Who pulls, beside the registry's own readers: IAM members by a name of your choice.
   * @default - none
   */
  readers?: Record<string, pulumi.Input<string>>;
  /**
   * Who pushes and pulls, for standard repositories, beside the registry's own writers.
   * @default - none
   */
  writers?: Record<string, pulumi.Input<string>>;
  /**
   * Who deletes images and tags, pushes and pulls, beside the registry's own administrators.
   * @default - none
   */
  administrators?: Record<string, pulumi.Input<string>>;
  /**
   * Runtimes that pull, beside the registry's own.
   * @default - none
   */
  runtimes?: Record<string, RuntimeReaderArgs>;
  /**
   * Labels, beside the registry's own; the same key here wins.
   * @default - none
   */
  labels?: Record<string, pulumi.Input<string>>;
}

/** Repositories of one project and location, and who may do what with them. */
export interface ContainerRegistryArgs {
  /** Project that holds the repositories: `ImageProject.projectId`. */
  project: pulumi.Input<string>;
  /** Region of the repositories, or `us`, `europe` or `asia`. Cannot be changed later. */
  location: pulumi.Input<string>;
  /** The repositories, by a name of your choice, which is also their id unless they say another. */
  repositories: Record<string, ContainerRepositoryArgs>;
  /**
   * Who pulls from every repository: IAM members by a name of your choice.
   * @default - those that may by roles on the project
   */
  readers?: Record<string, pulumi.Input<string>>;
  /**
   * Who pushes to and pulls from every standard repository. Whoever also pulls from remote and virtual ones is a reader too.
   * @default - those that may by roles on the project
   */
  writers?: Record<string, pulumi.Input<string>>;
  /**
   * Who deletes images and tags, pushes to and pulls from every repository. Not who creates, changes and deletes the
   * repositories themselves: that is this program's work.
   * @default - those that may by roles on the project
   */
  administrators?: Record<string, pulumi.Input<string>>;
  /**
   * Runtimes that pull from every repository. Those of the registry's own project may by themselves where the project's
   * default accounts have kept their roles.
   * @default - none
   */
  runtimes?: Record<string, RuntimeReaderArgs>;
  /**
   * Accept `allUsers` and `allAuthenticatedUsers` as readers. Never as writers or administrators.
   * @default false
   */
  allowPublic?: boolean;
  /**
   * Log who pulls and who pushes, in the audit logs of data access of the whole project. Replaces what the project logs of
   * Artifact Registry so far; what Cloud Logging keeps beyond its free amount is billed.
   * @default false
   */
  auditLogs?: boolean;
  /**
   * Key that encrypts the images, as `projects/P/locations/L/keyRings/R/cryptoKeys/K`, held in the registry's location.
   * Artifact Registry's service agent is granted its use. Cannot be changed later.
   * @default - Google's own keys
   */
  kmsKey?: pulumi.Input<string>;
  /**
   * E-mail of the project's Artifact Registry service agent, for the grants on `kmsKey` and on the secrets of
   * credentials; `ImageProject.serviceAgents` has it. It must exist: it does once the project has had a repository.
   * @default - service-N@gcp-sa-artifactregistry.iam.gserviceaccount.com, with the project's number looked up
   */
  serviceAgent?: pulumi.Input<string>;
  /**
   * Protect the repositories from deletion. Release them in an update of its own before the one that deletes them.
   * @default - the component's own `protect` option; without that, true
   */
  protect?: boolean;
  /**
   * Labels of every repository.
   * @default - none
   */
  labels?: Record<string, pulumi.Input<string>>;
}
