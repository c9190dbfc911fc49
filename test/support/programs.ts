import type { DeclaredResource, ProgramRun } from "../../testing";

/** The resource of this logical name; that there is none fails the test. */
export function named(run: ProgramRun, name: string): DeclaredResource {
  const found = run.resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`${name} is not among ${run.resources.map(({ name }) => name).join(", ")}`);
  return found;
}

/** Logical names of what a resource waits for. */
export function waitsFor(run: ProgramRun, name: string): (string | undefined)[] {
  return named(run, name).options.dependsOn.map((urn) => urn.split("::").at(-1));
}

/** The whole message with which a component refuses its inputs. */
export function refusalText(component: string, lines: string[]): string {
  const count = lines.length === 1 ? "an input is" : `${lines.length} inputs are`;
  return [`${component}: ${count} wrong`, ...lines.map((line) => `  ${line}`)].join("\n");
}
