import { type Command } from "commander";
import { type ExitCode } from "./exitCode";

/** Makes a command. `exit` sets how the process ends; `words` are what stands behind the program's name. */
export type MakeCommand = (exit: (code: ExitCode) => void, words: readonly string[]) => Command | Promise<Command>;

/** Where commands are, by their names. */
export type Commands = Readonly<Record<string, () => Promise<MakeCommand>>>;

/** Adds commands; where some are named, the others are left unread, which is half of what a small command takes. */
export async function addCommands(
  to: Command,
  commands: Commands,
  ...[exit, words]: Parameters<MakeCommand>
): Promise<Command> {
  const named = Object.keys(commands).filter((name) => words.includes(name));
  for (const name of named.length > 0 ? named : Object.keys(commands)) {
    const makeCommand = await commands[name]();
    to.addCommand((await makeCommand(exit, words)).exitOverride());
  }
  return to;
}
