import { type Grant, type GrantChanges } from "../compare/comparison";
import { type PreviewGraph } from "../graph";
import { grantsOf } from "./grants";

/** Which grants a change adds and removes, by member, role, resource and condition. */
export function compareGrants(base: PreviewGraph, head: PreviewGraph): GrantChanges {
  const [before, after] = [byKey(grantsOf(base)), byKey(grantsOf(head))];
  const missingIn = (other: ReadonlyMap<string, Grant>) => (entry: [string, Grant]) => !other.has(entry[0]);
  const grant = ([, one]: [string, Grant]) => one;
  return {
    added: [...after].filter(missingIn(before)).map(grant),
    removed: [...before].filter(missingIn(after)).map(grant),
    flipped: [...after]
      .filter(([key, { authoritative }]) => (before.get(key)?.authoritative ?? authoritative) !== authoritative)
      .map(grant),
  };
}

/** A grant that is given twice is one, and authoritative if either is. What is unknown twice may be two. */
function byKey(grants: Grant[]): Map<string, Grant> {
  const found = new Map<string, Grant>();
  const counts = new Map<string, number>();
  for (const grant of grants) {
    const { member, role, resource, condition } = grant;
    const key = JSON.stringify([member, role, resource, condition]);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const isKnown = ![member, role, resource].some((text) => text.includes("[unknown]") || text.includes("[secret]"));
    const entry = isKnown ? key : `${key} ${count}`;
    found.set(entry, mostAuthoritative(found.get(entry), grant));
  }
  return found;
}

function mostAuthoritative(one: Grant | undefined, other: Grant): Grant {
  return one?.authoritative ? one : other;
}
