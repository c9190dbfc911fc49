import { type Billable } from "../costs/billable";
import { type Paint } from "./paint";
import { plainLine } from "./plainText";

/** What Google bills, and what drives it. */
export function costLines(costs: readonly Billable[], paint: Paint): string[] {
  const counts = costs.map(countText);
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

/** How many there are, and how many there were where that differs. */
export function countText({ count, before }: Billable): string {
  return before === undefined || before === count ? String(count) : `${before} → ${count}`;
}

/** What drives the bill, and what the program says of that. */
export function driversText({ drivers, details }: Billable): string {
  return details === undefined ? drivers : `${drivers} (${details})`;
}
