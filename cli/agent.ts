import type * as Agent from "../agent";

/** What acts in Google Cloud: a bundle of its own beside the command's, which only commands for the cloud load. */
export async function loadAgent(): Promise<typeof Agent> {
  const loaded = (await import("../agent/index.js")) as typeof Agent & { default?: typeof Agent };
  return loaded.default ?? loaded;
}
