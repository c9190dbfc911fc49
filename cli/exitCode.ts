/** How a command of Kiln ends. */
export const ExitCode = {
  Ok: 0,
  /** The program, a file, the cloud or the surroundings are wrong, or something is in the way of what was asked. */
  Failed: 1,
  /** The command line is wrong; that includes a missing `--yes` where nobody can be asked. */
  Usage: 2,
  /** The program runs, and a mandatory policy objects to it. */
  Violations: 3,
  /** Somebody was asked and said no; nothing was changed. */
  Declined: 4,
  /** Some of what was asked for was done, and some was not; the command says what. */
  Partial: 5,
  /** Ctrl-C, as a shell tells it: what is left is done by the same command, run again. */
  Interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
