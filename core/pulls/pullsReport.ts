import { API_VERSION } from "../lifecycle/familyPolicy";
import { type ImagePulls } from "./imagePulls";

/** One image of the report. */
export interface ReportedPulls extends ImagePulls {
  /** Whether it comes from somebody else's registry. */
  thirdParty: boolean;
}

/** How often each image was pulled in a period, most pulled third-party images first. */
export interface ImagePullsReport {
  /** Version of the document. */
  apiVersion: typeof API_VERSION;
  /** Kind of the document. */
  kind: "ImagePullsReport";
  /** Where the logs are, as `PROJECT.DATASET`. */
  dataset: string;
  /** Beginning of the period; RFC 3339, UTC. */
  from: string;
  /** End of the period; RFC 3339, UTC. */
  to: string;
  /**
   * Pulls whose log entry holds no name of an image.
   * @asType integer
   */
  unreadable: number;
  images: ReportedPulls[];
}

/** A row of a view over pulls; times and days are text. */
export type PullRow = Readonly<Record<string, unknown>>;

/** Makes the report of the rows of the view by image. */
export function pullsReport(
  rows: readonly PullRow[],
  period: Pick<ImagePullsReport, "dataset" | "from" | "to">,
): ImagePullsReport {
  const images = rows.filter(({ image }) => image !== null).map(reported);
  const unreadable = rows.filter(({ image }) => image === null).reduce((sum, { pulls }) => sum + Number(pulls), 0);
  images.sort(
    (a, b) => Number(b.thirdParty) - Number(a.thirdParty) || b.pulls - a.pulls || (a.image < b.image ? -1 : 1),
  );
  return { apiVersion: API_VERSION, kind: "ImagePullsReport", ...period, unreadable, images };
}

function reported(row: PullRow): ReportedPulls {
  return {
    image: String(row.image),
    registry: String(row.registry),
    thirdParty: row.third_party === true,
    pulls: Number(row.pulls),
    firstPull: String(row.first_pull),
    lastPull: String(row.last_pull),
    clusters: (row.clusters as string[] | undefined) ?? [],
    namespaces: (row.namespaces as string[] | undefined) ?? [],
  };
}
