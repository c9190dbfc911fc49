/** How a command of Kiln ends. */
export const ExitCode = {
  Ok: 0,
  /** The program, a file or the surroundings are wrong. */
  Failed: 1,
  /** The command line is wrong. */
  Usage: 2,
  /** The program runs, and a mandatory policy objects to it. */
  Violations: 3,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
