import { sqlText } from "./sqlText";

/**
 * Whether an image is one's own, as a condition on the columns `registry` and `repository`; the same answer as
 * `firstPartyBy` of core/scan gives.
 */
export function firstPartySql(prefixes: readonly string[]): string {
  return prefixes.length === 0 ? "FALSE" : prefixes.map(conditionOf).join(" OR ");
}

function conditionOf(prefix: string): string {
  const isAny = prefix.startsWith("*");
  const [host, ...rest] = (isAny ? prefix.slice(1) : prefix).split("/");
  const ofHost = isAny ? `ENDS_WITH(registry, ${sqlText(host)})` : `registry = ${sqlText(host)}`;
  const path = rest.join("/");
  if (path === "") return ofHost;
  const part = `SUBSTR(repository, LENGTH(registry) + 2)`;
  return `(${ofHost} AND (${part} = ${sqlText(path)} OR STARTS_WITH(${part}, ${sqlText(`${path}/`)})))`;
}
