import { type AlertPolicy } from "@pulumi/gcp/monitoring";
import { endedExecutions, failedStarts } from "../../../core/migration/mirror";
import { createAlert, LOG_ALERTS, noneFor2Days } from "../../alerts";
import { madeOf } from "../../inputs";
import { type Declared } from "./accounts";

/** Tells of runs that failed, of a schedule that could start none, and of silence. */
export function createAlerts(declared: Declared): AlertPolicy[] {
  const { region, jobName, alertOnSilence } = declared.args;
  const ended = (result: "succeeded" | "failed") =>
    madeOf({ region, jobName }, (known) => endedExecutions(known.region, known.jobName, result));
  const filter = madeOf({ region, jobName }, (known) => failedStarts(known.region, known.jobName));
  return [
    createAlert(declared, "failed", "Kiln: a run of the image mirror failed", {
      conditions: [{ displayName: "A run ended as failed", conditionThreshold: anyOf(ended("failed")) }],
      // A run of the next night that fails is news again.
      alertStrategy: { autoClose: "43200s" },
      content: "Some images of the plan were not copied. The log of the job says which, and what to do.",
    }),
    createAlert(declared, "unstarted", "Kiln: the image mirror could not be started", {
      conditions: [{ displayName: "The schedule got no answer", conditionMatchedLog: { filter } }],
      alertStrategy: LOG_ALERTS,
      content: "Cloud Scheduler could not start the job: its log says what Cloud Run answered.",
    }),
    ...(alertOnSilence
      ? [
          createAlert(declared, "silent", "Kiln: the image mirror is silent", {
            conditions: [{ displayName: "No run went well", conditionThreshold: noneFor2Days(ended("succeeded")) }],
            content: "No run has gone well for two days: look at the Cloud Scheduler job and at the log of the job.",
          }),
        ]
      : []),
  ];
}

function anyOf(filter: ReturnType<typeof noneFor2Days>["filter"]) {
  return {
    filter,
    aggregations: [{ alignmentPeriod: "300s", perSeriesAligner: "ALIGN_SUM", crossSeriesReducer: "REDUCE_SUM" }],
    comparison: "COMPARISON_GT",
    thresholdValue: 0,
    duration: "0s",
  };
}
