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
  /** Where to note the files that were found right. */
  note: string;
}

/**
 * Checks a program as Pulumi's ts-node does, with the options that it computes; runs in a process of its own.
 *
 * The function is sent to that process as text, so that the bundled command needs no second file: it must not use
 * anything from outside.
 */
export function checkProgram(request: CheckRequest, load: (path: string) => unknown): string {
  const ts = load(request.typescript) as typeof typescript;
  const fs = load("node:fs") as typeof fileSystem;
  const path = load("node:path") as typeof paths;
  const configPath = path.resolve(request.directory, request.tsconfig);
  const config = readConfig();
  const parsed = ts.parseJsonConfigFileContent(
    { ...config, files: [request.entry], include: [], compilerOptions: compilerOptions(config) },
    ts.sys,
    path.dirname(configPath),
    undefined,
    configPath,
  );
  // ts-node drops these, and never loads what the file lists besides the program.
  for (const option of ["out", "outFile", "composite", "declarationDir", "declarationMap", "emitDeclarationOnly"])
    delete parsed.options[option];
  const host = ts.createCompilerHost(parsed.options);
  // As tsc itself: the comments in a provider's declarations are most of their text. Older versions have no such mode.
  host.jsDocParsingMode = (ts as Partial<typeof ts>).JSDocParsingMode?.ParseForTypeErrors;
  const program = ts.createProgram([request.entry], parsed.options, host);
  const wrong = firstWrong();
  if (wrong.length === 0) writeNote();
  return format(wrong);

  function readConfig(): { compilerOptions?: Record<string, unknown> } {
    if (!ts.sys.fileExists(configPath)) return {};
    return (ts.readConfigFile(configPath, (file) => ts.sys.readFile(file)).config ?? {}) as object;
  }

  function compilerOptions(from: { compilerOptions?: Record<string, unknown> }): Record<string, unknown> {
    return {
      ...{ target: "ES2020", module: "nodenext", moduleResolution: "nodenext", ...from.compilerOptions },
      ...{ sourceMap: true, inlineSourceMap: false, inlineSources: true, declaration: false },
      ...{ noEmit: false, outDir: "$$ts-node$$" },
    };
  }

  /** ts-node compiles the program's file first and stops at the first file that is wrong. */
  function firstWrong(): readonly typescript.Diagnostic[] {
    const inOptions = [...parsed.errors, ...program.getOptionsDiagnostics()].filter(isShown);
    if (inOptions.length > 0) return inOptions;
    for (const file of ownFiles()) {
      const wrong = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].filter(isShown);
      if (wrong.length > 0) return wrong;
    }
    return [];
  }

  /** Folders too: a file that is added to one may be found in place of another. */
  function writeNote(): void {
    const { configFile } = parsed.options as { configFile?: { extendedSourceFiles?: string[] } };
    const sources = program.getSourceFiles().map((file) => file.fileName);
    const folders = ownFiles().map((file) => path.dirname(file.fileName));
    const configs = [configPath, ...(configFile?.extendedSourceFiles ?? [])];
    const seen = [...new Set([...sources, ...folders, ...configs])].map((file) => {
      const found = fs.statSync(file, { throwIfNoEntry: false });
      return [file, found?.size ?? -1, found?.mtimeMs ?? -1];
    });
    try {
      fs.mkdirSync(path.dirname(request.note), { recursive: true });
      fs.writeFileSync(`${request.note}.${process.pid}`, JSON.stringify(seen));
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

  function format(wrong: readonly typescript.Diagnostic[]): string {
    return ts.formatDiagnostics(wrong, {
      getNewLine: () => "\n",
      getCurrentDirectory: () => request.directory,
      getCanonicalFileName: (name) => name,
    });
  }
}
