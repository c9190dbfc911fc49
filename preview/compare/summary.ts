import { compareText } from "../graph";
import { ChangeKind, type ResourceChange } from "./comparison";

/** How the summary counts each kind. */
const WORDS: [kind: ChangeKind, words: string][] = [
  [ChangeKind.Create, "to create"],
  [ChangeKind.Update, "to update"],
  [ChangeKind.Rename, "to rename"],
  [ChangeKind.Delete, "to delete"],
  [ChangeKind.Replace, "to replace"],
];

/** So many losses are named. */
const MOST_NAMED = 3;

/** "3 to create, 1 to replace: the BigQuery dataset holds data"; lost protection comes first. */
export function summaryOf(changes: readonly ResourceChange[], outputs: number): string {
  const unprotected = changes.filter(({ losesProtection }) => losesProtection).length;
  const counts = WORDS.map(([kind, words]): [number, string] => [
    changes.filter((change) => change.kind === kind).length,
    words,
  ]);
  const moved = changes.reduce((sum, { mayReplace = 0 }) => sum + mayReplace, 0);
  const parts = [
    ...(unprotected > 0 ? [`protection lost on ${unprotected}`] : []),
    ...counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`),
    ...(moved > 0 ? [`${moved} that a provider's change may replace`] : []),
  ];
  if (parts.length === 0) return outputs === 0 ? "no changes" : "no changes but of the stack's outputs";
  const losses = lossesOf(changes);
  return losses === "" ? parts.join(", ") : `${parts.join(", ")}: ${losses}`;
}

function lossesOf(changes: readonly ResourceChange[]): string {
  const counts = new Map<string, number>();
  for (const { holds } of changes) if (holds !== undefined) counts.set(holds, (counts.get(holds) ?? 0) + 1);
  const losses = [...counts].sort(([a, many], [b, more]) => more - many || compareText(a, b));
  const named = losses
    .slice(0, MOST_NAMED)
    .map(([holds, count]) => (count === 1 ? holds : `${holds} (${count} times)`));
  const rest = losses.length - named.length;
  return [...named, ...(rest > 0 ? [`and ${rest} more kinds of loss`] : [])].join("; ");
}
