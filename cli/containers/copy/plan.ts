import { isLoopback } from "../../../agent/copy/credentials";
import { MOST_YAML_CHARACTERS } from "../../../core/documents/yamlText";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { planProblemText, type PlanProblem, readPlan } from "../../../core/migration/readPlan";
import { readReference } from "../../../core/reference/reference";
import { inputText } from "../plan/files";
import { InputError } from "../plan/inputError";

/** The text of a plan in a file. */
export function planText(file: string): string {
  return inputText(file, MOST_YAML_CHARACTERS * 2);
}

/**
 * A plan that is right. Destinations on this machine are taken too, so that a copy can be tried out.
 *
 * @throws InputError with all that is wrong with it.
 */
export function planOf(file: string, text: string): MigrationPlanDocument {
  const { document, problems } = readPlan({ file, text });
  if (document) return document;
  const loose = readPlan({ file, text, anyDestination: true }).document;
  const left = loose ? problems.filter((problem) => !isTriedOut(problem, loose)) : problems;
  if (loose && left.length === 0 && hasOwnPlaces(loose)) return loose;
  throw new InputError((left.length > 0 ? left : problems).map(planProblemText));
}

function isTriedOut({ path = "" }: PlanProblem, { spec }: MigrationPlanDocument): boolean {
  const [, index] = /^spec\.images\.(\d+)\.destination$/.exec(path) ?? [];
  const { reference } = readReference(spec.images[Number(index)]?.destination ?? "");
  return reference !== undefined && isLoopback(reference.domain);
}

function hasOwnPlaces({ spec: { images } }: MigrationPlanDocument): boolean {
  return new Set(images.map(({ destination }) => destination)).size === images.length;
}
