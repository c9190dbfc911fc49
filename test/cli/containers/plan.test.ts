import { expect } from "chai";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pullsReport } from "../../../core/pulls/pullsReport";
import { placeOf, runningOf } from "../../core/migration/samples";
import { expectGolden } from "../../support/golden";
import { containers } from "./support";

describe("kiln containers plan", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "kiln-plan-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const fileOf = (name: string, value: unknown): string => {
    const file = join(folder, name);
    writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
    return file;
  };
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const run = (...args: string[]) => containers("plan", "--output", join(folder, "plan.yaml"), ...args);
  const PLACE = ["--location", "europe-west1", "--project", "acme-images"];

  const scanOf = (...names: string[]) =>
    fileOf("scan.json", {
      ...{ apiVersion: "kiln/v1", kind: "ImageScan", warnings: [] },
      places: [
        ...names.map((name) => placeOf(name)),
        placeOf("nginx:${TAG}\u001b[31m", { file: "deploy/web.yaml", line: 7, image: undefined, open: ["TAG"] }),
      ],
      running: [runningOf("quay.io/prometheus/prometheus:v2.50.0", 3)],
    });

  it("writes the plan and shows what is in it", async () => {
    const period = { dataset: "acme-logs.pulls", from: "2025-02-01T00:00:00Z", to: "2025-03-01T12:00:00Z" };
    const last_pull = "2025-03-01T12:00:00Z";
    const row = { image: "docker.io/library/redis:latest", registry: "docker.io", third_party: true, pulls: 812 };
    const pulls = fileOf("pulls.json", pullsReport([{ ...row, first_pull: last_pull, last_pull }], period));
    const { code, stdout, stderr } = await run(
      "--scan",
      scanOf("nginx:1.25", "redis", "nginx:1.25"),
      "--pulls",
      pulls,
      ...PLACE,
    );
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expectGolden(stdout.replaceAll(folder, "").concat("----\n", read("plan.yaml")), join(__dirname, "plan.golden.txt"));
  });

  it("keeps edits when it is run again, and has nothing to do the next time", async () => {
    await run("--scan", scanOf("nginx:1.25"), ...PLACE);
    fileOf("plan.yaml", read("plan.yaml").replace("docker-io/library/nginx", "base/web # ours"));
    const wrong = await run("--scan", scanOf("nginx:1.25"));
    expect(wrong.code).to.equal(1);
    expect(wrong.stderr).to.contain("spec.images.1.destination must have the tag and digest of the source, :1.25");
    fileOf("plan.yaml", read("plan.yaml").replace("base/web # ours:1.25", "base/web:1.25 # ours"));
    const { code, stdout } = await run("--scan", scanOf("nginx:1.25", "redis:7"));
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/^new: docker\.io\/library\/redis:7$/m)
      .and.to.contain("kept: docker.io/library/nginx:1.25 goes to ");
    expect(read("plan.yaml")).to.contain("base/web:1.25 # ours");
    const again = await run("--scan", scanOf("nginx:1.25", "redis:7"));
    expect(again.stdout).to.contain("stays as it is");
  });

  it("writes nothing where images would be mixed, or when told so", async () => {
    await run("--scan", scanOf(), ...PLACE);
    const rules =
      "  rules:\n    - prefix: ghcr.io\n      repository: all\n    - prefix: quay.io\n      repository: all\n  images: []\n";
    const text = read("plan.yaml").replace(/ {2}rules:[^]*/, rules);
    fileOf("plan.yaml", text);
    const mixed = await run("--scan", scanOf("ghcr.io/prometheus/prometheus:v1"));
    expect(mixed.code).to.equal(1);
    expect(mixed.stderr)
      .to.contain("ghcr.io/prometheus/prometheus:v1")
      .and.to.contain("quay.io/prometheus/prometheus:v2.50.0");
    expect(read("plan.yaml")).to.equal(text);
    const dry = await run("--scan", scanOf("nginx:1"), "--dry-run", "--format", "json");
    expect(dry.code).to.equal(0);
    expect((JSON.parse(dry.stdout) as { added: string[] }).added).to.have.lengthOf(2);
    expect(read("plan.yaml")).to.equal(text);
  });

  it("scans by itself, and overlooks the plan in the tree", async () => {
    fileOf("Dockerfile", "FROM nginx:1.25\nFROM us-docker.pkg.dev/acme/own/app:1\n");
    const pods = {
      kind: "List",
      items: [{ kind: "Pod", metadata: { name: "a" }, spec: { containers: [{ name: "a", image: "redis:7" }] } }],
    };
    const first = await run(folder, "--pods", fileOf("pods.json", pods), ...PLACE);
    expect(first.stderr).to.equal("");
    expect(read("plan.yaml").match(/source: .*/g)).to.deep.equal([
      ...["source: docker.io/library/redis:7", "source: docker.io/library/nginx:1.25"],
    ]);
    const again = await run(folder, "--pods", join(folder, "pods.json"));
    expect(again.stdout).to.contain("stays as it is");
    expect((await run(join(folder, "none"))).stderr).to.equal(
      `error: ${folder}/none: there is no such file or folder\n`,
    );
  });

  it("says what is missing or wrong with what it is given", async () => {
    const place = await run("--scan", scanOf());
    expect(place).to.deep.include({ code: 2, stdout: "" });
    expect(place.stderr).to.contain("--location and --project say where");
    const missing = await run("--scan", join(folder, "none.json"), ...PLACE);
    expect(missing).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `error: ${folder}/none.json cannot be read (ENOENT)\n`,
    });
    const other = await run("--scan", fileOf("other.json", "[1]"), ...PLACE);
    expect(other.stderr).to.contain("other.json must be what kiln containers scan --format json prints");
    const pulls = await run(
      "--scan",
      scanOf(),
      "--pulls",
      fileOf("pulls.json", { kind: "ImagePullsReport", apiVersion: "kiln/v1" }),
      ...PLACE,
    );
    expect(pulls.stderr).to.contain("images is missing");
  });
});
