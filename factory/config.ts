import * as pulumi from "@pulumi/pulumi";
import type {
  ContainerRegistryArgs,
  ImageFamilyArgs,
  ImageMirrorArgs,
  ImageProjectArgs,
  ImageSharingArgs,
  LifecycleControllerArgs,
  PullLogsArgs,
  TrustedImagesArgs,
} from "../components";
import schema from "./config.schema.json";
import { problemsOf } from "./validate";

/**
 * The reference factory's configuration, key by key of `Pulumi.<stack>.yaml`. What is written there are the inputs of
 * Kiln's components, less those that the factory itself knows.
 */
export interface FactoryConfig {
  /** The project where images are made. */
  project: pulumi.Unwrap<ImageProjectArgs>;
  /** Image families by name. */
  families: Record<string, pulumi.Unwrap<Omit<ImageFamilyArgs, "project" | "bucket">>>;
  /** What enforces the families' policies. */
  controller?: pulumi.Unwrap<Omit<LifecycleControllerArgs, "project" | "projectNumber" | "bucket">>;
  /** Who uses and who creates images. */
  sharing?: pulumi.Unwrap<Omit<ImageSharingArgs, "project">>;
  /** Where boot disks may come from; the image project itself always is one of them. */
  trustedImages?: pulumi.Unwrap<
    Omit<TrustedImagesArgs, "imageProjects"> & Partial<Pick<TrustedImagesArgs, "imageProjects">>
  >;
  /** Artifact Registry repositories. */
  registry?: pulumi.Unwrap<Omit<ContainerRegistryArgs, "project">>;
  /** What keeps copies of third-party images fresh. Its repositories are addresses, or keys of those in `registry`. */
  mirror?: pulumi.Unwrap<Omit<ImageMirrorArgs, "project" | "projectNumber" | "bucket">>;
  /** Logs of image pulls. */
  pullLogs?: pulumi.Unwrap<Omit<PullLogsArgs, "project">>;
}

/**
 * Reads the stack's configuration.
 *
 * @throws RunError listing every key that is unknown, missing or of the wrong type.
 */
export function readConfig(config: pulumi.Config): FactoryConfig {
  const keys = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith(`${config.name}:`));
  const values = keys
    .map((key) => key.slice(config.name.length + 1))
    .map((key) => [key, valueOf(config, key)] as const);
  const given = Object.fromEntries(values.filter(([, value]) => !isEmpty(value)));
  const found = { families: {}, ...given };
  const problems = problemsOf(schema, found, config.name);
  if (problems.length === 0) return found as FactoryConfig;
  const heading = problems.length === 1 ? "a configuration value is" : `${problems.length} configuration values are`;
  throw new pulumi.RunError(
    [`Pulumi.${pulumi.getStack()}.yaml: ${heading} wrong`, ...problems.map((problem) => `  ${problem}`)].join("\n"),
  );
}

/** A value as it was written: objects and numbers are passed on as JSON, text as it is. */
function valueOf(config: pulumi.Config, key: string): unknown {
  try {
    return config.getObject(key);
  } catch {
    return config.get(key);
  }
}

/** `{}` is how a stack says that it wants none, since Pulumi has no optional objects. */
function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
