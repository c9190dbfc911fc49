import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect } from "chai";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "images/mirror");
const TOOLS = process.env.KILN_TOOLS ?? join(process.env.HOME ?? "", ".cache/kiln-tools");
const DOCKERFILE = readFileSync(join(FOLDER, "Dockerfile"), "utf8");
const PLAN = `apiVersion: kiln/v1
kind: MigrationPlan
spec: { destination: { location: europe-west1, project: acme-images }, rules: [], images: [] }
`;

const tool = (name: string, args: string[], input?: string) =>
  spawnSync(join(TOOLS, "python/bin", name), args, { cwd: FOLDER, encoding: "utf8", input });

describe("the image of ImageMirror", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "kiln-mirror-image-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("has a Dockerfile that hadolint finds nothing in", () => {
    const { status, stdout, stderr } = tool("hadolint", ["Dockerfile"]);
    expect({ status, stdout, stderr }).to.deep.equal({ status: 0, stdout: "", stderr: "" });
  });

  it("would not pass if it took packages of any version", () => {
    const { stdout } = tool("hadolint", ["-"], DOCKERFILE.replace("pulumi-kiln@${KILN_VERSION}", "pulumi-kiln"));
    expect(stdout).to.include("DL3016");
  });

  it("is built by a file that keeps to Cloud Build's schema", () => {
    const { status, stdout } = tool("check-jsonschema", ["--builtin-schema", "vendor.cloudbuild", "cloudbuild.yaml"]);
    expect(stdout).to.include("ok");
    expect(status).to.equal(0);
  });

  it("holds this version of Kiln, and the gcrane that it is tested with", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(DOCKERFILE).to.include(`ARG KILN_VERSION=${version}\n`);
    expect(readFileSync(join(FOLDER, "cloudbuild.yaml"), "utf8")).to.include(`_KILN_VERSION: ${version}\n`);
    const gcrane = execFileSync(join(TOOLS, "gcrane"), ["version"], { encoding: "utf8" }).trim();
    expect(DOCKERFILE).to.include(`ARG GCRANE_VERSION=${gcrane}\n`);
  });

  it("copies, with what its npm install brings and nothing else of npm's", () => {
    const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: ROOT,
    });
    const [{ filename }] = JSON.parse(packed.toString()) as { filename: string }[];
    const [, flags = ""] = /npm (install --global .*) "pulumi-kiln@/.exec(DOCKERFILE) ?? [];
    const prefix = ["--prefix", join(folder, "npm"), join(folder, filename)];
    execFileSync("npm", [...flags.split(" "), ...prefix], { cwd: folder, stdio: "pipe" });
    expect(existsSync(join(folder, "npm/lib/node_modules/pulumi-kiln/node_modules"))).to.equal(false);
    writeFileSync(join(folder, "plan.yaml"), PLAN);
    const PATH = [TOOLS, process.env.PATH].join(delimiter);
    const { status, stdout, stderr } = spawnSync(
      join(folder, "npm/bin/kiln"),
      ["containers", "copy", join(folder, "plan.yaml")],
      { cwd: folder, encoding: "utf8", env: { ...process.env, PATH } },
    );
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    expect(stdout).to.match(/^0 images copied/);
  });
});
