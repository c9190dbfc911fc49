#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { addCommands, type Commands, type MakeCommand } from "./commands";
import { ExitCode } from "./exitCode";

const COMMANDS: Commands = {
  preview: async () => (await import("./preview.js")).previewCommand,
  images: async () => (await import("./images.js")).imagesCommand,
  containers: async () => (await import("./containers.js")).containersCommand,
};

/** The command line of Kiln. */
const kilnProgram: MakeCommand = (exit, words) =>
  addCommands(
    new Command("kiln")
      .description("Golden images for Google Cloud, as Pulumi components")
      .version(version)
      .exitOverride()
      .configureHelp({ showGlobalOptions: false }),
    COMMANDS,
    exit,
    words,
  );

async function main(): Promise<void> {
  process.stdout.on("error", endUnwritten);
  try {
    const program = await kilnProgram((code) => (process.exitCode = code), process.argv.slice(2));
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
  }
}

/** Whoever reads may stop reading, such as `head`; a full disk is an error. */
function endUnwritten({ code, message }: NodeJS.ErrnoException): void {
  if (code === "EPIPE") process.exit(ExitCode.Ok);
  process.stderr.write(`error: the report cannot be written: ${message}\n`);
  process.exit(ExitCode.Failed);
}

void main();
