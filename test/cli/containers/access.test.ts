import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { declared, graphOf } from "../../preview/graphs";
import { useAccess } from "../../support/access";
import { expectGolden } from "../../support/golden";
import { KILN, resultOf } from "../command";

const HUB = "projects/acme-containers/locations/europe-west1/repositories/docker-hub";
const ADDRESS = "europe-west1-docker.pkg.dev/acme-containers/docker-hub";
const NODES = "nodes@acme-shop.iam.gserviceaccount.com";
const NUMBER = "123456789012";
const READER = "roles/artifactregistry.reader";
const MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";

const PLAN = `apiVersion: kiln/v1
kind: MigrationPlan
spec:
  destination: { location: europe-west1, project: acme-containers }
  rules:
    - { prefix: docker.io, repository: docker-hub }
  images:
    - source: docker.io/library/nginx:1.25
      destination: ${ADDRESS}/library/nginx:1.25
      mode: Copy
      reason: it is pinned
      batch: 1
      uses: 1
`;

/** A program that lets the nodes pull. */
const GRAPH = graphOf([
  declared(MEMBER, "registry-docker-hub/reader-shop", {
    inputs: {
      ...{ project: "acme-containers", location: "europe-west1", repository: "docker-hub" },
      ...{ role: READER, member: `serviceAccount:${NODES}` },
    },
  }),
]);

describe("kiln containers access", () => {
  const fake = useAccess();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "kiln-access-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]) => {
    const env = { PATH: process.env.PATH, HOME: "/nonexistent", KILN_IAM_ENDPOINT: `http://127.0.0.1:${fake().port}` };
    const command = [KILN, "containers", "access", ...args];
    return resultOf(spawn(process.execPath, command, { env, stdio: ["ignore", "pipe", "pipe"] }));
  };
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const plan = () => file("plan.yaml", PLAN);
  const graph = () => file("graph.json", JSON.stringify(GRAPH));

  it("shows who may pull by a program's graph, and what grants the rest", async () => {
    const pullers = ["--gke", `acme-shop=${NODES}`, "--run", `acme-shop:${NUMBER}`, "--build", "acme-ci"];
    const { code, stdout, stderr } = await run(plan(), "--graph", graph(), ...pullers, "--appengine", "acme-web");
    expect({ code, stderr }).to.deep.equal({ code: 1, stderr: "" });
    expectGolden(stdout, join(__dirname, "access.golden.txt"));
    expect(fake().calls).to.deep.equal([]);
  });

  it("ends well where everybody may pull, or it cannot be told", async () => {
    const pullers = ["--gke", `acme-shop=${NODES}`, "--run", "acme-shop", "--run", `acme-containers:${NUMBER}`];
    const { code, stdout, stderr } = await run(plan(), "--graph", graph(), ...pullers, "--format", "json");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "warning: 2 of 3 cannot be told\n" });
    const { rows, commands } = JSON.parse(stdout) as { rows: { state: string }[]; commands: string[] };
    expect(rows.map(({ state }) => state)).to.deep.equal(["granted", "unknown", "unknown"]);
    expect(commands).to.deep.equal([]);
  });

  it("asks Google Cloud who may, as whoever may be impersonated", async () => {
    fake().bind(HUB, {
      role: READER,
      members: [`serviceAccount:service-${NUMBER}@serverless-robot-prod.iam.gserviceaccount.com`],
    });
    fake().bind("projects/acme-containers", { role: READER, members: ["group:everyone@acme.example"] });
    fake().world.projects.set("acme-containers", { number: "210987654321" }).set("acme-shop", { number: NUMBER });
    fake().world.mayPull.set(NODES, false);
    const asked = ["--repository", ADDRESS, "--live", "--gke", `acme-shop=${NODES}`, "--run", "acme-shop"];
    const states = ({ stdout }: { stdout: string }) =>
      (JSON.parse(stdout) as { rows: { state: string }[] }).rows.map(({ state }) => state);
    const byPolicies = await run(...asked, "--format", "json");
    expect({ code: byPolicies.code, states: states(byPolicies) }).to.deep.equal({
      code: 0,
      states: ["unknown", "granted"],
    });
    const asThemselves = await run(...asked, "--impersonate", "--format", "json");
    expect({ code: asThemselves.code, states: states(asThemselves) }).to.deep.equal({
      code: 1,
      states: ["missing", "granted"],
    });
    expect(fake().calls.some(({ method }) => /set|create|delete/i.test(method))).to.equal(false);
  });

  it("refuses a command line that asks nothing, with what to write", async () => {
    const wrong: [string[], string][] = [
      [[], "name who pulls, such as --gke PROJECT"],
      [["--gke", "acme-shop"], "say where to look: --program DIR, --graph FILE or --live"],
      [["--gke", "acme-shop", "--live"], "name a plan or a --repository"],
      [["--run", "acme-shop=a@acme-shop.iam.gserviceaccount.com"], "Cloud Run pulls as its service agent"],
      [["--gke", "X:12=y"], "It must be a project id"],
      [["--repository", "nginx"], "It must be a repository such as"],
    ];
    await Promise.all(
      wrong.map(async ([args, says]) => {
        const { code, stderr } = await run(...args);
        expect(code, stderr).to.equal(2);
        expect(stderr).to.include(says);
      }),
    );
  });

  it("tells what is wrong with a plan or a graph", async () => {
    const broken = await run(file("plan.yaml", PLAN.replace("Copy", "Move\u001b[31m")), "--live", "--gke", "acme-shop");
    expect(broken.code).to.equal(1);
    expect(broken.stderr)
      .to.match(/^error: .*plan\.yaml:/)
      .and.not.include("\u001b");
    const missing = await run("--graph", join(folder, "none.json"), "--gke", "acme-shop");
    expect({ code: missing.code, stdout: missing.stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(missing.stderr).to.include("none.json");
  });
});
