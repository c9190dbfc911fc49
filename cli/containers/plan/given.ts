import { PreviewError } from "../../../preview/problem";
import { ExitCode } from "../../exitCode";
import { safe } from "../../images/print";
import { tell } from "../../images/session";
import { InputError } from "./inputError";

/** Runs a command; what is wrong with the files that it was given is told, all at once. */
export async function givenInputs(work: () => ExitCode | Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    const problems = problemsOf(error);
    if (problems === undefined) throw error;
    for (const problem of problems) tell(`error: ${safe(problem)}`);
    return ExitCode.Failed;
  }
}

function problemsOf(error: unknown): readonly string[] | undefined {
  if (error instanceof InputError) return error.messages;
  return error instanceof PreviewError ? [error.message] : undefined;
}
