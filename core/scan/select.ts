import { Certainty } from "./imageUse";
import { Party } from "./parties";
import { type ImageScanDocument, summaryOf } from "./report";

/** Which part of a scan is asked for. */
export interface Selection {
  /** Images of others alone. */
  thirdParty?: boolean;
  /** Least certainty. */
  certainty?: Certainty;
}

/** From the surest to the least sure. */
export const CERTAINTIES = [Certainty.Certain, Certainty.Likely, Certainty.Look] as const;

/** The part of a scan that is asked for, with its own summary; warnings stay. */
export function selected(scan: ImageScanDocument, { thirdParty, certainty }: Selection): ImageScanDocument {
  const most = certainty === undefined ? CERTAINTIES.length : CERTAINTIES.indexOf(certainty);
  const isWanted = ({ party }: { party: Party }) => !thirdParty || party === Party.Third;
  const places = scan.places.filter((one) => isWanted(one) && CERTAINTIES.indexOf(one.certainty) <= most);
  const running = scan.running.filter(isWanted);
  return { ...scan, summary: summaryOf(scan.summary.filesRead, places, running), places, running };
}
