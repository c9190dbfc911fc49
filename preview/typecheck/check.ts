import type * as fileSystem from "node:fs";
import type * as paths from "node:path";
import type * as typescript from "typescript";

/** What the checking process is told; it is started with nothing else. */
export interface CheckRequest {
  /** File of the project's own TypeScript. */
  typescript: string;
  /** Folder in which the program runs. */
  directory: string;
  /** Absolute path of the program's file. */
  entry: string;
  tsconfig: string;
  /** Where to note what was looked at when everything was right. */
  note: string;
}

/**
 * Checks a program as Pulumi's ts-node does, with the options that it computes; runs in a process of its own. Gives the
 * text of the error that the SDK would show, or an empty one.
 *
 * The function is sent to that process as text, so that the bundled command needs no second file: it must not use
 * anything from outside.
 */
export function checkProgram(
  request: CheckRequest,
  load: (path: string) => unknown,
  remember: (system: typescript.System) => ReadonlyMap<string, string>,
): string {
  const ts = load(request.typescript) as typeof typescript;
  const fs = load("node:fs") as typeof fileSystem;
  const path = load("node:path") as typeof paths;
  const seen = remember(ts.sys);
  // TypeScript itself may be replaced.
  ts.sys.fileExists(request.typescript);
  const configPath = path.resolve(request.directory, request.tsconfig);
  const config = readConfig();
  if (config.errors.length > 0) return errorText(config.errors);
  const host = ts.createCompilerHost(config.options);
  // As tsc itself: the comments in a provider's declarations are most of their text. Older versions have no such mode.
  host.jsDocParsingMode = (ts as Partial<typeof ts>).JSDocParsingMode?.ParseForTypeErrors;
  const program = ts.createProgram([request.entry], config.options, host);
  const wrong = firstWrong();
  if (wrong.length > 0)
    return `Running program '${request.entry}' failed with an unhandled exception:\n${errorText(wrong)}`;
  writeNote();
  return "";

  function readConfig(): { options: typescript.CompilerOptions; errors: typescript.Diagnostic[] } {
    const read = ts.sys.fileExists(configPath)
      ? ts.readConfigFile(configPath, (file) => ts.sys.readFile(file))
      : { config: {} };
    if (read.error) return { options: {}, errors: [read.error] };
    const config = read.config as { compilerOptions?: Record<string, unknown> };
    const { options, errors } = ts.parseJsonConfigFileContent(
      { ...config, files: [request.entry], include: [], compilerOptions: compilerOptions(config) },
      ts.sys,
      path.dirname(configPath),
      undefined,
      configPath,
    );
    // ts-node drops these, and never loads what the file lists besides the program.
    for (const option of ["out", "outFile", "composite", "declarationDir", "declarationMap", "emitDeclarationOnly"])
      delete options[option];
    return { options, errors: errors.filter(isShown) };
  }

  function compilerOptions(from: { compilerOptions?: Record<string, unknown> }): Record<string, unknown> {
    const modules =
      Number.parseFloat(ts.version) < 4.7
        ? { module: "commonjs", moduleResolution: "node" }
        : { module: "nodenext", moduleResolution: "nodenext" };
    return {
      ...{ target: "ES2020", ...modules, ...from.compilerOptions },
      ...{ sourceMap: true, inlineSourceMap: false, inlineSources: true, declaration: false },
      ...{ noEmit: false, outDir: "$$ts-node$$" },
    };
  }

  /** ts-node compiles the program's file first and stops at the first file that is wrong. */
  function firstWrong(): readonly typescript.Diagnostic[] {
    const inOptions = [...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()].filter(isShown);
    if (inOptions.length > 0) return inOptions;
    for (const file of ownFiles()) {
      const wrong = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].filter(isShown);
      if (wrong.length > 0) return wrong;
    }
    return [];
  }

  function writeNote(): void {
    try {
      fs.mkdirSync(path.dirname(request.note), { recursive: true });
      fs.writeFileSync(`${request.note}.${process.pid}`, JSON.stringify([...seen]));
      fs.renameSync(`${request.note}.${process.pid}`, request.note);
    } catch {
      // Without the note the next run checks once more.
    }
  }

  function ownFiles(): typescript.SourceFile[] {
    const own = program
      .getSourceFiles()
      .filter((file) => !file.isDeclarationFile && !file.fileName.includes("/node_modules/"));
    const entry = program.getSourceFile(request.entry);
    return entry ? [entry, ...own.filter((file) => file !== entry)] : own;
  }

  function isShown({ code }: typescript.Diagnostic): boolean {
    return ![6059, 18002, 18003].includes(code);
  }

  function errorText(wrong: readonly typescript.Diagnostic[]): string {
    const text = ts.formatDiagnostics(wrong, {
      getNewLine: () => "\n",
      getCurrentDirectory: () => request.directory,
      getCanonicalFileName: (name) => name,
    });
    return `TSError: ⨯ Unable to compile TypeScript:\n${text}`;
  }
}
