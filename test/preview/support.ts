import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type OfflineOptions, type PreviewError, type PreviewGraph, previewOffline } from "../../preview";

/** Where the recordings of the real engine are. */
export const FIXTURES = resolve(__dirname, "fixtures");

const MODULES = resolve(__dirname, "../../node_modules");

/** A Pulumi project in a folder of its own, with the packages of this repository; removed after the test. */
export function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "kiln-preview-"));
  created.push(folder);
  symlinkSync(MODULES, join(folder, "node_modules"));
  const all = {
    "Pulumi.yaml": "name: sample\nruntime: nodejs\nmain: index.js\n",
    "package.json": "{}",
    "index.js": "",
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}
const created: string[] = [];
after(() => created.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Previews a program of one JavaScript file. */
export function previewOf(source: string, options: Partial<OfflineOptions> = {}): Promise<PreviewGraph> {
  const directory = project({ "index.js": `const pulumi = require("@pulumi/pulumi");\n${source}` });
  return previewOffline({ directory, ...options });
}

/** The error that a preview ends with; a preview that works is a failure of the test. */
export async function refusal(preview: Promise<unknown>): Promise<PreviewError> {
  try {
    await preview;
  } catch (error) {
    if ((error as Error).name === "PreviewError") return error as PreviewError;
    throw error;
  }
  throw new Error("the preview was made");
}

/** Errors alone, as text. */
export function errorsOf({ diagnostics }: PreviewError): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

/**
 * Fails each test of the suite that leaves a process behind (Linux). A program that gives another one an environment of
 * its own hands `KILN_TEST_MARK` on.
 */
export function leavesNoProcess(): void {
  const mark = randomUUID();
  before(() => {
    process.env.KILN_TEST_MARK = mark;
  });
  after(() => {
    delete process.env.KILN_TEST_MARK;
  });
  afterEach(() => {
    if (process.platform === "linux")
      expect(processesMarked(`KILN_TEST_MARK=${mark}`), "processes left behind").to.deep.equal([]);
  });
}

/** Processes that carry a variable with this value in their environment, this one aside (Linux). */
export function processesMarked(mark: string): string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, "latin1").includes(mark);
    } catch {
      return false;
    }
  });
}
