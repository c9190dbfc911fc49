import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import {
  API_VERSION,
  DEFAULT_LIFECYCLE,
  type LifecyclePolicy,
  policyObjectName,
} from "../../../core/lifecycle/familyPolicy";
import { type ComputeFake } from "../../../testing/compute";
import { type BucketServer } from "../../support/buckets";
import { KILN, type Result, resultOf } from "../command";

export const PROJECT = "acme-images";
export const BUCKET = "acme-images-kiln";

/** What the command is told of its surroundings; without a fake it finds no cloud. */
export interface Surroundings {
  fake?: ComputeFake;
  buckets?: BucketServer;
  env?: Record<string, string | undefined>;
}

/** What the command finds in its environment: the fakes, and nothing of this machine's. */
export function environment({ fake, buckets, env = {} }: Surroundings): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    GOOGLE_CLOUD_PROJECT: PROJECT,
    // Nowhere, so that a test without buckets asks nobody.
    KILN_STORAGE_ENDPOINT: buckets?.url ?? "http://127.0.0.1:9",
    ...(fake ? { KILN_COMPUTE_ENDPOINT: `http://127.0.0.1:${fake.port}` } : {}),
    ...env,
  };
}

/** Starts `kiln images …`, the build that users get, against the fakes. */
export function startImages(args: string[], surroundings: Surroundings): ChildProcess {
  if (!existsSync(KILN)) throw new Error("dist is not built: npm run build");
  return spawn(process.execPath, [KILN, "images", ...args], {
    env: environment(surroundings),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs it to its end. */
export function images(args: string[], surroundings: Surroundings): Promise<Result> {
  return resultOf(startImages(args, surroundings));
}

/** Adds an image of a family to the fake; deprecated ones are told by when. */
export function addImage(
  fake: ComputeFake,
  name: string,
  created: string,
  { family = "web", ...more }: Parameters<ComputeFake["addImage"]>[0] extends infer Seed ? Partial<Seed> : never = {},
): void {
  const creationTimestamp = `${created}T00:00:00.000-00:00`;
  fake.addImage({ project: PROJECT, name, family, creationTimestamp, ...more });
}

/** What a deprecation that Kiln made looks like. */
export function deprecatedOn(date: string): { deprecated: object } {
  return { deprecated: { state: "DEPRECATED", deprecated: `${date}T00:00:00Z` } };
}

/** The state and labels of all images of the project, by name. */
export function statesOf(fake: ComputeFake): Record<string, string> {
  return Object.fromEntries(
    fake.images(PROJECT).map(({ name, deprecated, labels }) => {
      const state = (deprecated as { state?: string } | undefined)?.state ?? "ACTIVE";
      return [name, [state, ...Object.entries(labels ?? {}).map((label) => label.join("="))].join(" ")];
    }),
  );
}

/** Puts the policy of a family where the command finds it. */
export async function putPolicy(
  buckets: BucketServer,
  family: string,
  spec: Partial<LifecyclePolicy> = {},
): Promise<void> {
  await buckets.put(BUCKET, policyObjectName(family), {
    apiVersion: API_VERSION,
    kind: "FamilyPolicy",
    metadata: { family, project: PROJECT },
    spec: { ...DEFAULT_LIFECYCLE, retainAtLeast: 1, ...spec },
  });
}

/** What depends on when a test runs: the images of the tests are years old. */
export function timeless(text: string): string {
  return text.replace(/20(2[6-9]|[3-9]\d)-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?Z?)?/g, "<later>");
}
