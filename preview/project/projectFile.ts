import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileProblems, type FileProblem, PreviewError } from "../problem";
import { type Declaration, readDeclarations } from "./declarations";
import { readYamlFile, type YamlFile } from "./yamlFile";

/** Names that Pulumi accepts for its project file. */
const FILES = ["Pulumi.yaml", "Pulumi.yml"];

/** A Pulumi project as its Pulumi.yaml describes it. */
export interface Project {
  name: string;
  /** Folder of Pulumi.yaml. */
  root: string;
  file: string;
  /** Folder in which the program runs. */
  programDirectory: string;
  /** File within {@link programDirectory}, or `.` for the package's own entry point. */
  entryPoint: string;
  options: RuntimeOptions;
  /** Folder of the stack files. */
  stackConfigDir: string;
  declarations: Declaration[];
}

/** Options of the Node runtime that Pulumi.yaml may set. */
export interface RuntimeOptions {
  /** False runs compiled JavaScript as it is. */
  typescript: boolean;
  /** Arguments for Node, such as `--trace-warnings`. */
  nodeargs: string;
  /** Another file than tsconfig.json. */
  tsconfig: string;
}

/** Reads Pulumi.yaml of a folder, or of the nearest folder above, as Pulumi does. */
export function readProject(directory: string): Project {
  const path = findProjectFile(directory);
  const yaml = readYamlFile(path, shown(path));
  const problems: FileProblem[] = [];
  const root = dirname(path);
  const name = readName(yaml, problems);
  const options = readRuntime(yaml, problems);
  const program = readMain(yaml, root, problems);
  const declarations = readDeclarations(yaml, name, problems);
  if (problems.length > 0) throw fileProblems(problems);
  return {
    name,
    root,
    file: yaml.file,
    ...program,
    options,
    stackConfigDir: readStackConfigDir(yaml, root),
    declarations,
  };
}

/** Path as a user would type it. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

function findProjectFile(directory: string): string {
  const start = resolve(directory);
  if (!existsSync(start)) throw PreviewError.of(`no folder ${directory}; name the folder that holds Pulumi.yaml`);
  for (let folder = start; ; folder = dirname(folder)) {
    const found = FILES.map((file) => join(folder, file)).find((path) => existsSync(path));
    if (found) return found;
    if (folder === dirname(folder))
      throw PreviewError.of(
        `no Pulumi.yaml project file found (searching upwards from ${start}); name the folder of a Pulumi project`,
      );
  }
}

function readName(yaml: YamlFile, problems: FileProblem[]): string {
  const { name } = yaml.root;
  if (typeof name === "string" && /^[A-Za-z0-9_.-]{1,100}$/.test(name)) return name;
  problems.push({
    file: yaml.file,
    line: yaml.lineOf(["name"]),
    message:
      name === undefined
        ? `project is missing a 'name' attribute; add one, such as name: ${basename(dirname(resolve(yaml.file)))}`
        : `name must be 1 to 100 letters, digits, hyphens, underscores and periods, got ${JSON.stringify(name)}`,
  });
  return "";
}

function readRuntime(yaml: YamlFile, problems: FileProblem[]): RuntimeOptions {
  const { runtime } = yaml.root;
  const name: unknown = isMapping(runtime) ? runtime.name : runtime;
  const options = isMapping(runtime) && isMapping(runtime.options) ? runtime.options : {};
  if (name !== "nodejs")
    problems.push({
      file: yaml.file,
      line: yaml.lineOf(["runtime"]),
      message:
        name === undefined
          ? "project is missing a 'runtime' attribute; add runtime: nodejs"
          : `runtime must be nodejs, got ${JSON.stringify(name)}; other languages need the Pulumi CLI: kiln preview --engine pulumi`,
    });
  return {
    typescript: options.typescript !== false && options.typescript !== "false",
    nodeargs: typeof options.nodeargs === "string" ? options.nodeargs : "",
    tsconfig: typeof options.tsconfig === "string" ? options.tsconfig : "",
  };
}

function readMain(
  yaml: YamlFile,
  root: string,
  problems: FileProblem[],
): Pick<Project, "programDirectory" | "entryPoint"> {
  const { main } = yaml.root;
  if (main === undefined || main === null || main === "") return { programDirectory: root, entryPoint: "." };
  const path = resolve(root, typeof main === "string" ? main : "");
  const wrong = wrongMain(main, root, path);
  if (wrong) {
    problems.push({ file: yaml.file, line: yaml.lineOf(["main"]), message: wrong });
    return { programDirectory: root, entryPoint: "." };
  }
  return statSync(path).isDirectory()
    ? { programDirectory: path, entryPoint: "." }
    : { programDirectory: dirname(path), entryPoint: basename(path) };
}

function wrongMain(main: unknown, root: string, path: string): string | undefined {
  if (typeof main !== "string")
    return `project 'main' must be the name of a file or folder, got ${JSON.stringify(main)}`;
  if (main.startsWith("/")) return `project 'main' must be a relative path, got ${JSON.stringify(main)}`;
  if (path !== root && !path.startsWith(root + sep))
    return `project 'main' must be a subfolder, got ${JSON.stringify(main)}`;
  if (!existsSync(path))
    return `project 'main' could not be read: no file or folder ${JSON.stringify(main)}; name the program's file`;
  return undefined;
}

function readStackConfigDir(yaml: YamlFile, root: string): string {
  const { stackConfigDir, config } = yaml.root;
  // Pulumi.yaml's older form: `config: <folder>`.
  const folder = stackConfigDir ?? (typeof config === "string" ? config : undefined);
  return typeof folder === "string" ? resolve(root, folder) : root;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
