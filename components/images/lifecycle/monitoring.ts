import type * as pulumi from "@pulumi/pulumi";
import { Metric } from "@pulumi/gcp/logging";
import { AlertPolicy, Dashboard } from "@pulumi/gcp/monitoring";
import { events, failures, successes } from "../../../core/lifecycle/controller";
import { madeOf } from "../../inputs";
import { dashboard } from "./dashboard";
import { type Declared } from "./declared";

/** Metrics that are counted from the agent's log. https://cloud.google.com/logging/docs/logs-based-metrics */
export interface Metrics {
  /** What was done to images, by kind, mode and outcome. */
  actions: Metric;
  /** What was not done, by rule. */
  refusals: Metric;
  /** Runs that went well. */
  successes: Metric;
}

export function createMetrics(declared: Declared): Metrics {
  const { functionName } = declared.args;
  const ofEvent = (event: string) => madeOf(functionName, (name) => events(name, event));
  return {
    actions: createMetric(declared, "actions", "What was done to images", ofEvent("action"), [
      "kind",
      "mode",
      "outcome",
    ]),
    refusals: createMetric(declared, "refusals", "What was not done to images, and why", ofEvent("refusal"), ["rule"]),
    successes: createMetric(declared, "successes", "Runs that went well", madeOf(functionName, successes), []),
  };
}

function createMetric(
  { parent, name, args }: Declared,
  purpose: string,
  description: string,
  filter: pulumi.Input<string>,
  labels: string[],
): Metric {
  return new Metric(
    `${name}-metric-${purpose}`,
    {
      project: args.project,
      name: madeOf(args.functionName, (known) => `${known}/${purpose}`),
      description,
      filter,
      metricDescriptor: {
        metricKind: "DELTA",
        valueType: "INT64",
        unit: "1",
        labels: labels.map((key) => ({ key, valueType: "STRING" })),
      },
      labelExtractors: Object.fromEntries(labels.map((label) => [label, `EXTRACT(jsonPayload.kiln.${label})`])),
    },
    { parent },
  );
}

/** Told at most once an hour, since a run that fails is tried again; over a week it is nobody's news any more. */
const LOG_ALERTS = { notificationRateLimit: { period: "3600s" }, autoClose: `${7 * 86_400}s` };

export function createAlerts(declared: Declared, { successes }: Metrics): AlertPolicy[] {
  const { functionName } = declared.args;
  return [
    createAlert(declared, "failed", "Kiln: a lifecycle run failed", {
      conditions: [
        { displayName: "A run ended as failed", conditionMatchedLog: { filter: madeOf(functionName, failures) } },
      ],
      alertStrategy: LOG_ALERTS,
      content: "A run gave up an image, or did not end. Its report lies in the bucket below lifecycle/reports/.",
    }),
    createAlert(declared, "refused", "Kiln: a lifecycle policy was refused", {
      conditions: [
        {
          displayName: "A policy was refused",
          conditionMatchedLog: { filter: madeOf(functionName, (name) => events(name, "policy")) },
        },
      ],
      alertStrategy: LOG_ALERTS,
      content: "A policy document cannot be read: its family is left alone until it is mended. The log says where.",
    }),
    createAlert(declared, "silent", "Kiln: the lifecycle controller is silent", {
      conditions: [{ displayName: "No run went well", conditionThreshold: noneFor2Days(successes) }],
      content: "No run has gone well for two days: look at the Cloud Scheduler job and at the function's log.",
    }),
  ];
}

/**
 * None in 25 hours, for 23 hours: Cloud Monitoring looks no further back at once, and takes no longer absence than
 * 23.5 hours. https://cloud.google.com/monitoring/alerts/metric-absence
 */
function noneFor2Days({ name }: Metric) {
  return {
    filter: name.apply(
      (known) => `metric.type="logging.googleapis.com/user/${known}" AND resource.type="cloud_run_revision"`,
    ),
    aggregations: [
      { alignmentPeriod: `${25 * 3_600}s`, perSeriesAligner: "ALIGN_SUM", crossSeriesReducer: "REDUCE_SUM" },
    ],
    comparison: "COMPARISON_LT",
    thresholdValue: 1,
    duration: `${23 * 3_600}s`,
    evaluationMissingData: "EVALUATION_MISSING_DATA_ACTIVE",
  };
}

/** What tells one alert from the others. */
interface Alert {
  /** When it is raised. */
  conditions: ConstructorParameters<typeof AlertPolicy>[1]["conditions"];
  /** How often it is told, and when it ends by itself. */
  alertStrategy?: ConstructorParameters<typeof AlertPolicy>[1]["alertStrategy"];
  /** What whoever is told should know and do. */
  content: string;
}

function createAlert({ parent, name, args }: Declared, purpose: string, displayName: string, alert: Alert) {
  const { conditions, alertStrategy, content } = alert;
  return new AlertPolicy(
    `${name}-alert-${purpose}`,
    {
      project: args.project,
      displayName,
      combiner: "OR",
      conditions,
      alertStrategy,
      documentation: { content, mimeType: "text/markdown" },
      notificationChannels: args.notificationChannels,
      userLabels: args.labels,
    },
    { parent },
  );
}

export function createDashboard({ parent, name, args }: Declared, metrics: Metrics): Dashboard {
  const { actions, refusals, successes } = metrics;
  const names = { actions: actions.name, refusals: refusals.name, successes: successes.name };
  return new Dashboard(
    `${name}-dashboard`,
    {
      project: args.project,
      dashboardJson: madeOf({ ...names, functionName: args.functionName }, (known) => dashboard(known)),
    },
    { parent },
  );
}
