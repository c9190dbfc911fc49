import * as pulumi from "@pulumi/pulumi";
import { Dataset, DatasetIamMember, getDefaultServiceAccountOutput, Table } from "@pulumi/gcp/bigquery";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms";
import { FolderSink, OrganizationSink, ProjectSink } from "@pulumi/gcp/logging";
import { type Grant, KEY_USER } from "../../core/iam/grants";
import { bareNumber, datasetId, kmsKey, mapKey, projectId, sinkName } from "../../core/names";
import { EVENTS_SCHEMA, EVENTS_TABLE, PARTITION_COLUMN, PULL_FILTER } from "../../core/pulls/events";
import { datasetLocation, DEFAULT_RETENTION, expirationMs, retention } from "../../core/pulls/retention";
import { kindsGiven, oneKind, repeatedSources, SOURCE_ID, type SourceKind } from "../../core/pulls/sources";
import { requirementsOf } from "../../core/requirements";
import { notEmpty, text } from "../../core/rules";
import { GrantRecord } from "../grants";
import { InputChecks, madeOf } from "../inputs";
import { fields, FLAG, MAP, mapOf, required } from "../shapes";
import { type PullLogsArgs } from "./pullLogsArgs";
import { checkedViews, type CheckedViews, createViews, VIEWS_SHAPE } from "./pullLogViews";

/** Name that Google's migration guide gives to the dataset and to the sinks. */
const DEFAULT_NAME = "image_pull_logs";

const WRITER_ROLE = "roles/bigquery.dataEditor";

const SHAPE = fields({ sources: required(mapOf(fields({}))), protect: FLAG, labels: MAP, views: VIEWS_SHAPE });

type Defaulted = "datasetId" | "retention";
type CheckedArgs = Omit<PullLogsArgs, Defaulted | "sources" | "views"> &
  Required<Pick<PullLogsArgs, Defaulted>> & {
    sources: Record<string, CheckedSource>;
    views: CheckedViews;
    protect: boolean;
  };

interface CheckedSource {
  /** Whether it is a project, a folder or an organization. */
  kind: SourceKind;
  /** Its id. */
  id: pulumi.Input<string>;
  /** Name of the log sink. */
  sink: pulumi.Input<string>;
}

/**
 * Collects every pull of a container image by Google Kubernetes Engine into one BigQuery table, to find out which images
 * come from third-party registries, and how often. https://cloud.google.com/artifact-registry/docs/docker/migrate-third-party
 *
 * @example
 * const pulls = new PullLogs("pulls", {
 *   project: "acme-logs",
 *   location: "EU",
 *   sources: {
 *     shop: { project: "acme-shop" },
 *     data: { folder: "345678901234" },
 *   },
 * });
 * export const table = pulls.table;
 */
export class PullLogs extends pulumi.ComponentResource {
  /** APIs and roles that the deployer needs. */
  static readonly requirements = requirementsOf([
    "gcp:bigquery/dataset:Dataset",
    "gcp:bigquery/datasetIamMember:DatasetIamMember",
    "gcp:bigquery/getDefaultServiceAccount:getDefaultServiceAccount",
    "gcp:bigquery/table:Table",
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    "gcp:logging/folderSink:FolderSink",
    "gcp:logging/organizationSink:OrganizationSink",
    "gcp:logging/projectSink:ProjectSink",
  ]);

  /** Id of the dataset. */
  readonly datasetId: pulumi.Output<string>;
  /** The table with the pulls, as `PROJECT.DATASET.events`. */
  readonly table: pulumi.Output<string>;
  /** What log sinks write to, as `bigquery.googleapis.com/projects/P/datasets/D`. */
  readonly destination: pulumi.Output<string>;
  /** Members as which the sinks write, by key of the source. */
  readonly writerIdentities: Record<string, pulumi.Output<string>> = {};
  /** Every grant that is made, sorted. */
  readonly grants: pulumi.Output<Grant[]>;
  /** The dataset. */
  readonly dataset: Dataset;
  /** The table with the pulls. */
  readonly eventsTable: Table;
  /** Views as `PROJECT.DATASET.VIEW`: `pulls` has a row a pull; `image`, `day`, `cluster`, `share`, `budget`, `tracker` are made of it. */
  readonly views: Record<string, pulumi.Output<string>>;
  /** The same as resources. */
  readonly viewTables: Record<string, Table>;

  constructor(name: string, args: PullLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("kiln:index:PullLogs", name, args, opts);
    const inputs = this.#checked(name, args, opts);
    const grants = new GrantRecord();
    this.dataset = this.#createDataset(name, inputs, grants);
    this.eventsTable = this.#createTable(name, inputs);
    const { project, datasetId } = this.dataset;
    this.datasetId = datasetId;
    this.table = pulumi.interpolate`${project}.${datasetId}.${this.eventsTable.tableId}`;
    this.destination = pulumi.interpolate`bigquery.googleapis.com/projects/${project}/datasets/${datasetId}`;
    this.#createSinks(name, inputs, grants);
    const { dataset, eventsTable } = this;
    this.viewTables = createViews(name, inputs.views, { parent: this, dataset, eventsTable, labels: inputs.labels });
    this.views = Object.fromEntries(
      Object.entries(this.viewTables).map(([which, { tableId }]) => [
        which,
        pulumi.interpolate`${project}.${datasetId}.${tableId}`,
      ]),
    );
    this.grants = grants.told();
    this.registerOutputs({
      datasetId: this.datasetId,
      table: this.table,
      destination: this.destination,
      views: this.views,
      writerIdentities: this.writerIdentities,
      grants: this.grants,
    });
  }

  #checked(name: string, args: PullLogsArgs, opts?: pulumi.ComponentResourceOptions): CheckedArgs {
    const checks = new InputChecks(this, `PullLogs "${name}"`);
    checks.checkShape(args, SHAPE);
    checks.checkNow("sources", args.sources, notEmpty('name at least one, as in { shop: { project: "acme-shop" } }'));
    const checked = {
      ...args,
      labels: args.labels && checks.checkLabels("labels", args.labels),
      project: checks.check("project", args.project, projectId),
      location: checks.check("location", args.location, datasetLocation),
      datasetId: checks.check("datasetId", args.datasetId ?? DEFAULT_NAME, datasetId),
      retention: checks.check("retention", args.retention ?? DEFAULT_RETENTION, retention),
      kmsKey: checks.checkOptional("kmsKey", args.kmsKey, kmsKey),
      sources: checkedSources(checks, args.sources),
      description: checks.checkOptional("description", args.description, text),
      views: checkedViews(checks, args.views),
      protect: args.protect ?? opts?.protect ?? true,
    };
    checks.throwIfAny();
    return checked;
  }

  #createDataset(name: string, args: CheckedArgs, grants: GrantRecord): Dataset {
    const grant = args.kmsKey === undefined ? undefined : this.#grantKey(name, args.project, args.kmsKey, grants);
    return new Dataset(
      `${name}-dataset`,
      {
        project: args.project,
        datasetId: args.datasetId,
        location: args.location,
        description: args.description,
        labels: args.labels,
        defaultPartitionExpirationMs: madeOf(args.retention, expirationMs),
        defaultEncryptionConfiguration: encryptedWith(args.kmsKey),
        deleteContentsOnDestroy: false,
      },
      { parent: this, protect: args.protect, dependsOn: grant ? [grant] : [] },
    );
  }

  #grantKey(name: string, project: pulumi.Input<string>, key: pulumi.Input<string>, grants: GrantRecord) {
    const { email } = getDefaultServiceAccountOutput({ project }, { parent: this });
    const member = pulumi.interpolate`serviceAccount:${email}`;
    const grant = grants.on(key, { cryptoKeyId: key, role: KEY_USER, member });
    return new CryptoKeyIAMMember(`${name}-key`, grant, { parent: this });
  }

  /**
   * Cloud Logging would make the table by itself with the first entry; but views over it need it before, and it would
   * keep every day for ever. Columns that Logging adds later are its own: to take them back would replace the table.
   */
  #createTable(name: string, { labels, retention, kmsKey, protect }: CheckedArgs): Table {
    return new Table(
      `${name}-events`,
      {
        project: this.dataset.project,
        datasetId: this.dataset.datasetId,
        tableId: EVENTS_TABLE,
        description: "Pulls of container images, written by Cloud Logging",
        labels,
        schema: JSON.stringify(EVENTS_SCHEMA),
        timePartitioning: {
          type: "DAY",
          field: PARTITION_COLUMN,
          expirationMs: madeOf(retention, expirationMs),
        },
        encryptionConfiguration: encryptedWith(kmsKey),
        deletionProtection: protect,
      },
      { parent: this, protect, ignoreChanges: ["schema"] },
    );
  }

  /** Sinks wait for the table, which Cloud Logging would otherwise make before us and in its own way. */
  #createSinks(name: string, { sources }: CheckedArgs, grants: GrantRecord): void {
    const { project, datasetId } = this.dataset;
    const resource = pulumi.interpolate`projects/${project}/datasets/${datasetId}`;
    for (const [key, source] of Object.entries(sources)) {
      const { writerIdentity } = this.#createSink(`${name}-${key}-sink`, source);
      const grant = grants.on(resource, { project, datasetId, role: WRITER_ROLE, member: writerIdentity });
      new DatasetIamMember(`${name}-${key}-writer`, grant, { parent: this });
      this.writerIdentities[key] = writerIdentity;
    }
  }

  #createSink(name: string, { kind, id, sink }: CheckedSource): ProjectSink | FolderSink | OrganizationSink {
    const shared = {
      name: sink,
      description: "Pulls of container images",
      destination: this.destination,
      filter: PULL_FILTER,
      bigqueryOptions: { usePartitionedTables: true },
    };
    const opts = { parent: this, dependsOn: [this.eventsTable] };
    switch (kind) {
      case "project":
        return new ProjectSink(name, { ...shared, project: id, uniqueWriterIdentity: true }, opts);
      case "folder":
        return new FolderSink(name, { ...shared, folder: madeOf(id, bareNumber), includeChildren: true }, opts);
      case "organization":
        return new OrganizationSink(name, { ...shared, orgId: madeOf(id, bareNumber), includeChildren: true }, opts);
    }
  }
}

function checkedSources(checks: InputChecks, sources: PullLogsArgs["sources"]): Record<string, CheckedSource> {
  const checked: Record<string, CheckedSource> = {};
  for (const [key, source] of Object.entries(sources)) {
    const path = `sources.${key}`;
    checks.checkNow(path, key, mapKey);
    checks.checkNow(path, source, oneKind);
    const sink = checks.check(`${path}.name`, source.name ?? DEFAULT_NAME, sinkName);
    for (const kind of kindsGiven(source))
      checked[key] = { kind, id: checks.check(`${path}.${kind}`, source[kind] ?? "", SOURCE_ID[kind]), sink };
  }
  const known = Object.entries(checked).flatMap(([key, { kind, id, sink }]) =>
    typeof id === "string"
      ? [{ path: `sources.${key}`, kind, id, sinkName: typeof sink === "string" ? sink : undefined }]
      : [],
  );
  for (const { path, reason } of repeatedSources(known)) checks.checkNow(path, sources, () => reason);
  return checked;
}

function encryptedWith(kmsKeyName: pulumi.Input<string> | undefined) {
  return kmsKeyName === undefined ? undefined : { kmsKeyName };
}
