import { events } from "../../../core/lifecycle/controller";

/** What the dashboard shows. */
interface Shown {
  /** Name of the function, whose log it shows. */
  functionName: string;
  /** Name of the metric of what was done. */
  actions: string;
  /** Name of the metric of what was not. */
  refusals: string;
  /** Name of the metric of runs that went well. */
  successes: string;
}

/** The dashboard as Cloud Monitoring takes it. https://cloud.google.com/monitoring/api/ref_v3/rest/v1/projects.dashboards */
export function dashboard({ functionName, actions, refusals, successes }: Shown): string {
  const tiles = [
    tile(0, 0, chart("What was done to images", actions, "kind")),
    tile(24, 0, chart("What was left alone, and why", refusals, "rule")),
    tile(0, 16, chart("Runs that went well", successes)),
    tile(24, 16, logs("Failures and refused policies", errors(functionName))),
  ];
  return JSON.stringify({ displayName: `Kiln: ${functionName}`, mosaicLayout: { columns: 48, tiles } });
}

function tile(xPos: number, yPos: number, widget: object): object {
  return { xPos, yPos, width: 24, height: 16, widget };
}

/** One bar an hour. */
function chart(title: string, metric: string, label?: string): object {
  const aggregation = {
    alignmentPeriod: "3600s",
    perSeriesAligner: "ALIGN_SUM",
    crossSeriesReducer: "REDUCE_SUM",
    ...(label && { groupByFields: [`metric.label.${label}`] }),
  };
  const filter = `metric.type="logging.googleapis.com/user/${metric}" resource.type="cloud_run_revision"`;
  const dataSet = { plotType: "STACKED_BAR", timeSeriesQuery: { timeSeriesFilter: { filter, aggregation } } };
  return { title, xyChart: { dataSets: [dataSet] } };
}

function logs(title: string, filter: string): object {
  return { title, logsPanel: { filter } };
}

function errors(functionName: string): string {
  return `(${events(functionName, "error")}) OR (${events(functionName, "policy")})`;
}
