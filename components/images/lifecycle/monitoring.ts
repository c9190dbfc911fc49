import type * as pulumi from "@pulumi/pulumi";
import { Metric } from "@pulumi/gcp/logging";
import { type AlertPolicy, Dashboard } from "@pulumi/gcp/monitoring";
import { events, failures, successes } from "../../../core/lifecycle/controller";
import { createAlert, LOG_ALERTS, noneFor2Days } from "../../alerts";
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
      conditions: [{ displayName: "No run went well", conditionThreshold: noneFor2Days(runsThatWentWell(successes)) }],
      content: "No run has gone well for two days: look at the Cloud Scheduler job and at the function's log.",
    }),
  ];
}

function runsThatWentWell({ name }: Metric): pulumi.Output<string> {
  return name.apply(
    (known) => `metric.type="logging.googleapis.com/user/${known}" AND resource.type="cloud_run_revision"`,
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
