import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import ts from "typescript";
import { type Block, ROOT } from "./blocks";

/** Where a name comes from that an `@example` uses without importing it. */
const IMPLIED: [RegExp, string][] = [
  [/\bpulumi\./, 'import * as pulumi from "@pulumi/pulumi";'],
  [
    /\b(runProgram|refusalOf|kilnAssertions)\b/,
    'import { kilnAssertions, refusalOf, runProgram } from "pulumi-kiln/testing";',
  ],
  [/\b(expect|chai)\b/, 'import * as chai from "chai";\nconst { expect } = chai;'],
];

/** A block as a module with one function, so that a mock runtime is there before it runs. */
export function moduleOf({ text }: Block, exported: readonly string[]): string {
  const lines = text.split("\n");
  const isImport = (line: string) => /^(import .*|} from ".*";)$/.test(line);
  const last = lines.map(isImport).lastIndexOf(true);
  const own = lines.slice(0, last + 1).join("\n");
  const body = lines
    .slice(last + 1)
    .join("\n")
    .replace(/^export (?=const|class|function)/gm, "");
  const used = exported.filter((name) => new RegExp(`\\b${name}\\b`).test(body) && !own.includes(name));
  const implied = IMPLIED.filter(([use]) => use.test(body) && !use.test(own)).map(([, line]) => line);
  const kiln = used.length > 0 ? [`import { ${used.join(", ")} } from "pulumi-kiln";`] : [];
  return [own, ...kiln, ...implied, "export default async () => {", body, "};"].join("\n");
}

/** What TypeScript says against the modules, by the place of their block. */
export function compileErrors(modules: Map<string, string>): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const compilerOptions = { ...options, noUnusedLocals: false, noUnusedParameters: false };
  const files = new Map([...modules].map(([at, text], index) => [join(ROOT, `block-${index}.ts`), { at, text }]));
  const host = ts.createCompilerHost(compilerOptions);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const file = files.get(path);
    return file ? ts.createSourceFile(path, file.text, version, true) : getSourceFile(path, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], compilerOptions, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const at = diagnostic.file && files.get(diagnostic.file.fileName)?.at;
    return `${at ?? diagnostic.file?.fileName ?? "tsconfig"}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n")}`;
  });
}

/** Loads a module; what it imports comes from the repository's own `node_modules`. */
export function load(text: string): () => Promise<unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const module = { exports: {} as { default: () => Promise<unknown> } };
  type Run = (require: NodeJS.Require, module: object, exports: object) => void;
  const run = compileFunction(outputText, ["require", "module", "exports"]) as Run;
  run(createRequire(join(ROOT, "index.js")), module, module.exports);
  return module.exports.default;
}
