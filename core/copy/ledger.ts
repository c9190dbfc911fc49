import { type API_VERSION } from "../lifecycle/familyPolicy";
import { type FailureKind } from "./failures";

/** The first line of a ledger: which copy it belongs to. */
export interface CopyLedgerDocument {
  apiVersion: typeof API_VERSION;
  kind: "CopyLedger";
  /** Digest of what the plan copies. */
  plan: string;
  /**
   * The task of a Cloud Run job that writes it, from 0.
   * @asType integer
   * @minimum 0
   */
  task: number;
  /**
   * How many tasks share the plan.
   * @asType integer
   * @minimum 1
   */
  tasks: number;
  /** What copies, with its version. */
  tool: string;
  /** RFC 3339. */
  at: string;
}

/** What every further line says first. */
interface Line {
  /** RFC 3339. */
  at: string;
  /** The image, as the plan names it. */
  source: string;
}

/** The source stands for this digest, which is what is copied. */
export interface ResolvedLine extends Line {
  step: "resolved";
  digest: string;
  mediaType: string;
}

/** Manifests are about to be read from a registry that counts them. */
export interface SpentLine extends Line {
  step: "spent";
  /** Host of the registry. */
  registry: string;
  /** @asType integer */
  manifests: number;
}

/** An index of such a registry was read, and lists so much. */
export interface SurveyedLine extends Line {
  step: "surveyed";
  /** The index itself, so that it need not be read again. */
  manifest: string;
}

/** The tool is about to be started. */
export interface CopyingLine extends Line {
  step: "copying";
  /** @asType integer */
  attempt: number;
}

/** The destination has the whole image: every part of it was found there. */
export interface CopiedLine extends Line {
  step: "copied";
  /** At the destination; another than the source's where some platforms were left out. */
  digest: string;
  /** @asType integer */
  bytes: number;
  /** Whether it was there before. */
  isFound?: boolean;
}

/** It could not be copied, and was given up. */
export interface FailedLine extends Line {
  step: "failed";
  kind: FailureKind;
  message: string;
}

/** One step of one image. */
export type LedgerStep = ResolvedLine | SpentLine | SurveyedLine | CopyingLine | CopiedLine | FailedLine;

/** Any line of a ledger. */
export type LedgerLine = CopyLedgerDocument | LedgerStep;
