import { inOrder, type LifecyclePlan, type Refusal, RefusalRule } from "./action";
import { type LifecyclePolicy } from "./familyPolicy";
import { architectureOf, type Image, instant } from "./image";
import { type Aged, planLine } from "./line";
import { type ProjectLifecyclePolicy } from "./projectPolicy";
import { type AgeRules, rulesOfFamily, rulesOfProject } from "./ageRules";
import { type Usage } from "./usage";

/** What a plan is made of. */
export interface LifecycleInputs {
  /** Project that holds the images. */
  project: string;
  /** All images of the project. */
  images: readonly Image[];
  /** Policies by family. */
  policies: ReadonlyMap<string, LifecyclePolicy>;
  /** Families whose policy cannot be read: nobody touches their images. */
  stopped?: ReadonlySet<string>;
  /**
   * What is done about images that no family policy speaks of.
   * @default - nothing
   */
  projectPolicy?: ProjectLifecyclePolicy;
  usage: Usage;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * Decides what happens to the images of a project. The same inputs give the same plan, in whatever order the images come;
 * the plan after a plan was carried out is empty at the same instant, but for deletions that `maxDeletesPerRun` put off.
 */
export function planLifecycle(inputs: LifecycleInputs): LifecyclePlan {
  const { project, usage, now } = inputs;
  const parts = linesOf(inputs).map(([rules, images]): LifecyclePlan => {
    const { aged, ageless } = byReadableAge(images);
    const { actions, refusals } = planLine({ project, rules, images: aged, usage, now });
    return { actions, refusals: [...ageless.map(refusalOfAgeless), ...refusals] };
  });
  return {
    actions: inOrder(parts.flatMap(({ actions }) => actions)),
    refusals: parts.flatMap(({ refusals }) => refusals),
  };
}

/** Images by the rules for them; images that nobody acts on are left out. */
function linesOf({ images, policies, stopped, projectPolicy }: LifecycleInputs): [AgeRules, Image[]][] {
  const known = new Map([...policies].map(([family, policy]) => [family, rulesOfFamily(policy)]));
  const others = projectPolicy && rulesOfProject(projectPolicy);
  const families = new Map<string, Family>();
  for (const image of images) {
    const { family: name = "" } = image;
    if (stopped?.has(name)) continue;
    const family = families.get(name) ?? familyOf(known.get(name) ?? others?.(name));
    families.set(name, family);
    if (family.rules) lineOf(family, architectureOf(image)).push(image);
  }
  return sorted(families).flatMap(({ rules, lines }) =>
    sorted(lines).map((line): [AgeRules, Image[]] => [rules as AgeRules, line]),
  );
}

function byReadableAge(images: readonly Image[]): { aged: Aged[]; ageless: Image[] } {
  const aged: Aged[] = [];
  const ageless: Image[] = [];
  for (const image of images) {
    const created = instant(image.creationTimestamp);
    if (created === undefined) ageless.push(image);
    else aged.push({ image, created });
  }
  return { aged: aged.sort(byAge), ageless: ageless.sort(byName) };
}

interface Family {
  /** None where nobody acts on its images. */
  rules: AgeRules | undefined;
  /** Images by architecture. */
  lines: Map<string, Image[]>;
}

function familyOf(rules: AgeRules | undefined): Family {
  return { rules, lines: new Map() };
}

function lineOf({ lines }: Family, architecture: string): Image[] {
  const line = lines.get(architecture) ?? [];
  lines.set(architecture, line);
  return line;
}

function sorted<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function byAge(a: Aged, b: Aged): number {
  return a.created - b.created || byName(a.image, b.image);
}

function refusalOfAgeless({ name, family, creationTimestamp }: Image): Refusal {
  const reason = `its creationTimestamp ${JSON.stringify(creationTimestamp)} cannot be read`;
  return { image: name, ...(family ? { family } : {}), rule: RefusalRule.UnknownAge, reason };
}

function byName(a: Image, b: Image): number {
  return a.name < b.name ? -1 : 1;
}
