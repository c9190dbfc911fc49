import { type GraphResource, type PreviewGraph } from "../graph";
import { type InputChange } from "./comparison";
import { type Pair } from "./matching";
import { withoutVersion } from "./options";
import { takesFromProvider } from "./replacement";

/** Inputs of a provider that say where its resources are. */
const PLACES = ["project", "region", "zone"];

/** So many resources are named. */
const MOST_NAMED = 3;

/** The default providers of two graphs, as resources; none where the base comes from a Kiln that did not show them. */
export function defaultProviderPairs(base: PreviewGraph, head: PreviewGraph): Pair[] {
  const [old, now] = [base, head].map(defaultProviders);
  return now.flatMap((after) => {
    const before = old.find(({ urn }) => urn === after.urn);
    return before ? [{ before, after }] : [];
  });
}

function defaultProviders({ project, stack, defaultProviders: found = {} }: PreviewGraph): GraphResource[] {
  return Object.entries(found).map(([name, inputs]) => {
    const type = `pulumi:providers:${name}`;
    const urn = `urn:pulumi:${stack}::${project}::${type}::default`;
    const empty = { protect: false, aliases: [], dependencies: [], propertyDependencies: {}, options: {} };
    return { urn, type, name: "default", custom: true, inputs, ...empty };
  });
}

/** What a provider moves by its changed inputs: how many resources, and a sentence that names them. */
export function movedBy(
  provider: GraphResource,
  changes: readonly InputChange[],
  pairs: readonly Pair[],
): { mayReplace: number; hint: string } | undefined {
  if (!provider.type.startsWith("pulumi:providers:")) return undefined;
  const own = pairs.filter(({ after }) => withoutVersion(after.provider) === provider.urn);
  const takes = ({ before, after }: Pair, place: string) =>
    takesFromProvider(before, place) && takesFromProvider(after, place);
  const places = PLACES.filter(
    (place) => changes.some(({ path }) => path === place) && own.some((pair) => takes(pair, place)),
  );
  const moved = own
    .filter((pair) => places.some((place) => takes(pair, place)))
    .map(({ after }) => `${after.type.split(":").at(-1)} ${after.name}`);
  if (moved.length === 0) return undefined;
  const more = moved.length - MOST_NAMED;
  const named = `${moved.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  const subject = moved.length === 1 ? "1 resource has" : `${moved.length} resources have`;
  const hint = `${subject} no ${places.join(" or ")} of their own and may be replaced: ${named}`;
  return { mayReplace: moved.length, hint: moved.length === 1 ? hint.replace("their own", "its own") : hint };
}
