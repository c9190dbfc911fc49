import { type Billable } from "../costs/billable";
import { type Paint } from "./paint";
import { plainLine } from "./plainText";

/** What Google bills, and what drives it. */
export function costLines(costs: readonly Billable[], paint: Paint): string[] {
  const counts = costs.map(({ count, before }) =>
    before === undefined || before === count ? String(count) : `${before} → ${count}`,
  );
  const width = Math.max(0, ...counts.map((count) => count.length));
  const indent = " ".repeat(width + 4);
  const lines = costs.flatMap(({ kind, drivers, details, link }, at) => [
    `  ${counts[at].padStart(width)}  ${kind}: ${drivers}`,
    ...(details === undefined ? [] : [plainLine(`${indent}${details}`)]),
    paint.dim(`${indent}${link}`),
  ]);
  const title = paint.bold("What is billed; no prices, since they depend on contract, region and use");
  return lines.length > 0 ? [title, ...lines] : [paint.bold("Nothing that Kiln knows is billed")];
}
