import type * as pulumi from "@pulumi/pulumi";
import { type Dataset, Table } from "@pulumi/gcp/bigquery";
import { clusterPath, egressName } from "../../core/pulls/egress";
import { EVENTS_TABLE } from "../../core/pulls/events";
import { pullsQuery } from "../../core/pulls/pullsQuery";
import { sqlTable } from "../../core/pulls/sqlText";
import { PullView, PULLS_DESCRIPTION, PULLS_VIEW, VIEWS } from "../../core/pulls/views";
import { FIRST_PARTY, firstPartyPrefix } from "../../core/scan/parties";
import { type InputChecks, madeOf } from "../inputs";
import { fields, FLAG, LIST, MAP } from "../shapes";

/** The views over the pulls. https://cloud.google.com/bigquery/docs/views-intro */
export interface PullLogViewsArgs {
  /**
   * Declare the views.
   * @default true
   */
  enabled?: boolean;
  /**
   * What names of your own images begin with, besides Artifact Registry's `*-docker.pkg.dev`: a registry, which may begin
   * with `*`, and a path if need be. `gcr.io` holds images of anybody: name your projects in it, as `gcr.io/acme-prod`.
   * @default - none
   */
  firstParty?: pulumi.Input<string>[];
  /**
   * As which address clusters reach the internet, by `PROJECT/LOCATION/CLUSTER`: clusters behind one Cloud NAT share Docker
   * Hub's limit, so give them one name. https://docs.docker.com/docker-hub/usage/
   * @default - each cluster has an address of its own
   */
  egress?: Record<string, pulumi.Input<string>>;
}

/** Form of the input. */
export const VIEWS_SHAPE = fields({ enabled: FLAG, firstParty: LIST, egress: MAP });

/** What the views are made with. */
export interface CheckedViews {
  /** Whether they are declared. */
  enabled: boolean;
  /** What names of one's own begin with, Artifact Registry's among them. */
  firstParty: pulumi.Input<string>[];
  /** Names of addresses by cluster. */
  egress: Record<string, pulumi.Input<string>>;
}

/** Checks the input of the views. */
export function checkedViews(checks: InputChecks, views: PullLogViewsArgs = {}): CheckedViews {
  const { enabled = true, firstParty = [], egress = {} } = views;
  for (const cluster of Object.keys(egress)) checks.checkNow(`views.egress.${cluster}`, cluster, clusterPath);
  const own = firstParty.map((prefix, at) => checks.check(`views.firstParty[${at}]`, prefix, firstPartyPrefix));
  return {
    enabled,
    firstParty: [...FIRST_PARTY, ...own],
    egress: checks.checkEach("views.egress", egress, egressName),
  };
}

/** What the views stand on. */
export interface ViewParents {
  /** The component. */
  parent: pulumi.ComponentResource;
  /** The dataset that holds the views. */
  dataset: Dataset;
  /** BigQuery looks whether a view's tables are there. */
  eventsTable: Table;
  /** Labels of the views. */
  labels: Record<string, pulumi.Input<string>> | undefined;
}

/** Declares the view with one row a pull, and those that are made from it, by what they answer. */
export function createViews(
  name: string,
  { enabled, firstParty, egress }: CheckedViews,
  parents: ViewParents,
): Record<string, Table> {
  if (!enabled) return {};
  const { project, datasetId } = parents.dataset;
  const pullsSql = madeOf({ project, datasetId, firstParty, egress }, (known) =>
    pullsQuery({ ...known, tables: [sqlTable(known.project, known.datasetId, EVENTS_TABLE)] }),
  );
  const pulls = createView(`${name}-pulls-view`, parents, [parents.eventsTable], {
    ...{ tableId: PULLS_VIEW, description: PULLS_DESCRIPTION, query: pullsSql },
  });
  const from = madeOf({ project, datasetId }, (known) => sqlTable(known.project, known.datasetId, PULLS_VIEW));
  const others = Object.values(PullView).map((which) => {
    const { name: tableId, description, sql } = VIEWS[which];
    const query = madeOf({ from }, (known) => sql(known.from));
    return [which, createView(`${name}-${which}-view`, parents, [pulls], { tableId, description, query })] as const;
  });
  return { pulls, ...Object.fromEntries(others) };
}

/** What one view is made with. */
interface ViewArgs {
  /** Its name in the dataset. */
  tableId: string;
  /** What it is, for people. */
  description: string;
  /** In GoogleSQL. */
  query: pulumi.Input<string>;
}

/** A view holds nothing, so that nothing protects it. */
function createView(
  name: string,
  { parent, dataset, labels }: ViewParents,
  dependsOn: Table[],
  { tableId, description, query }: ViewArgs,
): Table {
  return new Table(
    name,
    {
      project: dataset.project,
      datasetId: dataset.datasetId,
      ...{ tableId, description, labels, view: { query, useLegacySql: false } },
      deletionProtection: false,
    },
    { parent, dependsOn },
  );
}
