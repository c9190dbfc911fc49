/** An image that waits for its next step. */
export interface Waiting {
  /** As the plan names it. */
  source: string;
  /** Host of its registry. */
  registry: string;
  /** Host of the registry that it goes to. */
  destination: string;
  /** Of the destination. */
  repository: string;
  /** Digests of its parts; nothing where they are not known. */
  parts?: ReadonlySet<string>;
  /** Manifests that the step reads. */
  manifests: number;
  /** Milliseconds since 1970. */
  notBefore: number;
}

/** What else decides whose turn it is. */
export interface QueueState {
  /** Milliseconds since 1970. */
  now: number;
  /** Whose steps are under way. */
  atWork: readonly Waiting[];
  /** Milliseconds since 1970 until which a registry is left alone. */
  pauses: ReadonlyMap<string, number>;
  /** Parts that each repository of a destination has. */
  sent: ReadonlyMap<string, ReadonlySet<string>>;
  /** Milliseconds until a registry lets so many manifests be read. */
  budgetWait(registry: string, manifests: number): number;
}

/** Whose turn it is, or until when nobody's; neither where only steps under way can change that. */
export interface Turn {
  index?: number;
  /** Milliseconds since 1970. */
  until?: number;
  /** The registry whose budget is waited for. */
  budgetOf?: string;
}

/**
 * The first image that nothing keeps. Within a registry that counts, nobody overtakes: the plan's order is by risk, and
 * a large image would wait for ever.
 */
export function nextTurn(queue: readonly Waiting[], state: QueueState): Turn {
  const blocked = new Set<string>();
  let best: Turn = {};
  for (const [index, waiting] of queue.entries()) {
    const { registry, destination } = waiting;
    if (blocked.has(registry)) continue;
    const until = Math.max(waiting.notBefore, ...[registry, destination].map((host) => state.pauses.get(host) ?? 0));
    const isBudget = until <= state.now;
    const wait = isBudget ? state.budgetWait(registry, waiting.manifests) : until - state.now;
    if (wait > 0) {
      if (isBudget) blocked.add(registry);
      if (state.now + wait < (best.until ?? Infinity))
        best = { until: state.now + wait, ...(isBudget ? { budgetOf: registry } : {}) };
    } else if (!state.atWork.some((other) => sendSame(waiting, other, state.sent.get(waiting.repository))))
      return { index };
  }
  return best;
}

/** Two that send the same layer to one repository at a time would both send it. */
function sendSame(one: Waiting, other: Waiting, sent: ReadonlySet<string> | undefined): boolean {
  if (one.repository !== other.repository) return false;
  if (!one.parts || !other.parts) return true;
  const [few, many] = one.parts.size < other.parts.size ? [one.parts, other.parts] : [other.parts, one.parts];
  for (const part of few) if (many.has(part) && !sent?.has(part)) return true;
  return false;
}
