import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where `.ci/tools` puts the tools that tests run. */
export const TOOLS = process.env.KILN_TOOLS ?? join(homedir(), ".cache/kiln-tools");

/** A suite that needs some of these tools is skipped where one is missing. */
export function describeWithTools(tools: readonly string[], title: string, suite: (this: Mocha.Suite) => void): void {
  // Each file of a parallel run has a `describe` of its own.
  if (tools.every((tool) => existsSync(join(TOOLS, tool)))) describe(title, suite);
  else describe.skip(title, suite);
}
