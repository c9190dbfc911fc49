import { folderId, organizationId, projectId } from "../names";
import { type Rule, shown } from "../rules";

/** What a log sink can be for. */
export const SOURCE_KINDS = ["project", "folder", "organization"] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Rules for the id of each. */
export const SOURCE_ID: Record<SourceKind, Rule<string>> = {
  project: projectId,
  folder: folderId,
  organization: organizationId,
};

/** Which of the three a source gives. */
export function kindsGiven(source: Partial<Record<SourceKind, unknown>>): SourceKind[] {
  return SOURCE_KINDS.filter((kind) => source[kind] !== undefined);
}

/** A rule for a source: it is of one project, one folder or one organization. */
export const oneKind: Rule<object> = (source) => {
  const given = kindsGiven(source);
  return given.length === 1
    ? undefined
    : `must have exactly one of project, folder and organization, got ${given.join(" and ") || "none"}`;
};

/** What a sink is made in, as far as it is known already. */
export interface KnownSource {
  /** Path of the input. */
  path: string;
  /** Whether it is a project, a folder or an organization. */
  kind: SourceKind;
  /** Its id. */
  id: string;
  /** Name of the sink; `undefined` while it is not known. */
  sinkName: string | undefined;
}

/** Sources that another one before them reads as well, with the reason for which that is refused. */
export function repeatedSources(sources: readonly KnownSource[]): { path: string; reason: string }[] {
  const first = new Map<string, KnownSource>();
  const repeated: { path: string; reason: string }[] = [];
  for (const source of sources) {
    const id = source.id.split("/").at(-1) ?? source.id;
    const before = first.get(`${source.kind} ${id}`);
    if (before === undefined) first.set(`${source.kind} ${id}`, source);
    else repeated.push({ path: source.path, reason: reasonFor(source, before, id) });
  }
  return repeated;
}

function reasonFor({ kind, sinkName }: KnownSource, before: KnownSource, id: string): string {
  return sinkName !== undefined && sinkName === before.sinkName
    ? `must not make a second sink ${shown(sinkName)} in ${kind} ${id}, since ${before.path} makes it; remove one of them`
    : `must not read ${kind} ${id} again, since ${before.path} does and every pull would be counted twice; remove one of them`;
}
