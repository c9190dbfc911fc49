import { existsSync, lstatSync, readFileSync } from "node:fs";
import { MOST_YAML_CHARACTERS } from "../../../core/documents/yamlText";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { planProblemText, readPlan } from "../../../core/migration/readPlan";
import { InputError } from "./inputError";

export { InputError };

/** A plan, and the text that it was read from. */
export interface PlanFile {
  document: MigrationPlanDocument;
  text: string;
}

/** Reads a plan that must be there and right. */
export function planFile(file: string, anyDestination = false): PlanFile {
  const text = inputText(file, MOST_YAML_CHARACTERS * 2);
  const { document, problems } = readPlan({ file, text, anyDestination });
  if (!document) throw new InputError(problems.map(planProblemText));
  return { document, text };
}

/** The plan that is to be made anew, where there is one. */
export function planBefore(file: string, anyDestination: boolean): PlanFile | undefined {
  return lstatSync(file, { throwIfNoEntry: false }) ? planFile(file, anyDestination) : undefined;
}

/** Larger files are none that Kiln or kubectl wrote. */
const MOST_BYTES = 512 * 1024 * 1024;

/** The text of a file that an option names. */
export function inputText(file: string, most = MOST_BYTES): string {
  try {
    const stats = lstatSync(file);
    if (stats.size > most) throw new InputError([`${file} must have at most ${most} bytes, and has ${stats.size}`]);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError([`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`]);
  }
}

/** The value of a file of JSON. */
export function inputJson(file: string): unknown {
  const text = inputText(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError([`${file} must be JSON: ${(error as Error).message}`]);
  }
}

/** Ends a command that was given files and folders which are not there. */
export function refuseMissing(paths: readonly string[]): void {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new InputError(missing.map((path) => `${path}: there is no such file or folder`));
}
