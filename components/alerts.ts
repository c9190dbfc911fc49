import type * as pulumi from "@pulumi/pulumi";
import { AlertPolicy } from "@pulumi/gcp/monitoring";
import { type DeclaredBy } from "./declared";

/** What tells one alert from the others. */
export interface Alert {
  /** When it is raised. */
  conditions: ConstructorParameters<typeof AlertPolicy>[1]["conditions"];
  /** How often it is told, and when it ends by itself. */
  alertStrategy?: ConstructorParameters<typeof AlertPolicy>[1]["alertStrategy"];
  /** What whoever is told should know and do. */
  content: string;
}

/** Who is told of alerts, and where they are. */
interface AlertArgs {
  /** Project that holds them. */
  project: pulumi.Input<string>;
  /** Who is told. */
  notificationChannels: pulumi.Input<string>[];
  /** Their labels. */
  labels: Record<string, pulumi.Input<string>>;
}

/** Told at most once an hour, since what fails is tried again; over a week it is nobody's news any more. */
export const LOG_ALERTS = { notificationRateLimit: { period: "3600s" }, autoClose: `${7 * 86_400}s` };

export function createAlert(
  { parent, name, args }: Pick<DeclaredBy<AlertArgs>, "parent" | "name" | "args">,
  purpose: string,
  displayName: string,
  alert: Alert,
): AlertPolicy {
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

/**
 * None in 25 hours, for 23 hours: Cloud Monitoring looks no further back at once, and takes no longer absence than
 * 23.5 hours. https://cloud.google.com/monitoring/alerts/metric-absence
 *
 * @param filter of the metric that counts.
 */
export function noneFor2Days(filter: pulumi.Input<string>) {
  return {
    filter,
    aggregations: [
      { alignmentPeriod: `${25 * 3_600}s`, perSeriesAligner: "ALIGN_SUM", crossSeriesReducer: "REDUCE_SUM" },
    ],
    comparison: "COMPARISON_LT",
    thresholdValue: 1,
    duration: `${23 * 3_600}s`,
    evaluationMissingData: "EVALUATION_MISSING_DATA_ACTIVE",
  };
}
