import { REASONS } from "./errors";

export const FaultKind = {
  /** An HTTP error. */
  STATUS: "status",
  /** The connection is destroyed without an answer. */
  RESET: "reset",
  /** No answer ever comes; the connection stays open until the client or the test closes it. */
  HANG: "hang",
  /** The call is accepted; its operation ends in an error. */
  OPERATION_ERROR: "operationError",
} as const;
export type FaultKind = (typeof FaultKind)[keyof typeof FaultKind];

/** What goes wrong with a call, as plain data; {@link faults} makes it. */
export interface Fault {
  kind: FaultKind;
  /** The effect happens first, then the answer is lost or replaced. @default false */
  after?: boolean;
  status?: number;
  reason?: string;
  message?: string;
  retryAfterSeconds?: number;
}

/** When a fault strikes. */
export interface Injection {
  fault: Fault;
  /** Such as `images.deprecate`. @default - any method */
  method?: string;
  /** @default - any project */
  project?: string;
  /** The how-manieth matching call from now on. @default 1 */
  nth?: number;
  /** How many matching calls in a row; Infinity for all from then on. @default 1 */
  times?: number;
}

/** The faults that can be injected. */
export const faults = {
  /**
   * An HTTP error without effect. Compute Engine says `rateLimitExceeded` with 403 as well as with 429: give the reason.
   */
  status: (status: number, options: Pick<Fault, "reason" | "message" | "retryAfterSeconds"> = {}): Fault => ({
    kind: FaultKind.STATUS,
    status,
    reason: REASONS[status] ?? "unknown",
    message: `injected ${status}`,
    ...options,
  }),
  reset: (): Fault => ({ kind: FaultKind.RESET }),
  hang: (): Fault => ({ kind: FaultKind.HANG }),
  /** @param code such as `QUOTA_EXCEEDED` or `RESOURCE_NOT_READY`. */
  operationError: (code: string, message = `injected ${code}`, status = 400): Fault => ({
    kind: FaultKind.OPERATION_ERROR,
    reason: code,
    message,
    status,
  }),
  /** The same fault after the effect: the work is done and the caller does not learn it. */
  afterEffect: (fault: Fault): Fault => ({ ...fault, after: true }),
};

/** Counts calls and says which fault strikes; deterministic. */
export class FaultPlan {
  #injections: { injection: Injection; seen: number }[] = [];

  add(injection: Injection): void {
    this.#injections.push({ injection, seen: 0 });
  }

  clear(): void {
    this.#injections = [];
  }

  /** The fault for this call: every injection counts it, the first that strikes wins. */
  next(method: string, project: string): Fault | undefined {
    let fault: Fault | undefined;
    for (const entry of this.#injections) {
      const { injection } = entry;
      if (injection.method !== undefined && injection.method !== method) continue;
      if (injection.project !== undefined && injection.project !== project) continue;
      entry.seen++;
      const nth = injection.nth ?? 1;
      if (entry.seen >= nth && entry.seen < nth + (injection.times ?? 1)) fault ??= injection.fault;
    }
    return fault;
  }
}
