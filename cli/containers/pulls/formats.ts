import { type ImagePullsReport, type PullRow } from "../../../core/pulls/pullsReport";
import { PullView } from "../../../core/pulls/views";
import { json } from "../../images/print";
import { csv } from "../scan/csv";
import { imageTable, ordered, viewTable } from "./tables";

/** What is shown. */
export interface ShownAnswer {
  view: PullView;
  rows: readonly PullRow[];
  /** With images where the view is that by image. */
  report: ImagePullsReport;
}

/** For people. */
export function tableOf({ view, rows, report }: ShownAnswer): string {
  return view === PullView.Image ? imageTable(report) : viewTable(view, ordered(view, rows));
}

/** For programs: the report by image is a document, the other views are the rows as BigQuery has them. */
export function jsonOf({ view, rows, report }: ShownAnswer): string {
  if (view === PullView.Image) return json(report);
  const { dataset, from, to } = report;
  return json({ dataset, view, from, to, rows: ordered(view, rows) });
}

/** For spreadsheets: the columns of the view; what is a list has its entries apart by spaces. */
export function csvOf({ view, rows }: ShownAnswer): string {
  if (rows.length === 0) return "";
  const columns = Object.keys(rows[0]);
  return csv(
    columns,
    ordered(view, rows).map((row) => columns.map((column) => cell(row[column]))),
  );
}

function cell(value: unknown): string | number | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.join(" ");
  return typeof value === "number" || typeof value === "string" ? value : JSON.stringify(value);
}
