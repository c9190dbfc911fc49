import { ActionKind, type LifecyclePlan } from "../core/lifecycle/action";
import { type Image } from "../core/lifecycle/image";
import { type LifecycleInputs, planLifecycle } from "../core/lifecycle/plan";
import { type ReadPolicies } from "../core/lifecycle/readPolicies";
import { NO_USAGE, type Usage } from "../core/lifecycle/usage";
import { type Bucket } from "./bucket";
import { type Host } from "./host";
import { type Images } from "./images";
import { policiesIn } from "./policies";

/** What the agent reads and changes, and as whom. */
export interface Factory {
  /** Project that holds the images. */
  project: string;
  images: Images;
  bucket: Bucket;
  /** Who uses the images. */
  usage: (images: readonly Image[]) => Promise<Usage>;
  host: Host;
}

/** The state of the factory at one instant, and what is to be done about it. */
export interface Observed {
  policies: ReadPolicies;
  images: Image[];
  /** Nothing where nobody had to be asked, since no image is to become obsolete or to be deleted. */
  usage: Usage;
  /** Milliseconds since 1970. */
  now: number;
  plan: LifecyclePlan;
}

/** Looks at the factory and plans; changes nothing. */
export async function observe(factory: Factory): Promise<Observed> {
  const { project, bucket, host } = factory;
  const policies = await policiesIn(bucket, project);
  const images = await factory.images.list();
  const now = host.now();
  const inputs = inputsOf(project, policies, images, now);
  const unrestrained = planLifecycle({ ...inputs, usage: NO_USAGE });
  const takes = unrestrained.actions.some(({ kind }) => kind === ActionKind.Obsolete || kind === ActionKind.Delete);
  const usage = takes ? await factory.usage(images) : NO_USAGE;
  const plan = takes ? planLifecycle({ ...inputs, usage }) : unrestrained;
  return { policies, images, usage, now, plan };
}

/** Which deletions must not be made after all, since the images came into use. */
export async function cameIntoUse(
  factory: Factory,
  { policies, images, now }: Observed,
  deletions: readonly { image: string }[],
): Promise<ReadonlyMap<string, string>> {
  const inputs = inputsOf(factory.project, policies, images, now);
  const { actions, refusals } = planLifecycle({ ...inputs, usage: await factory.usage(images) });
  const still = new Set(actions.filter(({ kind }) => kind === ActionKind.Delete).map(({ image }) => image));
  const reasons = new Map(refusals.map(({ image, reason }) => [image, reason]));
  const kept = deletions.filter(({ image }) => !still.has(image));
  return new Map(kept.map(({ image }) => [image, reasons.get(image) ?? "it is not due any more"]));
}

function inputsOf(
  project: string,
  { policies, stopped, projectPolicy }: ReadPolicies,
  images: readonly Image[],
  now: number,
): Omit<LifecycleInputs, "usage"> {
  return { project, images, policies, stopped, ...(projectPolicy ? { projectPolicy } : {}), now };
}
