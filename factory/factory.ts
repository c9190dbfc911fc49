import * as pulumi from "@pulumi/pulumi";
import {
  ContainerRegistry,
  ImageFamily,
  ImageMirror,
  ImageProject,
  ImageSharing,
  LifecycleController,
  PullLogs,
  TrustedImages,
} from "../components";
import type { FactoryConfig } from "./config";

/** What the reference factory consists of. */
export interface Factory {
  /** The project where images are made. */
  project: ImageProject;
  /** What consumers name to get the newest image, by family. */
  references: pulumi.Output<Record<string, string>>;
  /** What enforces the families' policies. */
  controller?: LifecycleController;
  /** Who uses and who creates images. */
  sharing?: ImageSharing;
  /** Where boot disks may come from. */
  trustedImages?: TrustedImages;
  /** Artifact Registry repositories. */
  registry?: ContainerRegistry;
  /** What keeps copies of third-party images fresh. */
  mirror?: ImageMirror;
  /** Logs of image pulls. */
  pullLogs?: PullLogs;
}

/** Declares all that the configuration asks for; everything in the image project waits until its APIs are on. */
export function buildFactory(config: FactoryConfig): Factory {
  const image = new ImageProject("images", { ...config.project, apis: apisOf(config) });
  const project = image.projectId;
  const families = Object.entries(config.families).map(
    ([name, args]) => [name, new ImageFamily(name, { ...args, project, bucket: image.bucketName })] as const,
  );
  const registry =
    config.registry &&
    new ContainerRegistry("registry", {
      serviceAgent: image.serviceAgents.apply((agents) => agents.artifactregistry),
      ...config.registry,
      project,
    });
  return {
    project: image,
    references: pulumi.output(Object.fromEntries(families.map(([name, { reference }]) => [name, reference]))),
    controller:
      config.controller &&
      new LifecycleController("lifecycle", {
        ...config.controller,
        consumerProjects: consumersOf(config),
        project,
        projectNumber: image.projectNumber,
        bucket: image.bucketName,
      }),
    sharing: config.sharing && new ImageSharing("sharing", { ...config.sharing, project }),
    trustedImages:
      config.trustedImages &&
      new TrustedImages("trusted-images", {
        ...config.trustedImages,
        imageProjects: [project, ...(config.trustedImages.imageProjects ?? [])],
      }),
    registry,
    mirror:
      config.mirror &&
      new ImageMirror("mirror", {
        ...config.mirror,
        repositories: addressesOf(config.mirror.repositories, registry),
        project,
        projectNumber: image.projectNumber,
        bucket: image.bucketName,
      }),
    pullLogs: config.pullLogs && new PullLogs("pull-logs", { ...config.pullLogs, project }),
  };
}

/** What was asked for, and what the logs of pulls, the mirror and the controller need in the project that holds them. */
function apisOf({ project: { apis = [] }, pullLogs, mirror, controller }: FactoryConfig): string[] {
  return [
    ...apis,
    ...(pullLogs ? ["bigquery.googleapis.com"] : []),
    ...(mirror ? ImageMirror.requirements.apis : []),
    ...(controller ? LifecycleController.requirements.apis : []),
    ...(controller?.assetScope ? ["cloudasset.googleapis.com"] : []),
  ];
}

/** Addresses of repositories, of which some are named as the registry's configuration names them. */
function addressesOf(repositories: Record<string, string>, registry: ContainerRegistry | undefined) {
  const addresses: Record<string, pulumi.Input<string>> = {};
  for (const [key, repository] of Object.entries(repositories))
    addresses[key] = registry && Object.hasOwn(registry.urls, repository) ? registry.urls[repository] : repository;
  return addresses;
}

/** Who the images are shared with uses them, and whom the controller is told of besides; each project once. */
function consumersOf({ sharing, controller }: FactoryConfig): Record<string, string> {
  const shared = Object.entries(sharing?.consumers ?? {}).map(([key, { project }]) => [key, project] as const);
  const consumers: Record<string, string> = {};
  for (const [key, project] of [...shared, ...Object.entries(controller?.consumerProjects ?? {})])
    if (!Object.values(consumers).includes(project)) consumers[Object.hasOwn(consumers, key) ? project : key] = project;
  return consumers;
}
