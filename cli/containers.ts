import { Command } from "commander";
import { accessCommand } from "./containers/access";
import { copyCommand } from "./containers/copy";
import { planCommand } from "./containers/plan";
import { pullsCommand } from "./containers/pulls";
import { rewriteCommand } from "./containers/rewrite";
import { scanCommand } from "./containers/scan";
import { type ExitCode } from "./exitCode";

/** Makes one command of the group; what it is given sets how the process ends. */
type MakeCommand = (exit: (code: ExitCode) => void) => Command;

const COMMANDS: MakeCommand[] = [scanCommand, pullsCommand, planCommand, copyCommand, accessCommand, rewriteCommand];

/** `kiln containers`: the way off third-party registries. */
export function containersCommand(exit: (code: ExitCode) => void): Command {
  const containers = new Command("containers").description(
    "Move container images off third-party registries: find, count, plan, copy, check access, rewrite",
  );
  for (const command of COMMANDS) containers.addCommand(command(exit).exitOverride());
  return containers;
}
