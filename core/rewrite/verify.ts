import { type FileScan } from "../scan/imageUse";
import { shown } from "../rules";

/** How a scan of a rewritten file differs from what it should find; nothing where it does not. */
export function difference({ uses }: FileScan, expected: readonly string[]): string | undefined {
  const at = expected.findIndex((reference, index) => uses[index]?.reference !== reference);
  if (at >= 0) return `where ${shown(expected[at])} should be named, ${shown(uses[at]?.reference ?? "nothing")} is`;
  return uses.length > expected.length ? `${shown(uses[expected.length].reference)} is named besides` : undefined;
}
