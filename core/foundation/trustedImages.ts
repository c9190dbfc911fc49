import { type Rule, shapedLike } from "../rules";

/** The constraint that the policy sets. https://cloud.google.com/compute/docs/images/restricting-image-access */
export const CONSTRAINT = "compute.trustedImageProjects";

/** Google's own images that a policy may let in. */
export const TrustedImagePreset = {
  /** Operating systems of Compute Engine: Debian, Ubuntu, RHEL, Rocky Linux, SUSE, Windows Server and others. */
  PublicImages: "PublicImages",
  /** Container-Optimized OS, for instances of one's own; GKE's nodes come with GoogleKubernetesEngine. */
  ContainerOptimizedOs: "ContainerOptimizedOs",
  /** Nodes of Google Kubernetes Engine. */
  GoogleKubernetesEngine: "GoogleKubernetesEngine",
  /** Clusters of Dataproc. */
  Dataproc: "Dataproc",
  /** Connectors of Serverless VPC Access. */
  ServerlessVpcAccess: "ServerlessVpcAccess",
  /** Deep Learning VM images and the notebooks that are made from them. */
  DeepLearning: "DeepLearning",
} as const;
export type TrustedImagePreset = (typeof TrustedImagePreset)[keyof typeof TrustedImagePreset];

/** The projects whose images each preset lets in. docs/components/trusted-images.md says how each was verified. */
export const PRESET_PROJECTS: Readonly<Record<TrustedImagePreset, readonly string[]>> = {
  // https://cloud.google.com/compute/docs/images/os-details
  PublicImages: [
    "almalinux-cloud",
    "centos-cloud",
    "debian-cloud",
    "fedora-cloud",
    "fedora-coreos-cloud",
    "opensuse-cloud",
    "rhel-cloud",
    "rhel-sap-cloud",
    "rocky-linux-accelerator-cloud",
    "rocky-linux-cloud",
    "suse-cloud",
    "suse-sap-cloud",
    "ubuntu-os-cloud",
    "ubuntu-os-pro-cloud",
    "windows-cloud",
    "windows-sql-cloud",
  ],
  // https://cloud.google.com/container-optimized-os/docs/concepts/versioning
  ContainerOptimizedOs: ["cos-cloud"],
  // https://cloud.google.com/kubernetes-engine/docs/concepts/node-images
  GoogleKubernetesEngine: ["gke-node-images", "gke-windows-node-images", "ubuntu-os-gke-cloud"],
  // https://cloud.google.com/dataproc/docs/guides/dataproc-images
  Dataproc: ["cloud-dataproc"],
  // https://cloud.google.com/compute/docs/images/restricting-image-access
  ServerlessVpcAccess: ["serverless-vpc-access-images"],
  // https://cloud.google.com/compute/docs/images/restricting-image-access and
  // https://cloud.google.com/deep-learning-vm/docs/images
  DeepLearning: ["deeplearning-platform-release", "ml-images"],
};

/**
 * Services that boot Google's images in one's own projects: without theirs a node pool is created and its nodes never
 * come up, and no golden image could take their place. Operating systems, which golden images do replace, are asked for.
 */
export const DEFAULT_PRESETS: readonly TrustedImagePreset[] = [
  TrustedImagePreset.GoogleKubernetesEngine,
  TrustedImagePreset.Dataproc,
  TrustedImagePreset.ServerlessVpcAccess,
];

/** What the policy is set on. */
export const policyParent: Rule<string> = shapedLike(
  /^(projects\/([a-z0-9.-]+:)?[a-z][-a-z0-9]{4,28}[a-z0-9]|projects\/[1-9][0-9]*|folders\/[1-9][0-9]*|organizations\/[1-9][0-9]*)$/,
  "projects/ID, folders/N or organizations/N",
);

/** The projects that a policy lets in, each once, in alphabetical order. */
export function trustedProjects(own: readonly string[], presets: readonly TrustedImagePreset[]): string[] {
  return [...new Set([...own, ...presets.flatMap((preset) => PRESET_PROJECTS[preset])])].sort();
}

/** A project as the constraint's values write it. */
export function allowedValue(project: string): string {
  return `is:projects/${project}`;
}
