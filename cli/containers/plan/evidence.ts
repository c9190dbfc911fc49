import { type Evidence } from "../../../core/migration/inventory";
import { type Pulled } from "../../../core/migration/inventory";
import { type Read, readScan } from "../../../core/migration/readScan";
import { planProblemText } from "../../../core/migration/readPlan";
import { readPulls } from "../../../core/pulls/readPulls";
import { imageScan } from "../../../core/scan/report";
import { safe } from "../../images/print";
import { tell } from "../../images/session";
import { type ClusterFlags, runningContainers } from "../scan/clusters";
import { findingsBelow } from "../scan/scanTree";
import { inputJson, inputText, refuseMissing } from "./files";
import { InputError } from "./inputError";

/** Where a plan takes from what is in use. */
export interface EvidenceFlags extends ClusterFlags {
  scan?: string;
  pulls?: string;
  firstParty?: string[];
}

/** Reads what is in use: files, clusters, logs. */
export async function evidenceOf(paths: string[], flags: EvidenceFlags): Promise<Evidence> {
  const { scan: file, pulls, firstParty = [] } = flags;
  if (file === undefined) refuseMissing(paths);
  const given = file === undefined ? undefined : valueOf(file, readScan);
  const files = given ? [] : findingsBelow(paths, { warn: ({ file: at, message }) => warn(at, message) });
  const scan = imageScan({ files, running: await runningContainers(flags), firstParty });
  return {
    scan: { places: [...(given?.places ?? []), ...scan.places], running: [...(given?.running ?? []), ...scan.running] },
    firstParty,
    ...(pulls === undefined ? {} : { pulls: pullsIn(pulls) }),
  };
}

function warn(file: string, message: string): void {
  tell(`warning: ${safe(`${file}: ${message}`)}`);
}

function valueOf<T>(file: string, read: (value: unknown) => Read<T>): T {
  const result = read(inputJson(file));
  if (result.problem !== undefined) throw new InputError([`${file} ${result.problem}`]);
  return result.value;
}

function pullsIn(file: string): Pulled[] {
  const { document, problems } = readPulls(file, inputText(file));
  if (!document) throw new InputError(problems.map(planProblemText));
  return document.images;
}
