import { type Scanner } from "../scan/files";
import { type FileScan, type ImageUse } from "../scan/imageUse";
import { applyEdits } from "./edits";
import { jobsOf } from "./jobs";
import { type Renamed } from "./kustomize";
import { settle } from "./settle";
import { type TargetOf } from "./targets";

/** A file, and what a scan found in it. */
export interface ScannedText {
  path: string;
  text: string;
  scanner: Scanner;
  scan: FileScan;
}

/** How files are rewritten. */
export interface RewriteOptions {
  targetOf: TargetOf;
  /** Whether digests of the plan are written. */
  pin?: boolean;
  /** Whether places are rewritten that are only likely names of images. */
  likely?: boolean;
  /** Whether a use that has no target is worth telling. */
  isForeign?: (use: ImageUse) => boolean;
  /** Names that other files had, with what they became: Kustomize looks for them. */
  renamed?: Renamed;
}

/** A use that became another. */
export interface Change {
  use: ImageUse;
  /** The reference that it is now. */
  to: string;
}

/** A use that stays although it is not at home, or not pinned. */
export interface Refusal {
  use: ImageUse;
  reason: string;
}

/** A text with its images rewritten. */
export interface RewrittenText {
  text: string;
  changes: Change[];
  left: Refusal[];
  /** References of the new text in their order: a scan of it must find these. */
  expected: string[];
}

/** Rewrites the images of a file. Nothing but the names that change, digests and what goes with them is touched. */
export function rewriteText(file: ScannedText, options: RewriteOptions): RewrittenText {
  const jobs = jobsOf(file, options);
  settle(jobs, file);
  const active = jobs.filter(({ edits }) => edits.length > 0);
  return {
    text: applyEdits(
      file.text,
      active.flatMap(({ edits }) => edits),
    ),
    changes: active.map(({ use, wanted }) => ({ use, to: wanted })),
    left: jobs.flatMap(({ use, reason }) => (reason === undefined ? [] : [{ use, reason }])),
    expected: jobs.map(({ use, wanted, edits }) => (edits.length > 0 ? wanted : use.reference)),
  };
}
