import { grantsOf } from "../access/grants";
import { compareGraphs } from "../compare/compareGraphs";
import { type Comparison, type Grant } from "../compare/comparison";
import { type Billable } from "../costs/billable";
import { countBillables } from "../costs/countBillables";
import { type PreviewGraph } from "../graph";

/** Everything that a renderer may show. */
export interface Report {
  graph: PreviewGraph;
  /** Who gets what, where; by member, role and resource. */
  grants: Grant[];
  /** What the change does, where a base was named. */
  comparison?: Comparison;
  /** Billable things, where they were asked for; by kind. */
  costs?: Billable[];
}

/** What beside the graph is asked for. */
export interface ReportOptions {
  /** Graph of the base that the program is compared with. */
  base?: PreviewGraph;
  /**
   * Whether billable things are counted.
   * @default false
   */
  costs?: boolean;
}

/** Gathers what the renderers show of a graph. */
export function reportOf(graph: PreviewGraph, { base, costs = false }: ReportOptions = {}): Report {
  return {
    graph,
    grants: grantsOf(graph),
    ...(base ? { comparison: compareGraphs(base, graph) } : {}),
    ...(costs ? { costs: countBillables(graph, base) } : {}),
  };
}
