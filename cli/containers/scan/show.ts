import { byImage, byRegistry, type ImageGroup } from "../../../core/scan/groups";
import { Party } from "../../../core/scan/parties";
import {
  type ImagePlace,
  type ImageScanDocument,
  type RunningImage,
  type ScanSummary,
} from "../../../core/scan/report";
import { counted, json, table } from "../../images/print";
import { csv } from "./csv";

export const SCAN_FORMATS = ["table", "json", "csv"] as const;
export type ScanFormat = (typeof SCAN_FORMATS)[number];

export const GROUPS = ["file", "image", "registry"] as const;
export type Group = (typeof GROUPS)[number];

/** A scan as it is asked for. JSON is the whole document, however it is grouped. */
export function shown(scan: ImageScanDocument, format: ScanFormat, group: Group): string {
  if (format === "json") return json(scan);
  const tables = tablesOf(scan, group);
  if (format === "csv") return group === "file" ? csvOfPlaces(scan) : csvOf(tables[0]);
  const filled = tables.filter(({ rows }) => rows.length > 0);
  return [...filled.map(({ headings, rows }) => table(headings, rows)), summaryLine(scan.summary)].join("\n");
}

interface Table {
  headings: string[];
  rows: string[][];
}

function tablesOf(scan: ImageScanDocument, group: Group): Table[] {
  switch (group) {
    case "file":
      return [placesTable(scan.places), runningTable(scan.running)];
    case "image":
      return [imagesTable(byImage(scan))];
    case "registry":
      return [registriesTable(byRegistry(scan))];
  }
}

function placesTable(places: readonly ImagePlace[]): Table {
  return {
    headings: ["PLACE", "IMAGE", "WHOSE", "PURPOSE", "HOW SURE", "WHAT"],
    rows: places.map((one) => [placeOf(one), one.reference, one.party, one.purpose, one.certainty, one.kind]),
  };
}

function runningTable(running: readonly RunningImage[]): Table {
  return {
    headings: ["CLUSTER", "NAMESPACE", "OWNER", "CONTAINER", "IMAGE", "WHOSE", "PODS"],
    rows: running.map((one) => [
      ...[one.cluster, one.namespace, one.owner, one.container, one.reference, one.party],
      String(one.pods),
    ]),
  };
}

function imagesTable(groups: readonly ImageGroup[]): Table {
  return {
    headings: ["IMAGE", "WHOSE", "PLACES", "FILES", "PODS", "FIRST PLACE"],
    rows: groups.map((one) => [one.name, one.parties.join(", "), ...countsOf(one), firstPlace(one)]),
  };
}

function registriesTable(groups: readonly ImageGroup[]): Table {
  return {
    headings: ["REGISTRY", "WHOSE", "IMAGES", "PLACES", "FILES", "PODS"],
    rows: groups.map((one) => [one.name, one.parties.join(", "), String(one.images), ...countsOf(one)]),
  };
}

function countsOf({ places, running }: ImageGroup): string[] {
  const files = new Set(places.map(({ file }) => file)).size;
  const pods = running.reduce((sum, one) => sum + one.pods, 0);
  return [places.length, files, pods].map(String);
}

function firstPlace({ places, running }: ImageGroup): string {
  if (places.length > 0) return placeOf(places[0]);
  const [{ cluster, namespace, owner }] = running;
  return `${cluster} ${namespace} ${owner}`;
}

function placeOf({ file, line, column }: ImagePlace): string {
  return `${file}:${line}:${column}`;
}

function csvOf({ headings, rows }: Table): string {
  return csv(
    headings.map((heading) => heading.toLowerCase()),
    rows,
  );
}

/** Places in files and in clusters in one table, each with the columns that it has. */
function csvOfPlaces({ places, running }: ImageScanDocument): string {
  const named = (one: ImagePlace | RunningImage) => [one.reference, one.image, one.registry, one.party];
  const headings =
    "file,line,column,cluster,namespace,owner,container,pods,digest,reference,image,registry,party,purpose,certainty,kind,open";
  return csv(headings.split(","), [
    ...places.map((one) => [
      ...[one.file, one.line, one.column, ...Array<undefined>(6)],
      ...[...named(one), one.purpose, one.certainty, one.kind, one.open.join(" ")],
    ]),
    ...running.map((one) => [
      ...[undefined, undefined, undefined, one.cluster, one.namespace, one.owner, one.container, one.pods, one.digest],
      ...[...named(one), "pull", "certain", "running", ""],
    ]),
  ]);
}

/** What was found, in one sentence. */
function summaryLine({ images, places, files, filesRead, parties }: ScanSummary): string {
  const shares = [
    `${parties[Party.Third]} third-party`,
    `${parties[Party.First]} first-party`,
    `${parties[Party.Own]} own`,
    `${parties[Party.Unknown]} behind variables`,
  ];
  return `${counted(images, "image")} (${shares.join(", ")}) at ${counted(places, "place")} in ${counted(files, "file")}; ${counted(filesRead, "file")} read\n`;
}
