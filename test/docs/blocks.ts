import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

export const ROOT = join(__dirname, "../..");

/** A piece of code in a document. */
export interface Block {
  /** File and line, as an editor opens it. */
  at: string;
  /** Language of the fence. */
  language: string;
  text: string;
}

/** The fenced blocks of all Markdown files that a user reads. */
export function markdownBlocks(): Block[] {
  return filesBelow(ROOT, /\.md$/).flatMap(blocksOf);
}

/** The `@example` of every declaration in the rooms that the package exports. */
export function exampleBlocks(): Block[] {
  return ["components", "testing"].flatMap((room) => filesBelow(join(ROOT, room), /\.ts$/)).flatMap(examplesOf);
}

const PASSED_OVER = new Set(["node_modules", "dist", ".git", "test", ".mirror"]);

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (PASSED_OVER.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, pattern);
    return pattern.test(entry.name) ? [path] : [];
  });
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm)].map((match) => ({
    at: `${relative(ROOT, file)}:${text.slice(0, match.index).split("\n").length}`,
    language: match[1],
    text: match[2],
  }));
}

function examplesOf(file: string): Block[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const blocks: Block[] = [];
  const visit = (node: ts.Node) => {
    for (const tag of ts
      .getJSDocTags(node)
      .filter(({ tagName, parent }) => tagName.text === "example" && parent.parent === node))
      blocks.push({
        at: `${relative(ROOT, file)}:${source.getLineAndCharacterOfPosition(tag.pos).line + 1}`,
        language: "ts",
        text: ts.getTextOfJSDocComment(tag.comment) ?? "",
      });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return blocks;
}
