import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileProblems } from "../problem";
import { shown } from "../project/projectFile";
import { readYamlFile } from "../project/yamlFile";

/** A policy pack as its PulumiPolicy.yaml describes it. */
export interface PackFile {
  /** Absolute path of the folder. */
  directory: string;
  /** The folder as a user would type it. */
  shown: string;
  /** Counts more than the version in package.json. */
  version?: string;
}

/**
 * Reads PulumiPolicy.yaml of a folder. `main` says nothing here: Pulumi starts the folder itself, by its package.json or
 * its index file.
 */
export function readPackFile(folder: string): PackFile {
  const directory = resolve(folder);
  const path = join(directory, "PulumiPolicy.yaml");
  const file = shown(path);
  if (!existsSync(path)) throw fileProblems([{ file, message: absentText(directory) }]);
  const yaml = readYamlFile(path, file);
  const wrong = wrongRuntime(yaml.root.runtime);
  if (wrong !== undefined) throw fileProblems([{ file, line: yaml.lineOf(["runtime"]), message: wrong }]);
  const { version } = yaml.root;
  return {
    directory,
    shown: shown(directory),
    ...(typeof version === "string" && version !== "" ? { version } : {}),
  };
}

function absentText(directory: string): string {
  const found = statSync(directory, { throwIfNoEntry: false });
  if (!found) return "there is no such folder; name the folder of a policy pack, which holds PulumiPolicy.yaml";
  return found.isDirectory()
    ? "there is no such file; name the folder of a policy pack, which holds one"
    : `${shown(directory)} is a file; name the folder of a policy pack, which holds PulumiPolicy.yaml`;
}

function wrongRuntime(runtime: unknown): string | undefined {
  const name: unknown = typeof runtime === "object" && runtime !== null && "name" in runtime ? runtime.name : runtime;
  if (name === "nodejs") return undefined;
  return name === undefined || name === null
    ? "the pack is missing a 'runtime' attribute; add runtime: nodejs"
    : `runtime must be nodejs, got ${JSON.stringify(name)}; packs in other languages need the Pulumi CLI: pulumi preview --policy-pack`;
}
