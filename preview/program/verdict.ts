import { type Diagnostic } from "../graph";
import { type Ending } from "./child";

/** The SDK's exit code for "the user was told already". */
const REPORTED = 32;

/** What an ending means: an error in the words of Pulumi's language host, or nothing. */
export function errorOfEnding({ code, stopped }: Ending, finished: boolean, reported: boolean): Diagnostic | undefined {
  if (stopped !== undefined) return error(stopped);
  if (code === 0)
    return finished
      ? undefined
      : error(
          "The program ended with exit code 0 before it had come to its end: what it would have declared afterwards is missing, " +
            "and pulumi up would delete it. Remove the call of process.exit, or await what never settles",
        );
  if (code === REPORTED && reported) return undefined;
  // Go's exit code of a process that a signal ended.
  return error(`an unhandled error occurred: Program exited with non-zero exit code: ${code ?? -1}`);
}

/** What a program wrote, as the messages that Pulumi makes of it. */
export function outputOf({ stdout, stderr }: Ending): Diagnostic[] {
  const said: Diagnostic[] = [
    { severity: "info", message: stdout.trimEnd() },
    { severity: "info#err", message: stderr.trimEnd() },
  ];
  return said.filter(({ message }) => message !== "");
}

function error(message: string): Diagnostic {
  return { severity: "error", message };
}
