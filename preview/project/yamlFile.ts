import { type Document, isMap, isPair, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { fileProblems, type FileProblem, PreviewError } from "../problem";
import { readTextFile } from "../textFile";

/** Pulumi's own files are a few KiB; a bigger one is a mistake or an attack. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Expansions by aliases; beyond it a small file can fill the memory ("billion laughs"). */
const MAX_ALIASES = 100;

/** A YAML mapping that knows where its entries stand. */
export interface YamlFile {
  /** Path as it is shown. */
  file: string;
  /** Plain values; every object is without a prototype's surprises because its keys are its own. */
  root: Record<string, unknown>;
  /** Line of the entry at a path of keys, from 1; the line of the nearest parent that exists. */
  lineOf(path: (string | number)[]): number | undefined;
}

/** Reads a YAML file that holds a mapping, or says everything that is wrong with it. */
export function readYamlFile(path: string, file: string): YamlFile {
  return parseYaml(readTextFile(path, file, MAX_BYTES), file);
}

function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const problems = document.errors.map((error): FileProblem => {
    const { line } = lines.linePos(error.pos[0]);
    return { file, line, message: `is not YAML: ${error.message}` };
  });
  problems.push(...dangerousKeys(document, file, lines));
  if (problems.length > 0) throw fileProblems(problems);
  return { file, root: toMapping(document, file), lineOf: (path) => lineOf(document, lines, path) };
}

function dangerousKeys(document: Document, file: string, lines: LineCounter): FileProblem[] {
  const problems: FileProblem[] = [];
  visit(document, {
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === "__proto__")
        problems.push({
          file,
          line: lines.linePos(pair.key.range?.[0] ?? 0).line,
          message: `the key "__proto__" is not allowed; give it another name`,
        });
    },
  });
  return problems;
}

function toMapping(document: Document, file: string): Record<string, unknown> {
  let root: unknown;
  try {
    root = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw PreviewError.of(`${file}: ${(error as Error).message}; write the repeated values out`);
  }
  if (root === null || root === undefined) return {};
  if (typeof root !== "object" || Array.isArray(root))
    throw PreviewError.of(
      `${file}: must hold a mapping of keys to values, got ${Array.isArray(root) ? "a list" : JSON.stringify(root)}`,
    );
  return root as Record<string, unknown>;
}

function lineOf(document: Document, lines: LineCounter, path: (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}

function offsetOf(document: Document, path: (string | number)[]): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path[path.length - 1];
  if (isMap(parent)) {
    const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === last);
    return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
  }
  const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
  return node?.range?.[0];
}
