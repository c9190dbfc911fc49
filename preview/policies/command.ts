import { createRequire } from "node:module";
import { join } from "node:path";
import { PreviewError } from "../problem";
import { type Command, WITHOUT_COLOURS } from "../program/command";
import { type StackConfig } from "../project/config";
import { type PackFile } from "./packFile";

/** The program that a pack judges. */
export interface JudgedStack {
  project: string;
  stack: string;
  config: StackConfig;
}

/** Organization of a program that runs without Pulumi Cloud. */
export const ORGANIZATION = "organization";

const RUNNER = "@pulumi/pulumi/cmd/run-policy-pack";

/** The arguments and environment that Pulumi's Node language host gives to a policy pack in a preview. */
export function packCommand(
  pack: PackFile,
  { project, stack, config }: JudgedStack,
  address: string,
  transpileOnly: boolean,
): Command {
  const runner = findRunner(pack);
  const hooks = [WITHOUT_COLOURS, ...(transpileOnly ? [transpileHook(runner)] : [])];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PULUMI_NODEJS_ORGANIZATION: ORGANIZATION,
    PULUMI_NODEJS_PROJECT: project,
    PULUMI_NODEJS_STACK: stack,
    PULUMI_NODEJS_DRY_RUN: "true",
    PULUMI_CONFIG: JSON.stringify(config.values),
  };
  return { args: [...hooks, runner, address, pack.directory], env, cwd: pack.directory };
}

/** The pack's own SDK, else the one beside Kiln. */
function findRunner(pack: PackFile): string {
  try {
    return createRequire(join(pack.directory, "index.js")).resolve(RUNNER);
  } catch {
    return ownRunner(pack);
  }
}

function ownRunner(pack: PackFile): string {
  try {
    return require.resolve(RUNNER);
  } catch {
    throw PreviewError.of(
      `policy pack ${pack.shown}: it looks like its dependencies are not installed; run npm install in ${pack.shown}`,
    );
  }
}

/** The runner always checks types; where another process does that, ts-node is told not to. */
function transpileHook(runner: string): string {
  return `--import=data:text/javascript,${encodeURIComponent(
    `import { createRequire } from "node:module";
     try {
       const load = createRequire(${JSON.stringify(runner)});
       const node = load(load("../../tsutils").typeScriptRequireStrings().tsnodeRequire);
       const { register } = node;
       node.register = (options) => register({ ...options, typeCheck: false, transpileOnly: true });
     } catch {}`,
  )}`;
}
