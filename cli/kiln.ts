#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { version } from "../package.json";
import { containersCommand } from "./containers";
import { ExitCode } from "./exitCode";
import { imagesCommand } from "./images";
import { previewCommand } from "./preview";

/** The command line of Kiln. */
function kilnProgram(exit: (code: ExitCode) => void): Command {
  return new Command("kiln")
    .description("Golden images for Google Cloud, as Pulumi components")
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .addCommand(previewCommand(exit).exitOverride())
    .addCommand(imagesCommand(exit).exitOverride())
    .addCommand(containersCommand(exit).exitOverride());
}

async function main(): Promise<void> {
  process.stdout.on("error", endUnwritten);
  try {
    await kilnProgram((code) => (process.exitCode = code)).parseAsync();
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
