import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { type LedgerLine } from "../../core/copy/ledger";
import { type PlannedImage } from "../../core/migration/migrationPlan";
import { KILN, type Result, resultOf } from "../cli/command";
import { type FaultyProxy, startFaultyProxy } from "./faultyProxy";
import { Registry } from "./registries";
import { TOOLS } from "./tools";

/** Where the images of the tests go. */
export const DESTINATION = "europe-west1-docker.pkg.dev/acme-images/mirror";

/** Host of that registry. */
export const DESTINATION_HOST = "europe-west1-docker.pkg.dev";

/** What of an image a test says; the rest is the same for all. */
export type Planned = Partial<PlannedImage> & Pick<PlannedImage, "source">;

/** The text of a plan. */
export function planOf(images: readonly Planned[]): string {
  return stringify({
    ...{ apiVersion: "kiln/v1", kind: "MigrationPlan" },
    spec: {
      destination: { location: "europe-west1", project: "acme-images" },
      rules: [...new Set(images.map(({ source }) => source.split("/")[0]))].map((prefix) => ({
        prefix,
        repository: "mirror",
      })),
      images: images.map((image) => ({ ...rest(image), ...image })),
    },
  });
}

function rest({ source }: Planned): Omit<PlannedImage, "source"> {
  const destination = `${DESTINATION}/${source.split("/").slice(1).join("/")}`;
  return { destination, mode: "Copy", reason: "a test", batch: 1, uses: 1 };
}

/** A plan in a folder of its own. */
export function writePlan(images: readonly Planned[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "kiln-copy-")), "plan.yaml");
  writeFileSync(file, planOf(images));
  return file;
}

/** Where registries are found, by the hosts that plans name. */
export interface CopySurroundings {
  standIns: Record<string, string>;
  env?: Record<string, string | undefined>;
}

/** Starts `kiln containers copy`. */
export function startCopy(args: readonly string[], { standIns, env }: CopySurroundings): ChildProcess {
  if (!existsSync(KILN)) throw new Error("dist is not built: npm run build");
  return spawn(process.execPath, [KILN, "containers", "copy", ...args], {
    env: {
      ...{ PATH: `${TOOLS}:${process.env.PATH}`, HOME: "/nonexistent" },
      KILN_REGISTRY_ENDPOINTS: Object.entries(standIns)
        .map((entry) => entry.join("="))
        .join(","),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Runs it to its end. */
export function copy(args: readonly string[], surroundings: CopySurroundings): Promise<Result> {
  return resultOf(startCopy(args, surroundings));
}

/** The lines of a ledger. */
export function ledgerOf(plan: string): LedgerLine[] {
  return readFileSync(plan.replace(/\.yaml$/, ".ledger.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LedgerLine);
}

/** Two registries, each behind a proxy where things go wrong on purpose. */
export interface CopyRegistries {
  source: Registry;
  destination: Registry;
  front: FaultyProxy;
  back: FaultyProxy;
  /** Names of ghcr.io and docker.io are found at the first, those of {@link DESTINATION_HOST} at the second. */
  surroundings: CopySurroundings;
}

/** Starts such registries for a suite, and ends them after it; each test begins without faults. */
export function useRegistries(assign: (made: CopyRegistries) => void): void {
  let made: CopyRegistries;
  before(async () => {
    const [source, destination] = await Promise.all([Registry.start(), Registry.start()]);
    const [front, back] = await Promise.all([startFaultyProxy(source.host), startFaultyProxy(destination.host)]);
    const standIns = { "ghcr.io": front.host, "docker.io": front.host, [DESTINATION_HOST]: back.host };
    assign((made = { source, destination, front, back, surroundings: { standIns } }));
  });
  after(async () => {
    await Promise.all([made.front, made.back].map((proxy) => proxy.down()));
    await Promise.all([made.source, made.destination].map((registry) => registry.stop()));
  });
  beforeEach(() => {
    for (const proxy of [made.front, made.back]) {
      proxy.asked.length = 0;
      proxy.fault = () => undefined;
    }
  });
}
