import { isObject } from "../documents/fields";
import { API_VERSION } from "../lifecycle/familyPolicy";
import { type Spending } from "./budget";
import { type CopyLedgerDocument, type LedgerStep } from "./ledger";

/** What is known of an image. */
export interface ImageState {
  /** Of the source; what is copied. */
  digest?: string;
  mediaType?: string;
  /** The index, where reading it again would cost. */
  manifest?: string;
  /** At the destination, once all of it is there. */
  copied?: { digest: string; bytes: number };
}

/** What a ledger says, all its lines together. */
export interface LedgerState {
  images: Map<string, ImageState>;
  /** What was read from each registry that counts, in the order of time. */
  spendings: Map<string, Spending[]>;
}

/** A ledger as it was read. */
export interface FoldedLedger {
  /** Nothing where nothing was written yet. */
  header?: CopyLedgerDocument;
  state: LedgerState;
  /** Characters that are whole lines; what follows is torn, and to be cut off. */
  whole: number;
  /** What makes it unusable. */
  problem?: string;
}

/** Reads a ledger. A last line without its end was torn when the writer was killed, and never counted. */
export function foldLedger(text: string): FoldedLedger {
  const whole = text.lastIndexOf("\n") + 1;
  const [first, ...rest] = text.slice(0, whole).split("\n").slice(0, -1);
  const state: LedgerState = { images: new Map(), spendings: new Map() };
  if (first === undefined) return { state, whole };
  const header = headerOf(first);
  if (typeof header === "string") return { state, whole, problem: `line 1 ${header}` };
  for (const [index, line] of rest.entries()) {
    const step = stepOf(line);
    if (!step) return { header, state, whole, problem: `line ${index + 2} is not a step: the file was changed` };
    take(step, state);
  }
  return { header, state, whole };
}

function headerOf(line: string): CopyLedgerDocument | string {
  const value = parsed(line);
  if (!isObject(value) || value.kind !== "CopyLedger") return "is not the head of a CopyLedger: name another file";
  if (value.apiVersion !== API_VERSION) return `is of another version than ${API_VERSION}: use the Kiln that wrote it`;
  const { plan, task, tasks } = value;
  return typeof plan === "string" && typeof task === "number" && typeof tasks === "number"
    ? (value as unknown as CopyLedgerDocument)
    : "does not say which plan it belongs to: the file was changed";
}

function stepOf(line: string): LedgerStep | undefined {
  const value = parsed(line);
  return isObject(value) &&
    typeof value.step === "string" &&
    typeof value.source === "string" &&
    typeof value.at === "string"
    ? (value as unknown as LedgerStep)
    : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** Adds one step to what is known. */
export function take(step: LedgerStep, { images, spendings }: LedgerState): void {
  if (step.step === "spent") {
    const known = spendings.get(step.registry) ?? [];
    known.push({ at: Date.parse(step.at), manifests: step.manifests });
    spendings.set(step.registry, known);
    return;
  }
  const image = images.get(step.source) ?? {};
  images.set(step.source, { ...image, ...knownFrom(step) });
}

function knownFrom(step: Exclude<LedgerStep, { step: "spent" }>): ImageState {
  switch (step.step) {
    case "resolved":
      return { digest: step.digest, mediaType: step.mediaType };
    case "surveyed":
      return { manifest: step.manifest };
    case "copied":
      return { copied: { digest: step.digest, bytes: step.bytes } };
    case "copying":
    case "failed":
      return {};
  }
  // A step of a later Kiln says nothing to this one.
  return {};
}

/** Why a ledger does not belong to a copy. */
export function otherCopy(
  header: CopyLedgerDocument,
  { plan, task, tasks }: Pick<CopyLedgerDocument, "plan" | "task" | "tasks">,
): string | undefined {
  if (header.plan !== plan)
    return "belongs to another plan, or the plan was changed since: name another file, or delete this one; what is at the destination already is not copied again";
  if (header.task !== task || header.tasks !== tasks)
    return `belongs to task ${header.task} of ${header.tasks}, and this is task ${task} of ${tasks}: name another file`;
  return undefined;
}
