import { randomUUID } from "node:crypto";
import { type GoogleClients, googleClients } from "../../../agent/clients";
import { connect, type ConnectOptions } from "../../../agent/connect";
import { type Host } from "../../../agent/host";
import { type Factory } from "../../../agent/observe";
import { API_VERSION, DEFAULT_LIFECYCLE, policyObjectName } from "../../../core/lifecycle/familyPolicy";
import { type ComputeFake, type ComputeOptions, startCompute } from "../../../testing/compute";
import { MemoryBucket } from "./memoryBucket";

/** When the tests begin. */
export const NOW = Date.parse("2026-06-01T00:00:00Z");

/** A clock that stands still but where somebody waits, and a log in memory. */
export class TestHost implements Host {
  readonly lines: string[] = [];
  readonly waits: number[] = [];

  constructor(public time = NOW) {}

  now(): number {
    return this.time;
  }

  random(): number {
    return 0.5;
  }

  sleep(milliseconds: number): Promise<void> {
    this.waits.push(milliseconds);
    this.time += milliseconds;
    return Promise.resolve();
  }

  uuid(): string {
    return randomUUID();
  }

  log(line: string): void {
    this.lines.push(line);
  }

  /** The lines about one kind of event. */
  logged(event: string): { severity: string; message: string; kiln: Record<string, unknown> }[] {
    type Line = { severity: string; message: string; kiln: Record<string, unknown> };
    return this.lines.map((line) => JSON.parse(line) as Line).filter(({ kiln }) => kiln.event === event);
  }
}

/** The loopback fake of Compute Engine and the real clients that talk to it, whose making is slow. */
export class TestCloud {
  readonly host = new TestHost();
  #projects = 0;

  private constructor(
    readonly fake: ComputeFake,
    readonly clients: GoogleClients,
  ) {}

  /** @param timeout when the clients give up a call, in milliseconds. */
  static async start(timeout = 20_000, options: ComputeOptions = {}): Promise<TestCloud> {
    let cloud: TestCloud | undefined = undefined as TestCloud | undefined;
    const clock = () => new Date(cloud?.host.time ?? NOW);
    const fake = await startCompute({ clock, ...options });
    cloud = new TestCloud(fake, googleClients({ compute: fake.clientOptions(timeout) }));
    return cloud;
  }

  /** A factory of its own in a project of its own, with the images and policies of the family `web`. */
  factory(consumers: string[] = [], spec: object = {}, patience: ConnectOptions["patience"] = {}): TestFactory {
    return new TestFactory(this, `acme-images-${++this.#projects}`, consumers, spec, patience);
  }
}

/** What becomes of the images of {@link TestFactory}: their states, those that are gone left out. */
export const ENFORCED = { "web-3": "OBSOLETE", "web-4": "DEPRECATED", "web-5": "ACTIVE" };
export const UNTOUCHED = {
  "web-1": "OBSOLETE",
  "web-2": "DEPRECATED",
  "web-3": "DEPRECATED",
  "web-4": "ACTIVE",
  "web-5": "ACTIVE",
};

/** A factory in which two deletions, one obsolescence and one deprecation are due. */
export class TestFactory {
  readonly bucket = new MemoryBucket();
  readonly host: TestHost;
  /** Of a run that is to be killed. */
  callsLeft = 0;

  constructor(
    readonly cloud: TestCloud,
    readonly project: string,
    readonly consumers: string[],
    spec: object,
    readonly patience: ConnectOptions["patience"],
  ) {
    this.host = cloud.host;
    cloud.host.time = NOW;
    this.setPolicy("web", { obsoleteAfter: "30d", deleteAfter: "90d", retainAtLeast: 1, ...spec });
    this.addImage("web-1", "2026-01-01", { state: "OBSOLETE", deprecated: "2026-02-01T00:00:00Z" });
    this.addImage("web-2", "2026-02-01", { state: "DEPRECATED", deprecated: "2026-02-10T00:00:00Z" });
    this.addImage("web-3", "2026-02-10", { state: "DEPRECATED", deprecated: "2026-04-20T00:00:00Z" });
    this.addImage("web-4", "2026-04-20");
    this.addImage("web-5", "2026-05-20");
  }

  addImage(name: string, date: string, deprecated?: object): void {
    const seed = { name, project: this.project, family: "web", creationTimestamp: `${date}T00:00:00.000-00:00` };
    this.cloud.fake.addImage({ ...seed, ...(deprecated ? { deprecated } : {}) });
  }

  setPolicy(family: string, spec: object): void {
    this.bucket.put(policyObjectName(family), {
      apiVersion: API_VERSION,
      kind: "FamilyPolicy",
      metadata: { family, project: this.project },
      spec: { ...DEFAULT_LIFECYCLE, ...spec },
    });
  }

  /** What a run of the agent works with; each call is another process. */
  connect(): Factory {
    const { project, consumers, host, bucket, patience } = this;
    const { clients } = this.cloud;
    return { ...connect({ project, bucket: "b", consumers }, { clients, host, patience }), bucket };
  }

  /** The states of the images by name. */
  states(): Record<string, string> {
    const images = this.cloud.fake.images(this.project);
    const states = images.map(({ name, deprecated }) => [name, (deprecated as { state?: string })?.state ?? "ACTIVE"]);
    return Object.fromEntries(states.sort(([a], [b]) => (a < b ? -1 : 1))) as Record<string, string>;
  }

  /** The methods that were called in this project, in their order. */
  calls(): string[] {
    return this.cloud.fake.calls.filter(({ project }) => project === this.project).map(({ method }) => method);
  }

  /** A resource by its path below the project. */
  find(path: string) {
    return this.cloud.fake.find(`projects/${this.project}/${path}`);
  }
}
