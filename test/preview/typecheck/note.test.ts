import { expect } from "chai";
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readProject } from "../../../preview/project/projectFile";
import { startTypeCheck } from "../../../preview/typecheck";
import { dropOldNotes } from "../../../preview/typecheck/note";
import { project } from "../support";

/** A program with a dependency of its own; every change below makes its types wrong. */
const FILES = {
  "Pulumi.yaml": "name: sample\nruntime: nodejs\nmain: app/index.ts\n",
  "app/index.ts":
    'import { a } from "dep";\nimport { b } from "./lib";\nexport const sum: number = a + b;\nexport const same = (value) => value;\n',
  "app/lib/index.ts": "export const b = 2;\n",
  "app/tsconfig.json": '{"extends":"./base.json","compilerOptions":{"lib":["ES5"],"typeRoots":["./types"]}}',
  "app/types/none/index.d.ts": "",
  "app/base.json": '{"compilerOptions":{"strict":false}}',
  "dep/package.json": '{"name":"dep","types":"index.d.ts"}',
  "dep/index.d.ts": "export declare const a: number;\n",
  "dep/other.d.ts": "export declare const a: string;\n",
  "dep2/package.json": '{"name":"dep","types":"index.d.ts"}',
  "dep2/index.d.ts": "export declare const a: string;\n",
};

/** Time that package managers give to every file. */
const PACKED = new Date("1985-10-26T08:15:00Z");

const CHANGES: Record<string, (folder: string) => void> = {
  "the program": (folder) => write(folder, "app/index.ts", FILES["app/index.ts"].replace("number", "string")),
  "a declaration as long and as old as before": (folder) => {
    write(folder, "dep/index.d.ts", FILES["dep/other.d.ts"]);
    utimesSync(join(folder, "dep/index.d.ts"), PACKED, PACKED);
  },
  "which file a package declares": (folder) => write(folder, "dep/package.json", '{"name":"dep","types":"other.d.ts"}'),
  "where a link to a package leads": (folder) => {
    rmSync(join(folder, "app/node_modules/dep"));
    symlinkSync("../../dep2", join(folder, "app/node_modules/dep"));
  },
  "a file in place of a folder": (folder) => write(folder, "app/lib.ts", 'export const b = "two";\n'),
  "the configuration that another extends": (folder) => {
    write(folder, "app/base.json", '{"compilerOptions":{"strict":true}}');
  },
  "the declarations that count everywhere": (folder) =>
    write(folder, "app/types/all/index.d.ts", 'declare module "dep" { export const a: string; }\n'),
  "the configuration, which cannot be read any more": (folder) => write(folder, "app/tsconfig.json", "{"),
};

describe("notes", () => {
  it("are dropped a week after they were written, and nothing else is", () => {
    const folder = project({
      "types-0123456789abcdef.json": "[]",
      "types-fedcba9876543210.json": "[]",
      "other.json": "{}",
    });
    const weekAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000);
    for (const name of ["types-0123456789abcdef.json", "other.json"]) utimesSync(join(folder, name), weekAgo, weekAgo);
    dropOldNotes(join(folder, "types-fedcba9876543210.json"));
    const left = readdirSync(folder).filter((name) => name.endsWith(".json"));
    expect(left).to.have.members(["types-fedcba9876543210.json", "other.json", "package.json"]);
  });
});

describe("what was noted as right", () => {
  it("is not checked again", async () => {
    const folder = program();
    expect(await wrongIn(folder)).to.equal(undefined);
    const again = startTypeCheck(readProject(folder))?.result.then(() => "noted");
    expect(await Promise.race([again, new Promise((resolve) => setImmediate(resolve, "checked"))])).to.equal("noted");
  });

  for (const [name, change] of Object.entries(CHANGES))
    it(`does not cover a change of ${name}`, async () => {
      const folder = program();
      expect(await wrongIn(folder)).to.equal(undefined);
      change(folder);
      expect(await wrongIn(folder)).to.match(/TSError: ⨯ Unable to compile TypeScript:\n.*error TS\d+: /);
    });
});

function program(): string {
  const folder = project(FILES);
  mkdirSync(join(folder, "app/node_modules"));
  symlinkSync("../../dep", join(folder, "app/node_modules/dep"));
  utimesSync(join(folder, "dep/index.d.ts"), PACKED, PACKED);
  return folder;
}

async function wrongIn(folder: string): Promise<string | undefined> {
  return (await startTypeCheck(readProject(folder))?.result)?.message;
}

function write(folder: string, file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
