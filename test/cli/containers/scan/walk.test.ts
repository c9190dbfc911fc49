import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import * as fc from "fast-check";
import { type ScanWarning } from "../../../../core/scan/report";
import { walk } from "../../../../cli/containers/scan/walk";
import { useTree } from "../tree";

describe("The walk over files", () => {
  const tree = useTree();

  function walked(root: string, includeIgnored = false): { files: string[]; warnings: string[] } {
    const warnings: ScanWarning[] = [];
    const files = [...walk(root, { includeIgnored, warn: (warning) => warnings.push(warning) })];
    const below = (path: string) => (path.startsWith(root) ? path.slice(root.length + 1) : path);
    return {
      files: files.map(({ shown }) => below(shown)),
      warnings: warnings.map(({ file, line, message }) => `${below(file)}${line ? `:${line}` : ""} ${message}`),
    };
  }

  it("goes through folders in the order of names, and passes over what nobody reads", () => {
    const root = tree({
      "b/Dockerfile": "",
      "b.yaml": "",
      "a/z.yml": "",
      "a/A.json": "",
      "a/main.go": "",
      ".git/config.yaml": "",
      ".github/workflows/ci.yml": "",
      "Dockerfile_test.go": "",
    });
    expect(walked(root)).to.deep.equal({
      files: [".github/workflows/ci.yml", "a/A.json", "a/z.yml", "b/Dockerfile", "b.yaml"],
      warnings: [],
    });
  });

  it("takes workflows that are called like lock files, and no lock files", () => {
    const root = tree({ ".github/workflows/a.lock.yml": "", "b.lock.yml": "" });
    expect(walked(root).files).to.deep.equal([".github/workflows/a.lock.yml"]);
  });

  it("looks at programs of Pulumi projects alone", () => {
    const root = tree({ "infra/Pulumi.yaml": "", "infra/src/index.ts": "", "app/index.ts": "" });
    expect(walked(root).files).to.deep.equal(["infra/Pulumi.yaml", "infra/src/index.ts"]);
  });

  it("obeys .gitignore as git does", () => {
    const root = tree({
      ".gitignore":
        "*.log.yaml\n/build/\nnode_modules\n!keep.log.yaml\n**/cache/*.yml\nCase.yaml\n\\#a.yaml\ntrailing.yaml  \n",
      "a.log.yaml": "",
      "keep.log.yaml": "",
      "build/a.yaml": "",
      "sub/build/a.yaml": "",
      "x/node_modules/p/Dockerfile": "",
      "x/cache/a.yml": "",
      "x/cache/deep/a.yml": "",
      "case.yaml": "",
      "Case.yaml": "",
      "#a.yaml": "",
      "trailing.yaml": "",
      "sub/.gitignore": "!a.log.yaml\nlocal.yaml\n/only.yaml\n",
      "sub/a.log.yaml": "",
      "sub/local.yaml": "",
      "sub/deep/local.yaml": "",
      "sub/only.yaml": "",
      "sub/deep/only.yaml": "",
    });
    execFileSync("git", ["init", "-q", root]);
    writeFileSync(join(root, ".git/info/exclude"), "mine.yaml\n");
    writeFileSync(join(root, "mine.yaml"), "");
    const listed = execFileSync("git", ["ls-files", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
    const wanted = listed.split("\n").filter((name) => /Dockerfile|\.ya?ml$/.test(name));
    expect(wanted).to.have.lengthOf(6);
    expect(walked(root).files.sort()).to.deep.equal(wanted.sort());
    expect(walked(root, true).files).to.have.lengthOf(17);
  });

  it("obeys what is above the folder it is told of, unless that is ignored itself", () => {
    const root = tree({
      ".gitignore": "*.gen.yaml\nvendor/\n",
      "sub/.gitignore": "own.yaml\n",
      "sub/deep/a.gen.yaml": "",
      "sub/deep/own.yaml": "",
      "sub/deep/b.yaml": "",
      "vendor/x/a.gen.yaml": "",
    });
    mkdirSync(join(root, ".git"));
    expect(walked(join(root, "sub/deep")).files).to.deep.equal(["b.yaml"]);
    expect(walked(join(root, "vendor/x")).files).to.deep.equal(["a.gen.yaml"]);
    mkdirSync(join(root, "sub/.git"));
    expect(walked(join(root, "sub")).files, "a repository within").to.deep.equal(["deep/a.gen.yaml", "deep/b.yaml"]);
  });

  it("obeys no pattern that would take hours, and says so", () => {
    const root = tree({ ".gitignore": `a.yaml\n${"a/**/".repeat(20)}b\n`, "a.yaml": "", "b.yaml": "" });
    expect(walked(root)).to.deep.equal({
      files: ["b.yaml"],
      warnings: [".gitignore:2 must have at most 3 of ** in a pattern; it is not obeyed"],
    });
  });

  it("follows no links, and tells those that lead out of the tree or nowhere", () => {
    const outside = tree({ "secret/Dockerfile": "FROM outside" });
    const root = tree({ "a/Dockerfile": "" });
    symlinkSync(join(root, "a/Dockerfile"), join(root, "Dockerfile"));
    symlinkSync("a", join(root, "inside"));
    symlinkSync(".", join(root, "a/loop"));
    symlinkSync(join(outside, "secret"), join(root, "outside"));
    symlinkSync(join(outside, "secret/Dockerfile"), join(root, "Dockerfile.out"));
    symlinkSync("/etc/hostname", join(root, "notes.txt"));
    symlinkSync("gone", join(root, "gone.yaml"));
    expect(walked(root)).to.deep.equal({
      files: ["a/Dockerfile"],
      warnings: [
        "Dockerfile.out is a link out of the tree; it is not followed",
        "gone.yaml is a link that leads nowhere",
        "outside is a link out of the tree; it is not followed",
      ],
    });
    expect(walked(join(root, "inside")).files, "but for the one it is told of").to.have.lengthOf(1);
  });

  it("survives pipes, sockets, names that are not UTF-8, folders without end and without permission", async () => {
    const root = tree({ "a.yaml": "", "locked/b.yaml": "" });
    execFileSync("mkfifo", [join(root, "Dockerfile")]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/x`), Buffer.from([0xff]), Buffer.from(".yaml")]), "");
    mkdirSync(join(root, `deep/${"d/".repeat(120)}`), { recursive: true });
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(root, "s.yaml"), done));
    chmodSync(join(root, "locked"), 0);
    const { files, warnings } = walked(root);
    chmodSync(join(root, "locked"), 0o700);
    await new Promise((done) => server.close(done));
    expect(files.filter((file) => file !== "locked/b.yaml")).to.deep.equal(["a.yaml"]);
    expect(warnings.filter((warning) => !warning.startsWith("locked ")).sort()).to.deep.equal([
      "Dockerfile is a pipe, socket or device; it is not read",
      `deep/${"d/".repeat(99)}d is more than 100 folders deep; it is not read`,
      "s.yaml is a pipe, socket or device; it is not read",
      "x\ufffd.yaml has a name that is not UTF-8; it is not read",
    ]);
    // Root may read everything.
    if (process.getuid?.() !== 0) expect(warnings).to.include("locked cannot be read (EACCES)");
  });

  it("takes a file by its name, and says when nobody reads such files", () => {
    const root = tree({ "web.Dockerfile": "", "a.txt": "" });
    expect(walked(join(root, "web.Dockerfile")).files).to.have.lengthOf(1);
    expect(walked(join(root, "a.txt")).warnings[0]).to.match(/is of no kind that names images; it is not read$/);
  });

  it("shows paths as they were told", () => {
    const root = tree({ "a/b.yaml": "" });
    const shown = (path: string) => [...walk(path, { warn: () => undefined })].map((file) => file.shown);
    const before = process.cwd();
    process.chdir(root);
    try {
      for (const path of [".", "./", "a", "./a/", "a/b.yaml", "./a/b.yaml"])
        expect(shown(path), path).to.deep.equal(["a/b.yaml"]);
      process.chdir("a");
      expect(shown("../")).to.deep.equal(["../a/b.yaml"]);
    } finally {
      process.chdir(before);
    }
  });

  it("finds each file of any tree once, whatever the names are", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((one) => !/[/\0]|^\.{1,2}$|\ufffd|^\.git/i.test(one) && !/[\ud800-\udfff](?![\ud800-\udfff])/.test(one));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, name), { maxLength: 5, selector: ([a]) => a.normalize() }), (names) => {
        const root = tree({});
        for (const [folder, file] of names) {
          mkdirSync(join(root, folder), { recursive: true });
          writeFileSync(join(root, folder, `${file}.yaml`), "");
        }
        const { files, warnings } = walked(root);
        expect(warnings).to.deep.equal([]);
        const wanted = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".yaml"));
        expect(files.sort()).to.include.members(
          wanted.filter((one) => one.includes("/") && !/[-._]lock\.yaml$/i.test(one)),
        );
      }),
      { numRuns: 30 },
    );
  });
});
