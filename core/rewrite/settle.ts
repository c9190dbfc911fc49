import { type ArgDefault, argUses } from "../dockerfile/argUses";
import { Scanner } from "../scan/files";
import { type Span } from "../scan/imageUse";
import { argumentProblem } from "./argumentProblem";
import { clash, type Edit, editedPiece, inOrder } from "./edits";
import { type Job } from "./jobs";
import { type ScannedText } from "./rewriteText";

/** Takes back what would break another use, until all that is left comes out right together. */
export function settle(jobs: Job[], file: ScannedText): void {
  const args = file.scanner === Scanner.Dockerfile && jobs.some(isHeld) ? argUses(file.text) : [];
  for (;;) {
    const active = jobs.filter(({ edits }) => edits.length > 0);
    // Of several reasons the last one is told.
    const wrong = new Map([...brokenUses(jobs), ...brokenArguments(active, args), ...clashes(active)]);
    if (wrong.size === 0) return;
    for (const [job, reason] of wrong) [job.edits, job.reason, job.wanted] = [[], reason, job.use.reference];
  }
}

function isHeld({ use, edits }: Job): boolean {
  return edits.some((edit) => !edit.isAside && !within(edit, use.span));
}

function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

type Wrong = [job: Job, reason: string][];

/** Uses whose common text would have to become two. */
function clashes(active: readonly Job[]): Wrong {
  const all = active.flatMap((job) => job.edits.map((edit) => ({ job, edit })));
  all.sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end);
  return all.flatMap(({ job, edit }, index) => {
    const before = all[index - 1];
    if (index === 0 || !clash(edit, before.edit)) return [];
    const reason = "another image has the same text, which would have to be two: change it by hand";
    return [job, before.job].map((one): Wrong[number] => [one, reason]);
  });
}

/** More are made to take time. */
const MOST_ARGUMENTS = 2000;

function brokenArguments(active: readonly Job[], all: readonly ArgDefault[]): Wrong {
  const uses = active.map(({ use }) => use);
  const known = new Map<string, string | undefined>();
  const problemOf = (edit: Edit): string | undefined => {
    const key = `${edit.start}-${edit.end}`;
    if (!known.has(key)) known.set(key, argumentProblem({ all, uses }, edit));
    return known.get(key);
  };
  if (all.length === 0) return [];
  const isTooMuch = all.length > MOST_ARGUMENTS || uses.length > MOST_ARGUMENTS;
  return active.flatMap((job): Wrong => {
    if (!isHeld(job)) return [];
    const held = job.edits.filter((edit) => !edit.isAside && !within(edit, job.use.span));
    const problem = isTooMuch ? "the file has too many ARGs" : held.map(problemOf).find((one) => one !== undefined);
    return problem === undefined ? [] : [[job, problem]];
  });
}

/** Uses whose edits, or those of others, would make a use something else than it shall be. */
function brokenUses(jobs: readonly Job[]): Wrong {
  const edits = inOrder(jobs.flatMap((job) => job.edits));
  const reasons = new Map<string, string>();
  for (const { use, wanted, isApart } of jobs) {
    if (isApart) continue;
    const touching = use.pieces.map(({ span }) => (span ? editsIn(edits, span) : []));
    const result = use.pieces.map((piece, index) => editedPiece(piece, touching[index])).join("");
    if (result === wanted) continue;
    for (const edit of touching.flat())
      reasons.set(keyOf(edit), `${use.reference} would become ${result}: change it by hand`);
  }
  return jobs.flatMap((job) => {
    const reason = job.edits.map((edit) => reasons.get(keyOf(edit))).find((one) => one !== undefined);
    return reason === undefined ? [] : [[job, reason]];
  });
}

function keyOf({ start, end }: Edit): string {
  return `${start}-${end}`;
}

/** Edits, which stand in their order, that are within a span. */
function editsIn(edits: readonly Edit[], span: Span): Edit[] {
  let [low, high] = [0, edits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edits[middle].start < span.start) low = middle + 1;
    else high = middle;
  }
  const found: Edit[] = [];
  for (let at = low; at < edits.length && edits[at].start <= span.end; at++)
    if (edits[at].end <= span.end && !edits[at].isAside) found.push(edits[at]);
  return found;
}
