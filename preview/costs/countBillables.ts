import { type GraphResource, type PreviewGraph } from "../graph";
import { type Billable } from "./billable";
import { BILLABLE_KINDS, type BillableKind } from "./kinds";

/**
 * Counts what Google bills. No prices: they depend on contract, region and use.
 *
 * @param base the program before the change, for how many there were; kinds that it alone has count 0 now.
 */
export function countBillables(graph: PreviewGraph, base?: PreviewGraph): Billable[] {
  const [now, before] = [byType(graph), base && byType(base)];
  return BILLABLE_KINDS.flatMap((kind) => {
    const resources = billed(kind, now);
    const old = before && billed(kind, before).length;
    if (resources.length === 0 && !old) return [];
    const details = kind.details?.(resources).filter((part) => part !== "") ?? [];
    return {
      kind: kind.kind,
      count: resources.length,
      ...(old === undefined ? {} : { before: old }),
      drivers: kind.drivers,
      ...(resources.length > 0 && details.length > 0 ? { details: details.join("; ") } : {}),
      link: `https://cloud.google.com/${kind.page}`,
    };
  });
}

function billed(kind: BillableKind, found: Map<string, GraphResource[]>): GraphResource[] {
  return kind.types
    .flatMap((type) => found.get(`gcp:${type}`) ?? [])
    .filter((resource) => kind.isBilled?.(resource) ?? true);
}

/** What is only read is billed elsewhere. */
function byType({ resources }: PreviewGraph): Map<string, GraphResource[]> {
  const found = new Map<string, GraphResource[]>();
  for (const resource of resources) {
    if (!resource.custom || resource.read !== undefined || resource.change?.op === "delete") continue;
    const same = found.get(resource.type);
    if (same) same.push(resource);
    else found.set(resource.type, [resource]);
  }
  return found;
}
