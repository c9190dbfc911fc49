import { Command } from "commander";
import { type ExitCode } from "./exitCode";
import { deprecateCommand } from "./images/deprecate";
import { enforceCommand } from "./images/enforce";
import { historyCommand } from "./images/history";
import { holdCommand } from "./images/hold";
import { listCommand } from "./images/list";
import { planCommand } from "./images/plan";
import { promoteCommand } from "./images/promote";
import { releaseCommand } from "./images/release";
import { rollbackCommand } from "./images/rollback";
import { rollforwardCommand } from "./images/rollforward";
import { showCommand } from "./images/show";

const COMMANDS = [
  listCommand,
  showCommand,
  planCommand,
  enforceCommand,
  deprecateCommand,
  promoteCommand,
  rollbackCommand,
  rollforwardCommand,
  holdCommand,
  releaseCommand,
  historyCommand,
];

/** `kiln images`: the images of a project and their life. */
export function imagesCommand(exit: (code: ExitCode) => void): Command {
  const images = new Command("images").description(
    "Look after the images of a project: what is due, rollbacks, promotions",
  );
  for (const command of COMMANDS) images.addCommand(command(exit).exitOverride());
  return images;
}
