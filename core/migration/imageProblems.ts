import { type FieldProblem } from "../documents/fields";
import { readReference, type Reference, repositoryOf, versionOf } from "../reference/reference";
import { shown } from "../rules";
import { destinationOf, ruleFor } from "./mapping";
import { MigrationMode, type MigrationPlanDocument, type PlannedImage } from "./migrationPlan";
import { readRegistryName, sourceName } from "./names";

type Plan = MigrationPlanDocument["spec"];

/** What is wrong with the images of a plan, one by one and between them. */
export function imageProblems({ spec }: MigrationPlanDocument, anyDestination: boolean): FieldProblem[] {
  const sources = new Map<string, number>();
  const destinations = new Map<string | undefined, number>();
  const problems: FieldProblem[] = [];
  for (const [index, image] of spec.images.entries()) {
    const add = (field: string, message: string | undefined) =>
      message !== undefined && problems.push({ path: ["spec", "images", String(index), field], message });
    add("source", sourceProblem(image.source) ?? repeated(sources, image.source, index));
    const { reference } = readReference(image.source);
    if (!reference) continue;
    add("digest", digestProblem(image, reference));
    add("platforms", platformProblem(image, reference));
    if (anyDestination) continue;
    const wrong = destinationProblem(spec, image, reference);
    add("destination", wrong ?? collision(spec, destinations, index));
  }
  return [...problems, ...unusedProblems(spec, sources)];
}

function sourceProblem(source: string): string | undefined {
  const { reference, problem } = readReference(source);
  if (!reference) return `${problem}, got ${shown(source)}`;
  const name = sourceName(reference);
  return name === source ? undefined : `must be the whole name, ${shown(name)}, got ${shown(source)}`;
}

function repeated(sources: Map<string, number>, source: string, index: number): string | undefined {
  const before = sources.get(source);
  if (before !== undefined)
    return `${shown(source)} is in the plan already, spec.images.${before}: take one of them away`;
  sources.set(source, index);
  return undefined;
}

function digestProblem({ digest }: PlannedImage, source: Reference): string | undefined {
  if (digest === undefined || source.digest === undefined || digest === source.digest) return undefined;
  return `must be the digest of the source, ${source.digest}, got ${shown(digest)}`;
}

/** An index of fewer platforms has another digest. */
function platformProblem({ platforms }: PlannedImage, { digest }: Reference): string | undefined {
  if (platforms === undefined || digest === undefined) return undefined;
  return `must be left out, since the source is pinned to the digest of all its platforms, got ${shown(platforms)}`;
}

function destinationProblem(plan: Plan, image: PlannedImage, source: Reference): string | undefined {
  const { name, problem } = readRegistryName(image.destination);
  const { destination } = destinationOf(plan, source, image.mode);
  const byRules = destination === undefined ? "" : `; by the rules it is ${destination}`;
  if (!name) return `${problem}${byRules}`;
  if (versionOf(name) !== versionOf(source))
    return `must have the tag and digest of the source, ${versionOf(source)}, got ${shown(image.destination)}${byRules}`;
  const remotes = plan.rules.map(({ remote }) => remote);
  if (image.mode === MigrationMode.Copy)
    return remotes.includes(name.repositoryId)
      ? `must not be in ${name.repositoryId}, to which nothing can be pushed, since it is a remote repository${byRules}`
      : undefined;
  if (image.destination === destination) return undefined;
  const reason = ruleFor(plan.rules, repositoryOf(source))?.remote === undefined ? "which has none" : "";
  return `must be in the remote repository of its rule${reason === "" ? "" : `, ${reason}: write remote there, or mode ${MigrationMode.Copy} here`}${byRules}`;
}

/** Two images at one place would overwrite each other, and images of two names at one name could not be told apart. */
function collision({ images }: Plan, destinations: Map<string | undefined, number>, index: number): string | undefined {
  const { source, destination } = images[index];
  const place = withoutVersion(destination);
  const before = destinations.get(place) ?? index;
  destinations.set(place, before);
  if (withoutVersion(images[before].source) === withoutVersion(source)) return undefined;
  return `is where ${images[before].source} goes already (spec.images.${before}), and ${source} would be mixed with it: change the destination of one of the two, or their rules; got ${shown(destination)}`;
}

function withoutVersion(name: string): string | undefined {
  const { reference } = readReference(name);
  return reference && repositoryOf(reference);
}

function unusedProblems({ unused = [] }: Plan, sources: Map<string, number>): FieldProblem[] {
  return unused.flatMap((source, index) =>
    sources.has(source)
      ? []
      : [
          {
            path: ["spec", "unused", String(index)],
            message: `must be the source of an image of the plan, got ${shown(source)}`,
          },
        ],
  );
}
