import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(__dirname, "../..");
/** What an app team installs besides Pulumi's SDKs may weigh this much, unpacked. */
const MOST_BYTES = 5 * 1024 * 1024;

interface Packed {
  filename: string;
  unpackedSize: number;
  files: { path: string }[];
}

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies: Record<string, string>;
}

describe("the packed package, in an empty project", () => {
  let folder: string;
  let packed: Packed;
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Manifest;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "kiln-packed-"));
    const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: ROOT,
    });
    packed = (JSON.parse(output.toString()) as Packed[])[0];
    cpSync(join(ROOT, "examples/quickstart"), folder, { recursive: true });
    const versions = ["@pulumi/pulumi", "@pulumi/gcp", "typescript", "@types/node"].map(
      (name) => `${name}@${devDependencies[name]}`,
    );
    const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", `./${packed.filename}`, ...versions];
    execFileSync("npm", install, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const node = (code: string) => spawnSync(process.execPath, ["-e", code], { cwd: folder, encoding: "utf8" });

  it("weighs less than 5 MB, with what it brings", () => {
    const sizes = [
      packed.unpackedSize,
      ...Object.keys(dependencies ?? {}).map((name) => sizeOf(join(folder, "node_modules", name))),
    ];
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`      ${packed.files.length} files, ${(bytes / 1024 / 1024).toFixed(2)} MB unpacked`);
    expect(bytes).to.be.lessThan(MOST_BYTES);
  });

  it("holds the build and its papers, and no source or test", () => {
    const strays = packed.files.filter(
      ({ path }) =>
        !/^(dist\/|images\/mirror\/|policy\/pack\/|LICENSE$|README\.md$|CHANGELOG\.md$|package\.json$)/.test(path) ||
        path.endsWith("index.ts"),
    );
    expect(strays).to.deep.equal([]);
    expect(packed.files.map(({ path }) => path)).to.include.members([
      "dist/agent/index.js",
      "dist/components/index.js",
      "dist/testing/index.js",
      "dist/cli/kiln.js",
      "dist/policy/pack/index.js",
      "policy/pack/PulumiPolicy.yaml",
    ]);
  });

  it("is imported", () => {
    const { stdout, stderr } = node('console.log(Object.keys(require("pulumi-kiln")).sort().join(" "))');
    expect(stderr).to.equal("");
    expect(stdout).to.include("ContainerRegistry ").and.include("ImageFamily ").and.include("PullLogs ");
  });

  it("previews the example that was copied", () => {
    const { status, stdout, stderr } = spawnSync("npx", ["kiln", "preview"], { cwd: folder, encoding: "utf8" });
    expect(status, stderr).to.equal(0);
    expect(stdout).to.include("kiln:index:ImageFamily").and.include("web-policy");
  });

  it("deploys the agent that it brings", () => {
    writeFileSync(
      join(folder, "controller.cjs"),
      `const { createHash } = require("node:crypto");
       const { readFileSync } = require("node:fs");
       const { LifecycleController } = require("pulumi-kiln");
       const { runProgram } = require("pulumi-kiln/testing");
       const args = { project: "acme-images", bucket: "acme-images-kiln", region: "europe-west1" };
       runProgram(() => new LifecycleController("lifecycle", args)).then(({ resources }) => {
         const { name, source } = resources.find((one) => one.name === "lifecycle-source").inputs;
         const program = readFileSync(source.assets["index.js"].path);
         console.log(name.slice(6, 22) === createHash("sha256").update(program).digest("hex").slice(0, 16));
       });`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, ["controller.cjs"], { cwd: folder, encoding: "utf8" });
    expect(stderr).to.equal("");
    expect(stdout.trim()).to.equal("true");
  });

  it("type-checks in a user's project", () => {
    const { status, stdout } = spawnSync("npx", ["tsc", "-p", "."], { cwd: folder, encoding: "utf8" });
    expect(stdout).to.equal("");
    expect(status).to.equal(0);
  });

  it("tests a program with its kit", () => {
    writeFileSync(
      join(folder, "kit.cjs"),
      `const { ImageFamily } = require("pulumi-kiln");
       const { runProgram } = require("pulumi-kiln/testing");
       runProgram(() => new ImageFamily("web", { project: "acme-images", bucket: "acme-images-kiln" }))
         .then(({ resources }) => console.log(resources.map(({ name }) => name).join(" ")));`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, ["kit.cjs"], { cwd: folder, encoding: "utf8" });
    expect(stderr).to.equal("");
    expect(stdout.trim()).to.equal("web web-policy");
  });
});

function sizeOf(path: string): number {
  return Number(execFileSync("du", ["-sb", path]).toString().split("\t")[0]) || statSync(path).size;
}
