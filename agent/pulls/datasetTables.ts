import { type BigQuery } from "@google-cloud/bigquery/build/src/bigquery";
import { EVENTS_TABLE } from "../../core/pulls/events";
import { PULLS_VIEW } from "../../core/pulls/views";
import { everyPage } from "../pages";
import { type Retry } from "../retry";

/** A dataset by its whole name. */
export interface DatasetName {
  project: string;
  dataset: string;
}

/** What a dataset has of pulls. */
export interface PullTables {
  /** Where its queries run. */
  location: string;
  /** The view with one row a pull. */
  hasView: boolean;
  /** The table that Cloud Logging writes to. */
  hasEvents: boolean;
  /** Tables of one day each, as sinks make them that do not ask for partitions. */
  shards: number;
}

const SHARD = /^events_\d{8}$/;

/** Looks what a dataset has. */
export async function pullTables(
  bigQuery: BigQuery,
  { project, dataset: id }: DatasetName,
  retry: Retry,
): Promise<PullTables> {
  const dataset = bigQuery.dataset(id, { projectId: project });
  const metadata: unknown[] = await retry(() => dataset.getMetadata());
  const { location } = metadata[0] as { location: string };
  const tables = await everyPage(async (pageToken) => {
    const [items, next] = await dataset.getTables({ autoPaginate: false, maxResults: 1000, pageToken });
    const following = (next as { pageToken?: string } | null)?.pageToken;
    return { items: items.map(listed), ...(following ? { next: following } : {}) };
  }, retry);
  const isThere = (name: string, type: string) => tables.some((table) => table.name === name && table.type === type);
  return {
    location,
    hasView: isThere(PULLS_VIEW, "VIEW"),
    hasEvents: isThere(EVENTS_TABLE, "TABLE"),
    shards: tables.filter(({ name, type }) => type === "TABLE" && SHARD.test(name)).length,
  };
}

function listed({ id, metadata }: { id?: string; metadata?: { type?: string } }) {
  return { name: id ?? "", type: metadata?.type };
}
