import Ajv from "ajv";
import { expect } from "chai";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import schema from "../../../core/scan/report.schema.json";
import { type ImageScanDocument } from "../../../core/scan/report";
import { expectGolden } from "../../support/golden";
import { KILN, type Result, resultOf } from "../command";
import { type Cluster, kubeconfig, startCluster } from "./scan/kubernetes";
import { useTree } from "./tree";

const TREE = {
  Dockerfile: "FROM node:20 AS build\nFROM gcr.io/distroless/nodejs20\nCOPY --from=build /app /app\n",
  "deploy/web.yaml":
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: "europe-docker.pkg.dev/acme/apps/web:1"\n    - image: node:20\n',
  "compose.yaml": "services:\n  web: { build: ., image: web }\n  proxy: { image: '${REGISTRY}/proxy' }\n",
  "ignored/Dockerfile": "FROM secret\n",
  ".gitignore": "ignored/\n",
  "broken/Dockerfile": new Uint8Array([70, 0]),
};

const HAS_KUBECTL = spawnSync("kubectl", ["version", "--client"]).error === undefined;

describe("kiln containers scan", () => {
  const tree = useTree();
  const scan = (cwd: string, args: string[], env: Record<string, string | undefined> = {}): Promise<Result> =>
    resultOf(
      spawn(process.execPath, [KILN, "containers", "scan", ...args], {
        cwd,
        env: { PATH: process.env.PATH, HOME: cwd, ...env },
        stdio: ["ignore", "pipe", "pipe"],
      }),
    );

  it("explains itself, and prints tables by file, image and registry, with warnings beside", async () => {
    const root = tree(TREE);
    const runs = await Promise.all(
      [["--help"], [], ["--group", "image"], ["--group", "registry", "--first-party", "gcr.io/distroless"]].map(
        (args) => scan(root, args),
      ),
    );
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0]);
    expect(runs[1].stderr).to.equal("warning: broken/Dockerfile: is binary\n");
    expectGolden(runs.map(({ stdout }) => stdout).join("\n"), join(__dirname, "scan.golden.txt"));
  });

  it("prints JSON by its schema, CSV that no spreadsheet computes, and ends as --check wants", async () => {
    const root = tree({ ...TREE, "=cmd()/\u001b[31mDockerfile": "FROM evil:1\n" });
    const [asJson, csv, check, none] = await Promise.all([
      scan(root, ["--format", "json", "--third-party"]),
      scan(root, ["--format", "csv", "--certainty", "certain"]),
      scan(root, ["--check"]),
      scan(root, ["--check", "compose.yaml"]),
    ]);
    const document = JSON.parse(asJson.stdout) as ImageScanDocument;
    expect(new Ajv().validate(schema, document)).to.equal(true);
    expect(document.places.map(({ reference }) => reference)).to.deep.equal([
      ...["evil:1", "node:20", "gcr.io/distroless/nodejs20", "node:20"],
    ]);
    expect(csv.stdout.split("\r\n")[1]).to.match(/^'=cmd\(\)\/Dockerfile,1,6,/);
    expect([check.code, none.code]).to.deep.equal([3, 0]);
  });

  it("says what is wrong with paths, options and lists of pods, all at once", async () => {
    const root = tree({ "pods.json": "{}", "text.json": "no" });
    const [paths, option, pods] = await Promise.all([
      scan(root, ["gone", "lost"]),
      scan(root, ["--first-party", "https://x"]),
      scan(root, ["--pods", "pods.json", "--pods", "text.json", "--pods", "none.json"]),
    ]);
    expect(paths).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: "error: gone: there is no such file or folder\nerror: lost: there is no such file or folder\n",
    });
    expect([option.code, option.stderr]).to.deep.equal([
      2,
      "error: option '--first-party <prefix>' argument 'https://x' is invalid. It must be a registry, which may begin with *, and a path if need be, such as gcr.io/acme-prod, got \"https://x\".\n",
    ]);
    expect(pods.code).to.equal(1);
    expect(pods.stderr.split("\n").map((line) => line.split(/ \(|, as/)[0])).to.deep.equal([
      "error: pods.json: must be a List of pods",
      "error: text.json: must be the JSON that kubectl get pods --all-namespaces --output json prints",
      "error: none.json cannot be read",
      "",
    ]);
  });

  (HAS_KUBECTL ? describe : describe.skip)("with kubectl, which is not on every PATH", () => {
    const clusters: Cluster[] = [];
    afterEach(() => Promise.all(clusters.splice(0).map((cluster) => cluster.close())));

    async function start(...answers: Parameters<typeof startCluster>): Promise<Cluster> {
      const cluster = await startCluster(...answers);
      clusters.push(cluster);
      return cluster;
    }

    const pod = (at: number, image: string) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: `web-${at}`, namespace: "shop" },
      spec: { containers: [{ name: "web", image }] },
    });

    it("asks each cluster that is named, page by page, and judges its images with the files", async () => {
      const pods = Array.from({ length: 501 }, (_, at) => pod(at, at === 500 ? "redis:7" : "web:1"));
      const [prod, test] = await Promise.all([start({ pods }), start({ pods: [pod(0, "nginx")] })]);
      const root = tree({
        "compose.yaml": TREE["compose.yaml"],
        kubeconfig: kubeconfig({ prod: prod.url, test: test.url }),
      });
      const args = ["--kubeconfig", "kubeconfig", "--context", "prod", "--context", "test", "--format", "json"];
      const { code, stdout, stderr } = await scan(root, [".", ...args]);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      const { running } = JSON.parse(stdout) as ImageScanDocument;
      const counts: Record<string, number> = {};
      for (const { cluster, reference, party, pods } of running)
        counts[`${cluster} ${reference} ${party}`] = (counts[`${cluster} ${reference} ${party}`] ?? 0) + pods;
      expect(counts).to.deep.equal({ "prod web:1 own": 500, "prod redis:7 third": 1, "test nginx third": 1 });
      expect(prod.asked.filter((path) => path.includes("/pods?"))).to.have.lengthOf(2);
    });

    it("tells of every cluster that refuses, in one line each, and without kubectl how to get it", async () => {
      const refusing = await start({ pods: [], refuses: [403, 'pods is forbidden: User "x" cannot list'] });
      const root = tree({ kubeconfig: kubeconfig({ prod: refusing.url, gone: "http://127.0.0.1:9" }) });
      writeFileSync(join(root, "node"), "");
      const args = ["--kubeconfig", "kubeconfig", "--context", "prod", "--context", "gone", "--context", "none"];
      const [refused, missing] = await Promise.all([
        scan(root, args),
        scan(root, args, { PATH: `${root}${delimiter}` }),
      ]);
      expect(refused.code).to.equal(1);
      const [prod, gone, none] = refused.stderr.split("\n");
      expect(prod).to.match(/^error: prod: kubectl cannot list the pods: .*pods is forbidden: User "x" cannot list$/);
      expect(gone).to.match(/^error: gone: kubectl cannot list the pods: .*127\.0\.0\.1:9/);
      expect(none).to.match(
        /^error: none: kubectl cannot list the pods: .*context was not found for specified context: none/,
      );
      expect([missing.code, missing.stderr]).to.deep.equal([
        1,
        "error: kubectl is not on PATH: install it (https://kubernetes.io/docs/tasks/tools/), or give the pods with --pods FILE\n",
      ]);
    });
  });
});
