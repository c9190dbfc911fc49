import { carryOut, enforceLifecycle, type Factory, googleClients } from "../../agent";
import { connect } from "../../agent/connect";
import { type ChangePlan } from "../../core/lifecycle/change";
import { API_VERSION, DEFAULT_LIFECYCLE, policyObjectName } from "../../core/lifecycle/familyPolicy";
import { planHold, planRelease } from "../../core/lifecycle/hold";
import { type Image, isActive } from "../../core/lifecycle/image";
import { type LifecycleReportDocument, type RunOutcome } from "../../core/lifecycle/report";
import { planRollback } from "../../core/lifecycle/rollback";
import { type ComputeFake, startCompute } from "../../testing/compute";
import { MemoryBucket } from "../../test/agent/support/memoryBucket";
import { TestHost } from "../../test/agent/support/factory";

/** How the family is at the end of a week. */
export interface Week {
  /** From 1. */
  week: number;
  /** What people did. */
  events: string[];
  /** What the controller refused to do, by image. */
  refusals: Record<string, string>;
  /** How the week's runs ended. */
  outcomes: RunOutcome[];
  /** States by image; those that are gone are left out. */
  states: Record<string, string>;
  /** What the family stands for. */
  stands: string | undefined;
  /** What a template names. */
  pinned: string | undefined;
}

export const WEEKS = 52;
const PROJECT = "acme-images";
const SHOP = "acme-shop";
const FAMILY = "web";
const DAY = 86_400_000;
const START = Date.parse("2026-01-05T03:00:00Z");
const TEMPLATE = { project: SHOP, name: "web-servers" };

/** One family of an image project, the people around it, and a stand-in of Compute Engine that keeps time by the weeks. */
class Year {
  readonly #weeks: Week[] = [];
  readonly #bucket = new MemoryBucket();
  readonly #host = new TestHost(START);
  readonly #factory: Factory;
  #pinned: string | undefined;

  constructor(readonly fake: ComputeFake) {
    const { clients, host } = { clients: googleClients({ compute: fake.clientOptions() }), host: this.#host };
    const connected = connect({ project: PROJECT, bucket: "b", consumers: [SHOP] }, { clients, host });
    this.#factory = { ...connected, bucket: this.#bucket };
    this.writePolicy();
  }

  /** What the stand-in takes for the time. */
  now(): Date {
    return new Date(this.#host.time);
  }

  async play(): Promise<Week[]> {
    for (let week = 1; week <= WEEKS; week++) {
      this.#host.time = START + (week - 1) * 7 * DAY;
      if (!PAUSED.has(week)) this.#publish(week);
      // Once for the new image, as the controller's trigger has it, and once by its schedule.
      const reports = [await this.#run()];
      const events = PAUSED.has(week) ? ["no image is published"] : [];
      const happens = HAPPENS[week];
      if (happens) {
        this.#host.time += DAY;
        await happens.act(this);
        events.push(happens.event);
      }
      this.#host.time += 2 * DAY;
      reports.push(await this.#run());
      this.#weeks.push(this.#record(week, events, reports));
    }
    return this.#weeks;
  }

  #publish(week: number): void {
    const creationTimestamp = new Date(this.#host.time).toISOString();
    this.fake.addImage({ project: PROJECT, name: nameOf(week), family: FAMILY, creationTimestamp });
  }

  pin(week: number): void {
    this.unpin();
    this.#pinned = nameOf(week);
    const sourceImage = `projects/${PROJECT}/global/images/${this.#pinned}`;
    this.fake.addTemplate({ ...TEMPLATE, properties: { disks: [{ boot: true, initializeParams: { sourceImage } }] } });
  }

  unpin(): void {
    if (this.#pinned !== undefined) this.fake.remove(`projects/${SHOP}/global/instanceTemplates/${TEMPLATE.name}`);
    this.#pinned = undefined;
  }

  async rollBack(): Promise<void> {
    await this.#change((images) => planRollback({ project: PROJECT, images, family: FAMILY }));
  }

  async hold(week: number, reason: string): Promise<void> {
    await this.#change((images) => planHold(images, nameOf(week), reason));
  }

  async release(week: number): Promise<void> {
    await this.#change((images) => planRelease(images, nameOf(week)));
  }

  writePolicy(spec: object = {}): void {
    const waits = { deprecateAfter: "0s", obsoleteAfter: "28d", deleteAfter: "63d", retainAtLeast: 4 };
    this.#bucket.put(policyObjectName(FAMILY), {
      ...{ apiVersion: API_VERSION, kind: "FamilyPolicy", metadata: { family: FAMILY, project: PROJECT } },
      spec: { ...DEFAULT_LIFECYCLE, ...waits, ...spec },
    });
  }

  async #change(planned: (images: readonly Image[]) => ChangePlan): Promise<void> {
    const { images, host } = this.#factory;
    const known = await images.list();
    const { actions, problems } = planned(known);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    await carryOut(actions, known, { images, host, stopAt: Infinity });
  }

  #run(): Promise<LifecycleReportDocument> {
    return enforceLifecycle(this.#factory);
  }

  #record(week: number, events: string[], reports: LifecycleReportDocument[]): Week {
    const images = this.fake.images(PROJECT) as unknown as Image[];
    const stateOf = ({ name, deprecated }: Image) => [name, deprecated?.state ?? "ACTIVE"] as const;
    const refused = reports.flatMap(({ refusals }) => refusals.map(({ image, rule }) => [image, rule] as const));
    const newest = images.filter(isActive).sort((a, b) => (a.creationTimestamp < b.creationTimestamp ? 1 : -1));
    return {
      ...{ week, events, stands: newest[0]?.name, pinned: this.#pinned },
      outcomes: reports.map(({ summary }) => summary.outcome),
      refusals: Object.fromEntries(refused),
      states: Object.fromEntries(images.map(stateOf)),
    };
  }
}

/** Weeks without a new image. */
const PAUSED = new Set([19, 33, 34]);

interface Happening {
  event: string;
  act: (year: Year) => void | Promise<void>;
}

const LIST_TEMPLATES = "compute.instanceTemplates.list";

/** What people do, by week. */
const HAPPENS: Record<number, Happening> = {
  5: { event: "the shop's template names web-05, and nobody updates it", act: (year) => year.pin(5) },
  18: { event: "web-18 is bad: kiln images rollback web", act: (year) => year.rollBack() },
  20: {
    event: "web-20 is good: kiln images release web-17 web-18",
    act: async (year) => {
      await year.release(17);
      await year.release(18);
    },
  },
  24: { event: "the shop updates its template to web-24", act: (year) => year.pin(24) },
  30: { event: "the shop lets nobody list its templates", act: ({ fake }) => fake.deny(SHOP, LIST_TEMPLATES) },
  32: { event: "the shop lets the controller list them again", act: ({ fake }) => fake.allow(SHOP, LIST_TEMPLATES) },
  36: { event: "kiln images hold web-35 --reason incident-4711", act: (year) => year.hold(35, "incident-4711") },
  40: { event: "the shop updates its template to web-40", act: (year) => year.pin(40) },
  46: {
    event: 'somebody writes deleteAfter: "soon" into the policy',
    act: (year) => year.writePolicy({ deleteAfter: "soon" }),
  },
  47: { event: "the policy is mended", act: (year) => year.writePolicy() },
  50: { event: "kiln images release web-35", act: (year) => year.release(35) },
};

function nameOf(week: number): string {
  return `${FAMILY}-${String(week).padStart(2, "0")}`;
}

/** Plays a year of weekly images through policy, rollback and consumers, with the real controller and the real client. */
export async function playYear(): Promise<Week[]> {
  let year: Year | undefined = undefined as Year | undefined;
  const fake = await startCompute({ clock: () => year?.now() ?? new Date(START) });
  try {
    year = new Year(fake);
    const weeks = await year.play();
    if (fake.violations.length > 0) throw new Error(fake.violations.join("\n"));
    return weeks;
  } finally {
    await fake.close();
  }
}
