import { setMaxListeners } from "node:events";

/**
 * Aborts where the command is told to end, until `end` is called.
 *
 * @param onSignal is told of each signal first, and whether it is the first one.
 */
export function abortOnSignals(onSignal: (isFirst: boolean) => void = () => undefined): {
  signal: AbortSignal;
  end(): void;
} {
  const controller = new AbortController();
  // Every call and process under way listens.
  setMaxListeners(0, controller.signal);
  const abort = () => {
    onSignal(!controller.signal.aborted);
    controller.abort();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, abort);
  return {
    signal: controller.signal,
    end() {
      for (const name of signals) process.removeListener(name, abort);
    },
  };
}
