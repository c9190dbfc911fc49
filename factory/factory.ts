import * as pulumi from "@pulumi/pulumi";
import { ContainerRegistry, ImageFamily, ImageProject, ImageSharing, PullLogs, TrustedImages } from "../components";
import type { FactoryConfig } from "./config";

/** What the reference factory consists of. */
export interface Factory {
  /** The project where images are made. */
  project: ImageProject;
  /** What consumers name to get the newest image, by family. */
  references: pulumi.Output<Record<string, string>>;
  /** Who uses and who creates images. */
  sharing?: ImageSharing;
  /** Where boot disks may come from. */
  trustedImages?: TrustedImages;
  /** Artifact Registry repositories. */
  registry?: ContainerRegistry;
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
  return {
    project: image,
    references: pulumi.output(Object.fromEntries(families.map(([name, { reference }]) => [name, reference]))),
    sharing: config.sharing && new ImageSharing("sharing", { ...config.sharing, project }),
    trustedImages:
      config.trustedImages &&
      new TrustedImages("trusted-images", {
        ...config.trustedImages,
        imageProjects: [project, ...(config.trustedImages.imageProjects ?? [])],
      }),
    registry:
      config.registry &&
      new ContainerRegistry("registry", {
        serviceAgent: image.serviceAgents.apply((agents) => agents.artifactregistry),
        ...config.registry,
        project,
      }),
    pullLogs: config.pullLogs && new PullLogs("pull-logs", { ...config.pullLogs, project }),
  };
}

/** What was asked for, and what the logs of pulls need in the project that holds them. */
function apisOf({ project: { apis = [] }, pullLogs }: FactoryConfig): string[] {
  return pullLogs ? [...apis, "bigquery.googleapis.com"] : apis;
}
