import type * as pulumi from "@pulumi/pulumi";
import { type PullLogViewsArgs } from "./pullLogViews";

/** Where pulls are collected from: exactly one of `project`, `folder` and `organization`. */
export interface PullLogSourceArgs {
  /** Id of a project. */
  project?: pulumi.Input<string>;
  /** Id of a folder, with everything below it. */
  folder?: pulumi.Input<string>;
  /** Id of an organization, with everything below it. */
  organization?: pulumi.Input<string>;
  /**
   * Name of the log sink: at most 100 letters, digits, underscores, hyphens and periods.
   * @default "image_pull_logs"
   */
  name?: pulumi.Input<string>;
}

/** Where pulls come from, where they go and how long they stay. */
export interface PullLogsArgs {
  /** Project that holds the dataset. Its BigQuery API must be on. */
  project: pulumi.Input<string>;
  /** Region of the dataset, or `US` or `EU`. Cannot be changed later. https://cloud.google.com/bigquery/docs/locations */
  location: pulumi.Input<string>;
  /** Where pulls are collected from, by a name of your choice. What is below a folder needs no entry of its own. */
  sources: Record<string, PullLogSourceArgs>;
  /**
   * Id of the dataset: letters, digits and underscores.
   * @default "image_pull_logs"
   */
  datasetId?: pulumi.Input<string>;
  /** What the dataset is for, for people. */
  description?: pulumi.Input<string>;
  /**
   * How long pulls are kept, from 1 to 10000 days, as `400d`.
   * @default "400d"
   */
  retention?: pulumi.Input<string>;
  /**
   * Key that encrypts the dataset, as `projects/P/locations/L/keyRings/R/cryptoKeys/K`. BigQuery's service agent of
   * the project is granted its use. https://cloud.google.com/bigquery/docs/customer-managed-encryption
   * @default - Google's own keys
   */
  kmsKey?: pulumi.Input<string>;
  /**
   * Protect dataset and table from deletion. Release them in an update of its own before the one that deletes them.
   * @default - the component's own `protect` option; without that, true
   */
  protect?: boolean;
  /**
   * Labels of dataset, table and views.
   * @default - none
   */
  labels?: Record<string, pulumi.Input<string>>;
  /**
   * Views that answer how often, from where and by whom images are pulled.
   * @default - all of them; third-party is whatever does not come from Artifact Registry
   */
  views?: PullLogViewsArgs;
}
