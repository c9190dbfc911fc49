import { execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse } from "yaml";
import { MigrationMode, type MigrationPlanDocument } from "../../core/migration/migrationPlan";
import { EVENTS_SCHEMA } from "../../core/pulls/events";
import { type ImageScanDocument } from "../../core/scan/report";
import { type BigQueryFake, startBigQuery } from "../../testing/bigquery";
import { KILN, resultOf } from "../../test/cli/command";
import { ROOT } from "../../test/docs/blocks";
import { expectOutputs } from "../../test/docs/outputs";
import { GoogleSql, type Row } from "../../test/support/googleSql";
import { pushImage, Registry } from "../../test/support/registries";
import { type RegistryHosts, serveHosts } from "../../test/support/registryHosts";
import { TOOLS } from "../../test/support/tools";

const PAGE = join(ROOT, "docs/migration.md");
const SOURCE_HOSTS = ["index.docker.io", "gcr.io", "ghcr.io", "quay.io"];
const DESTINATION = "europe-west1-docker.pkg.dev";
const DATASET = "acme-containers.image_pull_logs";
const SCAN = "npx kiln containers scan repository --first-party gcr.io/cloud-builders";
const PULLS = `npx kiln containers pulls --dataset ${DATASET}`;

/** What upstream holds of what the company uses. */
const SOURCES = [
  "adminer:latest",
  "aquasecurity/trivy:0.50.0",
  "astral-sh/uv:0.1.24",
  "axllent/mailpit:v1.15",
  "busybox:1.36.1",
  "curlimages/curl:8.6.0",
  "distroless/static-debian12:nonroot",
  "docker/dockerfile:1.7",
  "flyway/flyway:10.10.0",
  "golang:1.22.1",
  "memcached:1.6.23",
  "nginx:1.25.4-alpine",
  "node:20.11.1",
  "node:20.11.1-alpine",
  "oliver006/redis_exporter:v1.58.0",
  "opensearchproject/opensearch:2.12.0",
  "postgres:16.2",
  "prometheuscommunity/elasticsearch-exporter:v1.7.0",
  "python:3.12.2-slim",
  "redis:7.2.4-alpine",
];

/** When the company cuts over, and when the page's commands are run. */
const CUT_OVER = Date.parse("2026-06-15T12:00:00Z");
const START = Date.parse("2026-05-01T00:00:00Z");
const [BEFORE, AFTER] = [Date.parse("2026-06-15T00:00:00Z"), Date.parse("2026-07-01T00:00:00Z")];
const HOUR = 3_600_000;

/** How its commands end where that is not with 0: somebody lacks a grant; something would change. */
const ENDS: [RegExp, number][] = [[/containers access/, 1]];

/** What the company's cluster runs, and how many hours lie between two pulls of it. */
const RUNS: [cluster: string, image: string, everyHours: number][] = [
  ["shop", "busybox:1.36.1", 3],
  ["shop", "redis:7.2.4-alpine", 20],
  ["shop", "quay.io/oliver006/redis_exporter:v1.58.0", 20],
  ["shop", "postgres:16.2", 24],
  ["shop", "docker.io/library/memcached:1.6.23", 40],
  ["search", "opensearchproject/opensearch:2.12.0", 30],
  ["search", "quay.io/prometheuscommunity/elasticsearch-exporter:v1.7.0", 30],
];

describe("docs/migration.md, from the first scan to the last pull", () => {
  let registries: Registry[];
  let folder: string;
  let hosts: RegistryHosts;
  let bigQuery: BigQueryFake;
  let sql: GoogleSql;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "kiln-migration-"));
    cpSync(join(ROOT, "examples/migration"), folder, { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    registries = await Promise.all([Registry.start(), Registry.start()]);
    const [sources, destination] = registries.map(({ host }) => host);
    for (const image of SOURCES) {
      const [path, tag] = image.split(":");
      await pushImage(sources, path.includes("/") ? path : `library/${path}`, tag, { seed: image });
    }
    hosts = await serveHosts({
      ...Object.fromEntries(SOURCE_HOSTS.map((host) => [host, `http://${sources}`])),
      [DESTINATION]: `http://${destination}`,
    });
    sql = await GoogleSql.start();
    bigQuery = await startBigQuery({
      datasets: { [DATASET]: { location: "EU", tables: [{ name: "events", type: "TABLE" }] } },
      answer: (query) => sql.query(query, { [`${DATASET}.events`]: { columns: EVENTS_SCHEMA, rows: entries() } }),
    });
  });

  after(async () => {
    await Promise.all([hosts.stop(), bigQuery.close(), sql.stop(), ...registries.map((registry) => registry.stop())]);
    rmSync(folder, { recursive: true });
  });

  /** Runs a line of the page as its reader would, in the example's folder; `> FILE` keeps what it prints. */
  async function run(line: string, status = ENDS.find(([what]) => what.test(line))?.[1] ?? 0): Promise<string> {
    const [command, file] = line.split(" > ");
    const isTracker = command.includes("--view tracker");
    const period = command.includes(" pulls ") ? ["--until", new Date(isTracker ? AFTER : BEFORE).toISOString()] : [];
    const child = spawn(process.execPath, [KILN, ...command.split(" ").slice(2), ...period], {
      cwd: folder,
      env: {
        ...{ PATH: `${TOOLS}:/usr/bin:/bin`, HOME: folder, GCE_METADATA_HOST: "127.0.0.1:9" },
        ...{ KILN_BIGQUERY_ENDPOINT: bigQuery.url, ...hosts.environment },
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { code, stdout, stderr } = await resultOf(child);
    expect({ code, line, stderr: code === status ? "" : stderr }).to.deep.equal({ code: status, line, stderr: "" });
    if (file !== undefined) writeFileSync(join(folder, file), stdout);
    return file === undefined ? stdout : "";
  }

  it("prints what the page shows; UPDATE=1 writes it anew", async () => {
    await expectOutputs(PAGE, async (line) => timeless(await run(line)));
  });

  it("leaves no image of somebody else's in the files but what only people can move", async () => {
    const { places } = JSON.parse(
      await run(`${SCAN} --third-party --certainty likely --format json`),
    ) as ImageScanDocument;
    expect(places.map(({ reference }) => reference)).to.deep.equal([]);
  });

  it("leaves every image in Artifact Registry, the same as it was", async () => {
    const { spec } = parse(readFileSync(join(folder, "plan.yaml"), "utf8")) as MigrationPlanDocument;
    expect(spec.images.filter(({ mode }) => mode === MigrationMode.Copy)).to.have.lengthOf(SOURCES.length - 1);
    for (const { source, destination } of spec.images.filter(({ mode }) => mode === MigrationMode.Copy)) {
      const [from, to] = await Promise.all([source, destination].map((name) => digest(name, hosts)));
      expect(to, source).to.equal(from);
    }
  });

  it("ends with the tracker at zero", async () => {
    await run(`${PULLS} --view tracker --check`);
    await run(`${PULLS} --view image --check`, 3);
  });
});

/** How long a copy took is another each time, and the page's format leaves no space at the ends of lines. */
function timeless(text: string): string {
  return text.replace(/[ \t\r]+$/gm, "").replace(/ copied (.*) in [\d.]+ (s|min)$/m, " copied $1 in 12 s");
}

async function digest(name: string, { environment }: RegistryHosts): Promise<string> {
  const { stdout } = await promisify(execFile)(join(TOOLS, "crane"), ["digest", name], { env: environment });
  return stdout;
}

/** What Cloud Logging has written: third-party names until the cut-over, those in Artifact Registry from then on. */
function entries(): Row[] {
  return RUNS.flatMap(([cluster, image, everyHours]) => {
    const count = Math.floor((AFTER - START) / (everyHours * HOUR));
    return Array.from({ length: count }, (_, index) => {
      const timestamp = START + index * everyHours * HOUR;
      const name = timestamp < CUT_OVER ? image : `${DESTINATION}/acme-containers/third-party/${image}`;
      return entry(cluster, timestamp, name);
    });
  });
}

function entry(cluster: string, timestamp: number, image: string): Row {
  const project = `acme-${cluster}`;
  return {
    ...{ timestamp, receiveTimestamp: timestamp, logName: `projects/${project}/logs/events`, severity: "INFO" },
    insertId: `${cluster} ${image} ${timestamp}`,
    resource: {
      type: "k8s_pod",
      labels: {
        ...{ project_id: project, location: "europe-west1", cluster_name: cluster },
        ...{ namespace_name: cluster, pod_name: `${cluster}-0` },
      },
    },
    jsonPayload: { reason: "Pulling", type: "Normal", message: `Pulling image "${image}"` },
  };
}
