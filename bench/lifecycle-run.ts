// One run of the lifecycle controller over so many images, against a stand-in of Compute Engine: prints its calls.
import { enforceLifecycle, googleClients } from "../agent";
import { connect } from "../agent/connect";
import { API_VERSION, DEFAULT_LIFECYCLE, policyObjectName } from "../core/lifecycle/familyPolicy";
import { timestamp } from "../core/lifecycle/image";
import { MemoryBucket } from "../test/agent/support/memoryBucket";
import { TestHost } from "../test/agent/support/factory";
import { startCompute } from "../testing/compute";

const DAY = 86_400_000;
const NOW = Date.parse("2026-06-01T00:00:00Z");
const PROJECT = "acme-images";
const FAMILIES = 100;

async function run(count: number): Promise<object> {
  const host = new TestHost(NOW);
  const fake = await startCompute({ clock: () => new Date(host.time) });
  try {
    const bucket = new MemoryBucket();
    for (let family = 0; family < FAMILIES; family++)
      bucket.put(policyObjectName(`family-${family}`), policyOf(family));
    for (let index = 0; index < count; index++) fake.addImage(imageAt(index));
    const clients = googleClients({ compute: fake.clientOptions() });
    const most = mostAtOnce(clients.images);
    const factory = { ...connect({ project: PROJECT, bucket: "b", consumers: [] }, { clients, host }), bucket };
    const { summary, actions } = await enforceLifecycle(factory);
    const calls = (method: string) => fake.calls.filter((call) => call.method === method).length;
    return {
      ...{ images: summary.images, actions: actions.length, done: summary.actions.done },
      ...{ lists: calls("images.list"), deprecations: calls("images.deprecate"), deletions: calls("images.delete") },
      ...{ pages: Math.ceil(count / 500), atOnce: most() },
    };
  } finally {
    await fake.close();
  }
}

function policyOf(family: number): object {
  const metadata = { family: `family-${family}`, project: PROJECT };
  const spec = { ...DEFAULT_LIFECYCLE, obsoleteAfter: "30d", deleteAfter: "60d", maxDeletesPerRun: 5 };
  return { apiVersion: API_VERSION, kind: "FamilyPolicy", metadata, spec };
}

/** Each family has an image a day: ten are active, the others were deprecated the day after. */
function imageAt(index: number) {
  const day = Math.floor(index / FAMILIES);
  const created = NOW - day * DAY;
  const image = { project: PROJECT, name: `image-${index}`, creationTimestamp: timestamp(created) };
  const deprecated = { state: "DEPRECATED", deprecated: timestamp(created + DAY) };
  return { ...image, family: `family-${index % FAMILIES}`, ...(day < 10 ? {} : { deprecated }) };
}

/** Counts how many changes are under way at the same time. */
function mostAtOnce(images: ReturnType<typeof googleClients>["images"]): () => number {
  let [now, most] = [0, 0];
  for (const method of ["deprecate", "delete"] as const) {
    const call = images[method].bind(images) as (request: object) => Promise<unknown>;
    const counted = async (request: object) => {
      most = Math.max(most, ++now);
      return call(request).finally(() => now--);
    };
    Object.assign(images, { [method]: counted });
  }
  return () => most;
}

run(Number(process.argv[2]))
  .then((result) => console.log(JSON.stringify(result)))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
