import { grantsOf } from "../access/grants";
import { compareGraphs } from "../compare/compareGraphs";
import { type Comparison, type Grant, type InputChange } from "../compare/comparison";
import { type Billable } from "../costs/billable";
import { countBillables } from "../costs/countBillables";
import { type PreviewGraph } from "../graph";
import { type SecretTexts } from "../monitor/secrets";

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
  /** Secrets of the program: the base may hold them as plain text. */
  secrets?: SecretTexts;
  /**
   * Whether billable things are counted.
   * @default false
   */
  costs?: boolean;
}

/** Gathers what the renderers show of a graph. */
export function reportOf(graph: PreviewGraph, { base, secrets, costs = false }: ReportOptions = {}): Report {
  return {
    graph,
    grants: grantsOf(graph),
    ...(base ? { comparison: comparisonOf(base, graph, secrets) } : {}),
    ...(costs ? { costs: countBillables(graph, base) } : {}),
  };
}

function comparisonOf(base: PreviewGraph, head: PreviewGraph, secrets: SecretTexts | undefined): Comparison {
  const comparison = compareGraphs(base, head);
  if (!secrets) return comparison;
  const mask = (change: InputChange): InputChange => ({
    ...change,
    path: secrets.mask(change.path),
    ...(change.before === undefined ? {} : { before: secrets.maskValue(change.before) }),
  });
  const { changes, outputs, grants } = comparison;
  return {
    ...comparison,
    changes: changes.map((change) => ({
      ...change,
      inputs: change.inputs.map(mask),
      options: change.options.map(mask),
    })),
    outputs: outputs.map(mask),
    grants: { ...grants, removed: grants.removed.map((grant) => secrets.maskValue({ ...grant }) as unknown as Grant) },
  };
}
