import { GraphSource } from "../graph";
import { type Report } from "./report";

/** What an offline preview cannot say. */
const OFFLINE_LIMITS = [
  "This is not pulumi preview: the program ran without state, so nothing says what would change or be deleted;",
  "no provider checked an input or filled in a default, and what only Google Cloud knows is unknown.",
];

/** What a comparison of two programs cannot say. */
const COMPARISON_LIMITS = [
  "This is not pulumi preview: two programs are compared, not a program and what is deployed;",
  "no provider checked an input or filled in a default, and what only Google Cloud knows is unknown.",
];

/** What the JSON of the Pulumi CLI does not hold. */
const PULUMI_LIMITS = ["From pulumi preview --json, which leaves out resources that stay the same."];

/** What a reader must not take the preview for, in lines. */
export function limitsOf({ graph, comparison }: Pick<Report, "graph" | "comparison">): string[] {
  if (graph.source === GraphSource.Pulumi) return PULUMI_LIMITS;
  return comparison ? COMPARISON_LIMITS : OFFLINE_LIMITS;
}
