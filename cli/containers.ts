import { Command } from "commander";
import { addCommands, type Commands, type MakeCommand } from "./commands";

const COMMANDS: Commands = {
  scan: async () => (await import("./containers/scan.js")).scanCommand,
  pulls: async () => (await import("./containers/pulls.js")).pullsCommand,
  plan: async () => (await import("./containers/plan.js")).planCommand,
  copy: async () => (await import("./containers/copy.js")).copyCommand,
  access: async () => (await import("./containers/access.js")).accessCommand,
  rewrite: async () => (await import("./containers/rewrite.js")).rewriteCommand,
};

/** `kiln containers`: the way off third-party registries. */
export const containersCommand: MakeCommand = (exit, words) =>
  addCommands(
    new Command("containers").description(
      "Move container images off third-party registries: find, count, plan, copy, check access, rewrite",
    ),
    COMMANDS,
    exit,
    words,
  );
