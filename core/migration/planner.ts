import { API_VERSION } from "../lifecycle/familyPolicy";
import { readReference, repositoryOf } from "../reference/reference";
import { batchesOf } from "./batches";
import { withDefaultRules } from "./defaultRules";
import { imageProblems } from "./imageProblems";
import { type Evidence, type InventoryItem, inventoryOf, type LeftOut } from "./inventory";
import { destinationOf, type Mapping, ruleFor } from "./mapping";
import { type MigrationPlace, MigrationMode, type MigrationPlanDocument, type PlannedImage } from "./migrationPlan";
import { chooseMode, type ModeChoice } from "./modes";
import { byRisk, orderReason } from "./order";

/** What a plan is made from. */
export interface PlanInputs extends Evidence {
  /** Where the repositories are. */
  destination: MigrationPlace;
  mode: ModeChoice;
  /** Platforms of images that the plan does not know yet; nothing for all. */
  platforms?: string[];
  /** Pulls from Docker Hub in six hours. */
  budget: number;
  /** The plan as it is, which people may have edited. */
  before?: MigrationPlanDocument;
  /** Modes and destinations follow the rules, whatever the plan says. */
  followRules?: boolean;
  /** Images that nothing names any more leave the plan. */
  prune?: boolean;
}

/** A plan, and what is to be told of it. */
export interface MadePlan {
  document: MigrationPlanDocument;
  /** Sources that the plan had not. */
  added: string[];
  /** Sources that nothing names any more. */
  gone: string[];
  /** Images whose destination is another than the rules give, and is kept. */
  kept: (Pick<PlannedImage, "source" | "destination"> & { byRules: string })[];
  left: LeftOut[];
  /** Images without a place, and places with two images. */
  problems: string[];
}

/** Makes a plan, or makes one anew from what is in use now: what people edited stays. */
export function planMigration(inputs: PlanInputs): MadePlan {
  const { destination, before, followRules = false } = inputs;
  const { items, left } = inventoryOf(inputs);
  const old = new Map(before?.spec.images.map((image) => [image.source, image]));
  const found = new Set(items.map(({ source }) => source));
  const gone = [...old.keys()].filter((source) => !found.has(source));
  const all = [...items, ...(inputs.prune ? [] : gone.map(goneItem))];
  const references = all.map(({ reference }) => reference);
  const mapping = { destination, rules: withDefaultRules(before?.spec.rules ?? [], references, inputs.mode) };
  const ordered = inOrder(all, followRules ? [] : [...old.keys()]);
  const mapped = ordered.map((item) => mappedImage(item, old.get(item.source), mapping, inputs));
  const document = documentOf(
    mapping,
    mapped.map(({ image }) => image),
    inputs,
  );
  const unmapped = mapped.flatMap(({ image, problem }) =>
    problem === undefined ? [] : [`${image.source} has no place: ${problem}`],
  );
  return {
    document,
    added: ordered.map(({ source }) => source).filter((source) => !old.has(source)),
    gone,
    kept: mapped.flatMap(({ image, byRules }) => (byRules === undefined ? [] : [{ ...image, byRules }])),
    left,
    problems: unmapped.length > 0 ? unmapped : collisions(document),
  };
}

function goneItem(source: string): InventoryItem {
  const { reference } = readReference(source);
  if (!reference) throw new Error(`A plan that was read has the source ${source}`);
  return { source, reference, uses: 0 };
}

/** What the plan has stays in its order, so that little moves under a reviewer's eyes. */
function inOrder(items: readonly InventoryItem[], old: readonly string[]): InventoryItem[] {
  const places = new Map(old.map((source, index) => [source, index]));
  const placeOf = ({ source }: InventoryItem) => places.get(source) ?? places.size;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b) || byRisk(a, b));
}

/** An image with its place, or why it has none; `byRules` where the plan has it elsewhere than the rules say. */
interface MappedImage {
  image: PlannedImage;
  problem?: string;
  byRules?: string;
}

function mappedImage(
  item: InventoryItem,
  old: PlannedImage | undefined,
  mapping: Mapping,
  { mode: choice, platforms, followRules = false }: PlanInputs,
): MappedImage {
  const chosen = chooseMode(item.reference, ruleFor(mapping.rules, repositoryOf(item.reference)), choice);
  const kept = followRules ? undefined : old;
  const mode = kept?.mode ?? chosen.mode;
  const { destination: byRules, problem } = destinationOf(mapping, item.reference, mode);
  const destination = kept?.destination ?? byRules ?? "";
  const reason = [mode === chosen.mode ? chosen.reason : "the plan says so", orderReason(item)];
  const isWhole = mode !== MigrationMode.Copy || item.reference.digest !== undefined;
  const onlyPlatforms = old ? old.platforms : isWhole ? undefined : platforms;
  const image: PlannedImage = {
    source: item.source,
    destination,
    mode,
    reason: reason.filter((part) => part !== undefined).join("; "),
    ...(old?.digest === undefined ? {} : { digest: old.digest }),
    ...(onlyPlatforms === undefined ? {} : { platforms: onlyPlatforms }),
    batch: 1,
    ...countsOf(item),
  };
  if (destination === "") return { image, problem };
  return { image, ...(byRules !== undefined && byRules !== destination ? { byRules } : {}) };
}

function countsOf({
  uses,
  running,
  pulls,
  lastPull,
}: InventoryItem): Pick<PlannedImage, "uses" | "running" | "pulls" | "lastPull"> {
  return {
    uses,
    ...(running === undefined ? {} : { running }),
    ...(pulls === undefined ? {} : { pulls }),
    ...(lastPull === undefined ? {} : { lastPull }),
  };
}

function documentOf(
  { destination, rules }: Mapping,
  images: PlannedImage[],
  { budget }: PlanInputs,
): MigrationPlanDocument {
  const batches = batchesOf(images, budget);
  const unused = images.filter(isUnused).map(({ source }) => source);
  return {
    apiVersion: API_VERSION,
    kind: "MigrationPlan",
    spec: {
      destination,
      rules: [...rules],
      images: images.map((image, index) => ({ ...image, batch: batches[index] })),
      ...(unused.length > 0 ? { unused } : {}),
    },
  };
}

/** Files name it, and neither logs nor clusters have it. */
function isUnused({ uses, pulls, running = 0 }: PlannedImage): boolean {
  return uses > 0 && pulls === 0 && running === 0;
}

function collisions(document: MigrationPlanDocument): string[] {
  return imageProblems(document, false).map(({ path, message }) => {
    const image = document.spec.images[Number(path[2])];
    return `the ${path[3]} of ${image.source} ${message}`;
  });
}
