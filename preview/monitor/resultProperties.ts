import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Names of the properties that a provider's function returns, as the program's own SDK declares them: the SDK takes an
 * answer apart by property, so that only named properties can be unknown. None where the SDK is not to be found.
 */
export function resultProperties(token: string, programDirectory: string): string[] {
  const [, name, path] = /^([a-z0-9-]+):(?:index\/)?([A-Za-z0-9_/]+):[A-Za-z0-9_]+$/.exec(token) ?? [];
  if (name === undefined || path === undefined) return [];
  try {
    const load = createRequire(join(programDirectory, "index.js"));
    const sdk = dirname(load.resolve(`@pulumi/${name}/package.json`));
    return propertiesOf(readFileSync(join(sdk, `${path}.d.ts`), "utf8"));
  } catch {
    return [];
  }
}

/** Properties of the first `…Result` interface of a generated declaration file. */
function propertiesOf(declarations: string): string[] {
  const [, body = ""] = /^export interface \w+Result \{\n([\s\S]*?)^\}/m.exec(declarations) ?? [];
  return [...body.matchAll(/^ {4}readonly (\w+)\??:/gm)].map(([, property]) => property);
}
