import { compareGrants } from "../access/compareGrants";
import { compareText, type GraphResource, type PreviewGraph, STACK_TYPE } from "../graph";
import { ChangeKind, type Comparison, type InputChange, type ResourceChange } from "./comparison";
import { requirementsOfGraph } from "../report/requirements";
import { aliasHint, type Lookalike, lookalikes } from "./hints";
import { holdingOf } from "./holdings";
import { objectChanges, type ValueChange } from "./inputChanges";
import { followers, type Kept } from "./followers";
import { match, type Pair } from "./matching";
import { optionChanges } from "./options";
import { isPrevented, losesProtection } from "./protection";
import { defaultProviderPairs, movedBy } from "./providers";
import { isNamedChange, replaces, sometimesReplaces } from "./replacement";
import { summaryOf } from "./summary";

/** The gravest first, after lost protection. */
const GRAVITY: readonly ChangeKind[] = [
  ChangeKind.Delete,
  ChangeKind.Replace,
  ChangeKind.Rename,
  ChangeKind.Update,
  ChangeKind.Create,
];

/**
 * What a change of the program does, as far as two programs tell: neither the state nor the provider is asked.
 *
 * @param base what the program declared before.
 * @param head what it declares now.
 */
export function compareGraphs(base: PreviewGraph, head: PreviewGraph): Comparison {
  const { pairs, gone, fresh } = match(managed(base), managed(head));
  const hints = hintsOf(lookalikes(gone, fresh));
  const renamed = new Map(pairs.map(({ before, after }) => [before.urn, after.urn]));
  const alone = pairs.map((pair) => ({ ...pair, change: changeOf(pair, renamed, pairs) }));
  const reasons = followers(alone, fresh);
  const kept = alone.map((one) => following(one, reasons.get(one.after.urn)));
  const changes = [
    ...defaultProviderPairs(base, head).flatMap((pair) => changeOf(pair, renamed, pairs) ?? []),
    ...kept.filter((change) => change !== undefined),
    ...gone.map((resource) => deletionOf(resource, hints.get(resource))),
    ...fresh.map((resource) => creationOf(resource, hints.get(resource))),
  ].sort(byGravity);
  const outputs = objectChanges(base.outputs, head.outputs).map((change) => judged(change, false));
  return {
    summary: summaryOf(changes, outputs.length),
    changes,
    unchanged: kept.filter((change) => change === undefined).length,
    grants: compareGrants(base, head),
    requirements: newRequirements(base, head),
    outputs,
  };
}

/** Components and what is only read are nothing that a deployment changes; a remote one stands for its children. */
function managed({ resources }: PreviewGraph): GraphResource[] {
  return resources.filter(
    ({ custom, remote, read, type }) => (custom || remote === true) && read === undefined && type !== STACK_TYPE,
  );
}

function hintsOf(found: Lookalike[]): Map<GraphResource, string> {
  return new Map(
    found.flatMap((pair) => [
      [pair.gone, aliasHint(pair)],
      [pair.fresh, aliasHint(pair)],
    ]),
  );
}

function changeOf(
  { before, after }: Pair,
  renamed: ReadonlyMap<string, string>,
  pairs: readonly Pair[],
): ResourceChange | undefined {
  const found = inputChanges(before, after).filter(
    (change) => !isNamedChange(after.options.ignoreChanges ?? [], change),
  );
  const inputs = found.map((change) => judged(change, replaces(after, change) === "yes"));
  const options = optionChanges(before, after, renamed);
  const isRenamed = before.urn !== after.urn;
  if (inputs.length + options.length === 0 && !isRenamed) return undefined;
  const isReplaced = [...inputs, ...options].some((change) => change.replaces);
  const kind = isReplaced ? ChangeKind.Replace : isRenamed ? ChangeKind.Rename : ChangeKind.Update;
  const moved = movedBy(after, inputs, pairs);
  return {
    ...changeHead(kind, after),
    ...(isRenamed ? { oldUrn: before.urn } : {}),
    inputs,
    options,
    losesProtection: losesProtection(before, after),
    ...(isReplaced ? lossOf(before) : {}),
    ...hintOf(isReplaced ? refusal(after) : doubt(after, found)),
    ...moved,
  };
}

/** What an object in a bucket contains are bytes: it changes where they do. */
function inputChanges({ type, inputs: old }: GraphResource, { inputs: now }: GraphResource): ValueChange[] {
  const changes = objectChanges(old, now);
  if (type !== "gcp:storage/bucketObject:BucketObject" || old.content === now.content) return changes;
  if (typeof old.content !== "string" || typeof now.content !== "string") return changes;
  if (changes.some(({ path }) => /^content(?![\w$-])/.test(path))) return changes;
  return [...changes, { path: "content", before: old.content, after: now.content }];
}

function judged(change: ValueChange, isForced: boolean): InputChange {
  const shown = { ...change, replaces: isForced };
  delete shown.places;
  return shown;
}

/** A change that becomes a replacement because of another resource. */
function following({ before, after, change }: Kept, reason: string | undefined): ResourceChange | undefined {
  if (reason === undefined) return change;
  const unchanged = { inputs: [], options: [], losesProtection: false };
  const hint = [reason, refusal(after)].filter((part) => part !== undefined).join("; ");
  return { ...unchanged, ...change, ...changeHead(ChangeKind.Replace, after), ...lossOf(before), hint };
}

function deletionOf(resource: GraphResource, hint: string | undefined): ResourceChange {
  return {
    ...changeHead(ChangeKind.Delete, resource),
    inputs: [],
    options: [],
    losesProtection: losesProtection(resource, undefined),
    ...lossOf(resource),
    ...hintOf(hint ?? refusal(resource)),
  };
}

function creationOf(resource: GraphResource, hint: string | undefined): ResourceChange {
  return {
    ...changeHead(ChangeKind.Create, resource),
    inputs: [],
    options: [],
    losesProtection: false,
    ...hintOf(hint),
  };
}

function changeHead(
  kind: ChangeKind,
  { urn, type, name }: GraphResource,
): Pick<ResourceChange, "kind" | "urn" | "type" | "name"> {
  return { kind, urn, type, name };
}

function lossOf(resource: GraphResource): { holds?: string } {
  const holds = holdingOf(resource);
  return holds === undefined ? {} : { holds };
}

function hintOf(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

/** Why the deployment would stop. */
function refusal(resource: GraphResource): string | undefined {
  if (resource.protect) return "Pulumi refuses to delete it as long as its state says protect";
  return isPrevented(resource) ? "the provider refuses to delete it as long as its deletion is prevented" : undefined;
}

/** What may replace the resource, but cannot be told from the two programs. */
function doubt(resource: GraphResource, changes: ValueChange[]): string | undefined {
  const unknown = changes.find((change) => replaces(resource, change) === "maybe");
  if (unknown) return `replaced if ${unknown.path} differs, which a preview cannot tell`;
  for (const { path } of changes) {
    const reason = sometimesReplaces(resource.type, path);
    if (reason !== undefined) return `${path}: ${reason}`;
  }
  return undefined;
}

function newRequirements(base: PreviewGraph, head: PreviewGraph): Comparison["requirements"] {
  const [old, now] = [base, head].map(requirementsOfGraph);
  return {
    apis: now.apis.filter((api) => !old.apis.includes(api)),
    roles: now.roles.filter((role) => !old.roles.includes(role)),
  };
}

function byGravity(a: ResourceChange, b: ResourceChange): number {
  return Number(b.losesProtection) - Number(a.losesProtection) || rankOf(a) - rankOf(b) || compareText(a.urn, b.urn);
}

function rankOf({ kind, mayReplace }: ResourceChange): number {
  return GRAVITY.indexOf(mayReplace === undefined ? kind : ChangeKind.Replace);
}
