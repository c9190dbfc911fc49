import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { copyArguments, LEDGERS_PREFIX, MirrorUpdate } from "../../core/migration/mirror";
import { BucketServer } from "../../test/support/buckets";
import { TOOLS } from "../../test/support/tools";

const ROOT = join(__dirname, "../..");
const FOLDER = join(ROOT, "images/mirror");
const DOCKERFILE = readFileSync(join(FOLDER, "Dockerfile"), "utf8");
/** A plan with nothing to copy; JSON is YAML too. */
const PLAN = {
  apiVersion: "kiln/v1",
  kind: "MigrationPlan",
  spec: { destination: { location: "europe-west1", project: "acme-images" }, rules: [], images: [] },
};

const COMMAND = copyArguments({
  ...{ bucket: "acme-kiln", planObject: "migration/plan.yaml", update: MirrorUpdate.MovedTags, hubBudget: 100 },
});

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

  it("runs the job's command as a task does, with what its npm install brings and nothing else of npm's", async () => {
    const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: ROOT,
    });
    const [{ filename }] = JSON.parse(packed.toString()) as { filename: string }[];
    const [, flags = ""] = /npm (install --global .*) "pulumi-kiln@/.exec(DOCKERFILE) ?? [];
    const prefix = ["--prefix", join(folder, "npm"), join(folder, filename)];
    execFileSync("npm", [...flags.split(" "), ...prefix], { cwd: folder, stdio: "pipe" });
    expect(existsSync(join(folder, "npm/lib/node_modules/pulumi-kiln/node_modules"))).to.equal(false);
    const buckets = await BucketServer.start();
    try {
      await buckets.create("acme-kiln");
      await buckets.put("acme-kiln", "migration/plan.yaml", PLAN);
      const env = {
        ...{ PATH: [TOOLS, process.env.PATH].join(delimiter), KILN_STORAGE_ENDPOINT: buckets.url },
        ...{ CLOUD_RUN_EXECUTION: "kiln-mirror-abcde", CLOUD_RUN_TASK_INDEX: "3", CLOUD_RUN_TASK_COUNT: "4" },
      };
      const { stdout } = await promisify(execFile)(join(folder, "npm/bin/kiln"), COMMAND, { cwd: folder, env });
      expect(stdout).to.match(/^0 images copied/);
      const written = (await buckets.objects("acme-kiln")).filter((name) => name !== "migration/plan.yaml");
      expect(written).to.not.deep.equal([]);
      for (const name of written) expect(name).to.match(new RegExp(`^${LEDGERS_PREFIX}kiln-mirror-abcde/`));
    } finally {
      await buckets.stop();
    }
  });
});
