import type { AsyncLocalStorage } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import * as state from "@pulumi/pulumi/runtime/state";
import type { Recorder } from "./recorder";
import type { RunOptions } from "./types";

/**
 * Pulumi keeps everything about one run in a store; its Automation API gives each inline program one of its own, and so
 * do we. The class is exported without types.
 */
interface Store {
  settings: { engine?: unknown; monitor?: unknown };
}
const { LocalStore } = state as unknown as { LocalStore: new () => Store };
const stores = (globalThis as unknown as { asyncLocalStorage: AsyncLocalStorage<Store> }).asyncLocalStorage;

/** Runs a body against the mock runtime, without a trace in the process's own. */
export function inFreshRuntime(recorder: Recorder, options: RunOptions, body: () => Promise<void>): Promise<void> {
  const store = new LocalStore();
  return stores.run(store, async () => {
    await pulumi.runtime.setMocks(recorder, options.project, options.stack, options.preview);
    pulumi.runtime.setAllConfig(options.config ?? {});
    store.settings.engine = recorder.engine;
    recorder.watch(store.settings.monitor);
    await body();
  });
}
