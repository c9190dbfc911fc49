/** A module that Node runs before everything else: one argument, because the SDK gives up its ESM mode where `--import` stands alone. */
function hook(source: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(source)}`;
}

/**
 * The SDK inspects every error in colours, and Node 20.20 then loops on a path such as node_modules/@pulumi/resource.ts
 * until the memory for a string is used up (15 to 30 s, 0.5 GB). Colours are taken out of a program's text anyway.
 */
export const WITHOUT_COLOURS = hook(`
  import util from "node:util";
  util.inspect = new Proxy(util.inspect, {
    apply: (inspect, self, [value, options, ...rest]) =>
      Reflect.apply(inspect, self, [value, options?.colors ? { ...options, colors: false } : options, ...rest]),
  });`);

/**
 * The SDK writes a stack with source positions for every promise, to name those that never settle in a debug mode, and
 * for every resource, to tell the engine its line: four fifths of the time of a program of 1,000 resources. Nobody reads
 * them here; every other stack is as it was.
 */
export const WITHOUT_UNREAD_STACKS = hook(`
  const given = new WeakMap(), made = new WeakMap();
  let prepare = Error.prepareStackTrace;
  const isUnread = ([site]) => {
    const file = site?.getFileName() ?? "";
    return /@pulumi[\\\\/]pulumi[\\\\/]runtime[\\\\/]debuggable\\.js$/.test(file)
      || (site?.getFunctionName()?.endsWith("callsites") && /@pulumi[\\\\/]pulumi[\\\\/]resource\\.js$/.test(file));
  };
  const quickened = (full) => {
    if (!made.has(full)) {
      const quick = (error, sites) => isUnread(sites) ? "Error" : full(error, sites);
      made.set(full, quick);
      given.set(quick, full);
    }
    return made.get(full);
  };
  if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    get: () => typeof prepare === "function" ? quickened(prepare) : prepare,
    set: (next) => { prepare = given.get(next) ?? next; },
  });`);

/**
 * Spares a program what the SDK does for nobody here. It watches four promises of every output of every resource, to say
 * how many never settle when the program ends: a third of the memory of a program of 10,000 resources; those of a
 * resource settle together with the registration, which is watched too. And it sends three debug messages for every
 * resource, one after the other, which previews leave out: a fifth of the time; the first ones
 * are sent all the same, because the SDK takes a program that exits meanwhile for a failed one.
 *
 * @param runner path of Pulumi's runner, whose SDK is meant.
 */
export function withLightSdk(runner: string): string {
  return hook(`
    import { createRequire } from "node:module";
    try {
      const load = createRequire(${JSON.stringify(runner)});
      const promises = load("../../runtime/debuggable");
      const { debuggablePromise: watched } = promises;
      if (!promises.debugPromiseLeaks) promises.debuggablePromise = (promise, context) =>
        String(context).startsWith("transfer") ? promise : watched(promise, context);
      const log = load("../../log"), { debug } = log;
      let sent = 0;
      log.debug = (...message) => sent++ < 100 ? debug(...message) : Promise.resolve();
    } catch {}`);
}

/**
 * Pulumi's runner of policy packs always lets ts-node check types.
 *
 * @param runner path of that runner; what it would load is loaded from there.
 */
export function transpileOnly(runner: string): string {
  return hook(`
    import { createRequire } from "node:module";
    try {
      const load = createRequire(${JSON.stringify(runner)});
      const node = load(load("../../tsutils").typeScriptRequireStrings().tsnodeRequire);
      const { register } = node;
      node.register = (options) => register({ ...options, typeCheck: false, transpileOnly: true });
    } catch {}`);
}
