import { API_VERSION } from "../lifecycle/familyPolicy";
import { type Rule, shown } from "../rules";
import { type FieldProblem, type Fields, isObject, problemsOf } from "./fields";

/**
 * All that is wrong with a value that should be a document of a kind. Documents of another version or kind have other
 * fields: nothing else is said of them.
 *
 * @param more what is wrong between the fields.
 */
export function problemsOfDocument(
  value: unknown,
  kind: string,
  fields: Fields,
  more: (value: Record<string, unknown>) => FieldProblem[] = () => [],
): FieldProblem[] {
  const head: Fields = {
    apiVersion: { rule: exactly(API_VERSION, "the version that this Kiln reads"), example: API_VERSION },
    kind: { rule: exactly(kind, "the kind that belongs there"), example: kind },
  };
  const whole: Fields = { ...head, ...withExamples(fields) };
  if (!isObject(value)) return problemsOf(value, whole);
  const ofHead = Object.keys(head).filter((key) => Object.hasOwn(value, key));
  const wrong = problemsOf(Object.fromEntries(ofHead.map((key) => [key, value[key]])), pick(head, ofHead));
  return wrong.length > 0 ? wrong : [...problemsOf(value, whole), ...more(value)];
}

function withExamples(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [key, { ...field, example: exampleOf(field.fields ?? {}) }]),
  );
}

function exampleOf(fields: Fields): object {
  const given = Object.entries(fields).filter(([, { example }]) => example !== undefined);
  return Object.fromEntries(given.map(([key, { example }]) => [key, example]));
}

function pick(fields: Fields, keys: string[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, fields[key]]));
}

function exactly(wanted: string, what: string): Rule<never> {
  return (value: unknown) => (value === wanted ? undefined : `must be ${shown(wanted)}, ${what}, got ${shown(value)}`);
}
