import { type ImagePullsReport, type PullRow } from "../../../core/pulls/pullsReport";
import { ALL } from "../../../core/pulls/pullsQuery";
import { type PullView } from "../../../core/pulls/views";
import { counted, shortTime, table } from "../../images/print";

/** Widest bar, in characters. */
const WIDTH = 20;

/** The report by image, with bars. */
export function imageTable({ images, unreadable, from, to }: ImagePullsReport): string {
  const most = Math.max(1, ...images.map(({ pulls }) => pulls));
  const rows = images.map(({ image, registry, thirdParty, pulls, lastPull, clusters }) => [
    ...[thirdParty ? "third" : "own", registry, shortName(image, registry)],
    ...[String(pulls), bar(pulls / most), shortTime(lastPull), names(clusters)],
  ]);
  const third = images.filter(({ thirdParty }) => thirdParty);
  const [all, ofThird] = [images, third].map((some) => some.reduce((sum, { pulls }) => sum + pulls, 0));
  return [
    table(["PARTY", "REGISTRY", "IMAGE", "PULLS", "", "LAST PULL", "CLUSTERS"], rows),
    `\n${counted(all, "pull")} of ${counted(images.length, "image")} from ${shortTime(from)} to ${shortTime(to)}; `,
    `${counted(ofThird, "pull")} (${percent(all === 0 ? 0 : ofThird / all)}) of ${counted(third.length, "image")} third-party\n`,
    unreadable === 0 ? "" : `${counted(unreadable, "pull")} more whose log entry names no image\n`,
  ].join("");
}

/** How each of the other views is shown. */
const SHOWN: Readonly<Record<Exclude<PullView, "image">, (rows: readonly PullRow[]) => string>> = {
  day: dayTable,
  cluster: clusterTable,
  share: shareTable,
  budget: budgetTable,
  tracker: trackerTable,
};

/** The rows of a view other than that by image. */
export function viewTable(view: Exclude<PullView, "image">, rows: readonly PullRow[]): string {
  return SHOWN[view](rows);
}

/** Rows in the order in which people read them; the views themselves have none. */
export function ordered(view: PullView, rows: readonly PullRow[]): PullRow[] {
  const keys = ORDER[view];
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      const sign = key.startsWith("-") ? -1 : 1;
      const name = key.replace(/^-/, "");
      const difference = compared(a[name], b[name]);
      if (difference !== 0) return difference * sign;
    }
    return 0;
  });
}

/** Columns by which rows are sorted; those with a minus from the biggest to the smallest. */
const ORDER: Readonly<Record<PullView, readonly string[]>> = {
  image: ["-third_party", "-pulls", "image"],
  day: ["-day", "-third_party", "-pulls", "registry"],
  cluster: ["-third_party_pulls", "-pulls", "cluster", "namespace"],
  share: ["span", "-start", "cluster"],
  budget: ["-most_pulls", "egress", "pulls_allowed"],
  tracker: ["done_since", "-pulls_last_7_days", "-last_pull", "image"],
};

function compared(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  return (a as string | number | boolean) < (b as string | number | boolean) ? -1 : 1;
}

function dayTable(rows: readonly PullRow[]): string {
  const most = mostOf(rows, "pulls");
  const lines = rows.map((row) => [
    ...[text(row.day), party(row), text(row.registry), text(row.pulls)],
    ...[bar(Number(row.pulls) / most), text(row.images)],
  ]);
  return table(["DAY", "PARTY", "REGISTRY", "PULLS", "", "IMAGES"], lines);
}

function clusterTable(rows: readonly PullRow[]): string {
  const most = mostOf(rows, "third_party_pulls");
  const lines = rows.map((row) => [
    ...[text(row.cluster), text(row.namespace), text(row.pulls), text(row.third_party_pulls)],
    ...[bar(Number(row.third_party_pulls) / most), text(row.third_party_images), time(row.last_third_party_pull)],
  ]);
  return table(["CLUSTER", "NAMESPACE", "PULLS", "THIRD-PARTY", "", "IMAGES", "LAST THIRD-PARTY PULL"], lines);
}

function shareTable(rows: readonly PullRow[]): string {
  const weeks = rows.filter(({ span }) => span === "week");
  const lines = weeks.map((row) => [
    ...[text(row.start), row.cluster === ALL ? "all" : text(row.cluster), text(row.pulls), text(row.third_party_pulls)],
    ...[percent(Number(row.share)), bar(Number(row.share))],
  ]);
  return table(["WEEK FROM", "CLUSTER", "PULLS", "THIRD-PARTY", "SHARE", ""], lines);
}

function budgetTable(rows: readonly PullRow[]): string {
  const lines = rows.map((row) => {
    const part = Number(row.most_pulls) / Number(row.pulls_allowed);
    return [
      ...[row.egress === ALL ? "all together" : text(row.egress), text(row.account), text(row.pulls_allowed)],
      ...[text(row.most_pulls), part > 1 ? `${bar(1)}+` : bar(part), time(row.most_pulls_at)],
      ...[text(row.pulls_over), time(row.first_over), text(row.days_over)],
    ];
  });
  const headings = ["EGRESS", "ACCOUNT", "LIMIT", "MOST IN 6 H", "", "UP TO", "OVER", "FIRST OVER", "DAYS OVER"];
  return `${table(headings, lines)}\nan upper bound: GKE asks mirror.gcr.io before Docker Hub, and each cluster is taken for one address unless the views say otherwise\n`;
}

function trackerTable(rows: readonly PullRow[]): string {
  const most = mostOf(rows, "pulls_last_7_days");
  const lines = rows.map((row) => {
    const registry = text(row.registry);
    return [
      ...[registry, shortName(text(row.image), registry), time(row.last_pull), text(row.pulls_last_7_days)],
      ...[bar(Number(row.pulls_last_7_days) / most), text(row.pulls_7_days_before), signed(Number(row.trend))],
      row.done_since === null ? `in ${names(row.still_in as string[])}` : `done since ${time(row.done_since)}`,
    ];
  });
  const done = rows.filter(({ done_since }) => done_since !== null).length;
  const headings = ["REGISTRY", "IMAGE", "LAST PULL", "7 DAYS", "", "BEFORE", "TREND", "STATE"];
  return `${table(headings, lines)}\n${done} of ${counted(rows.length, "third-party image")} done; ${rows.length - done} still pulled in the last 7 days\n`;
}

/** What follows the registry; of a digest enough to tell it from others. */
function shortName(image: string, registry: string): string {
  return image.slice(registry.length + 1).replace(/(@\w+:[0-9a-f]{12})[0-9a-f]+$/, "$1…");
}

function bar(part: number): string {
  return part <= 0 ? "" : "█".repeat(Math.max(1, Math.round(Math.min(1, part) * WIDTH)));
}

function mostOf(rows: readonly PullRow[], column: string): number {
  return rows.reduce((most, row) => Math.max(most, Number(row[column])), 1);
}

function percent(part: number): string {
  return `${Math.round(part * 100)}%`;
}

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}

/** Names of clusters without project and location; the other formats have them whole. */
function names(clusters: readonly string[]): string {
  return [...new Set(clusters.map((cluster) => cluster.slice(cluster.lastIndexOf("/") + 1)))].join(", ");
}

function party({ third_party, registry }: PullRow): string {
  if (registry === null) return "-";
  return third_party === true ? "third" : "own";
}

function text(value: unknown): string {
  if (value === null || value === undefined) return "-";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function time(value: unknown): string {
  return shortTime(text(value));
}
