/** What an entry of the audit log says was done to an image. */
export interface AuditEvent {
  /** RFC 3339. */
  at: string;
  method: "insert" | "patch" | "deprecate" | "delete";
  /** Name of the image. */
  image: string;
  /** Who did it. */
  by?: string;
  /** The family that it was put into, by an insert or a patch. */
  family?: string;
  architecture?: string;
  /** The state that it was given; none where the deprecation was cleared. */
  state?: string;
}

interface Entry {
  timestamp?: unknown;
  operation?: { id?: unknown; last?: unknown };
  protoPayload?: {
    methodName?: unknown;
    resourceName?: unknown;
    authenticationInfo?: { principalEmail?: unknown };
    request?: Record<string, unknown>;
    status?: { code?: unknown };
  };
}

const METHOD = /(?:^|\.)compute\.images\.(insert|patch|deprecate|delete)$/;
const IMAGE = /^projects\/([^/]+)\/global\/images\/([^/]+)$/;

/**
 * Reads entries of Cloud Logging as `gcloud logging read --format json` prints them. What took time has two entries: what
 * was asked is in the first, the end in the last. What failed, and what is about something else, is left out.
 * https://cloud.google.com/compute/docs/logging/audit-logging
 */
export function auditEventsOf(project: string, entries: readonly unknown[]): AuditEvent[] {
  const operations = new Map<string, Entry[]>();
  for (const [index, entry] of (entries as readonly Entry[]).entries()) {
    if (typeof entry?.protoPayload !== "object" || entry.protoPayload === null) continue;
    const id = text(entry.operation?.id) ?? `entry ${index}`;
    operations.set(id, [...(operations.get(id) ?? []), entry]);
  }
  return [...operations.values()]
    .flatMap((all) => eventOf(project, all) ?? [])
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function eventOf(project: string, entries: Entry[]): AuditEvent | undefined {
  const sorted = [...entries].sort((a, b) => Number(a.operation?.last === true) - Number(b.operation?.last === true));
  const payloads = sorted.map(({ protoPayload }) => protoPayload ?? {});
  const last = sorted[sorted.length - 1];
  const at = text(last.timestamp);
  const method = METHOD.exec(first(payloads.map((one) => text(one.methodName))) ?? "");
  const resource = IMAGE.exec(first(payloads.map((one) => text(one.resourceName))) ?? "");
  const failed = payloads.some(({ status }) => status?.code !== undefined && status.code !== 0);
  if (at === undefined || Number.isNaN(Date.parse(at)) || !method || resource?.[1] !== project || failed)
    return undefined;
  const request = first(payloads.map((one) => one.request)) ?? {};
  return compact({
    at,
    method: method[1] as AuditEvent["method"],
    image: resource[2],
    by: first(payloads.map((one) => text(one.authenticationInfo?.principalEmail))),
    family: text(request.family),
    architecture: text(request.architecture),
    state: text(request.state),
  });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function first<T>(values: (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
