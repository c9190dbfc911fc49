import { Command } from "commander";
import { addCommands, type Commands, type MakeCommand } from "./commands";

const COMMANDS: Commands = {
  list: async () => (await import("./images/list.js")).listCommand,
  show: async () => (await import("./images/show.js")).showCommand,
  plan: async () => (await import("./images/plan.js")).planCommand,
  enforce: async () => (await import("./images/enforce.js")).enforceCommand,
  deprecate: async () => (await import("./images/deprecate.js")).deprecateCommand,
  promote: async () => (await import("./images/promote.js")).promoteCommand,
  rollback: async () => (await import("./images/rollback.js")).rollbackCommand,
  rollforward: async () => (await import("./images/rollforward.js")).rollforwardCommand,
  hold: async () => (await import("./images/hold.js")).holdCommand,
  release: async () => (await import("./images/release.js")).releaseCommand,
  history: async () => (await import("./images/history.js")).historyCommand,
};

/** `kiln images`: the images of a project and their life. */
export const imagesCommand: MakeCommand = (exit, words) =>
  addCommands(
    new Command("images").description("Look after the images of a project: what is due, rollbacks, promotions"),
    COMMANDS,
    exit,
    words,
  );
