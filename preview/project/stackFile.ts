import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PreviewError } from "../problem";
import { type Project, shown } from "./projectFile";
import { readYamlFile, type YamlFile } from "./yamlFile";

/** Stack that is shown when the project does not say otherwise. */
const DEFAULT_STACK = "dev";

/** `dev` when it has a file, else the only stack that has one, else `dev`. */
export function defaultStack(project: Project): string {
  const stacks = stackNames(project);
  return stacks.length === 1 ? stacks[0] : DEFAULT_STACK;
}

/** Pulumi.<stack>.yaml, or nothing when the stack has no file. */
export function readStackFile(project: Project, stack: string): YamlFile | undefined {
  if (!/^[A-Za-z0-9_.-]{1,100}$/.test(stack))
    throw PreviewError.of(
      `stack must be 1 to 100 letters, digits, hyphens, underscores and periods, got ${JSON.stringify(stack)}`,
    );
  const path = join(project.stackConfigDir, `Pulumi.${stack}.yaml`);
  return existsSync(path) ? readYamlFile(path, shown(path)) : undefined;
}

/** Stacks that have a file. */
function stackNames(project: Project): string[] {
  if (!existsSync(project.stackConfigDir)) return [];
  return readdirSync(project.stackConfigDir)
    .map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1])
    .filter((stack) => stack !== undefined)
    .sort();
}
