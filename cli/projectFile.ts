import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/**
 * Path of a project's file from the root of its Git repository, or from the working folder where there is none: what
 * code scanning calls the file. With `/` on every system.
 *
 * @default "Pulumi.yaml" where there is no such file
 */
export function projectFileIn(directory: string): string {
  const files = ["Pulumi.yaml", "Pulumi.yml"];
  const file = above(directory, (folder) => files.map((name) => join(folder, name)).find((path) => existsSync(path)));
  const root = above(directory, (folder) => (existsSync(join(folder, ".git")) ? folder : undefined)) ?? process.cwd();
  const path = relative(root, file ?? "")
    .split(sep)
    .join("/");
  return file === undefined || path.startsWith("..") ? "Pulumi.yaml" : path;
}

/** What is found in a folder, or in the nearest one above. */
function above(directory: string, find: (folder: string) => string | undefined): string | undefined {
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const found = find(folder);
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}
