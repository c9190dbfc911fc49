import { type Evidence } from "../../../core/migration/inventory";
import { type Read, readPulls, readScan } from "../../../core/migration/readEvidence";
import { inputJson, InputError } from "./files";

/** Where a plan takes from what is in use. */
export interface EvidenceFlags {
  scan?: string;
  pods?: string[];
  pulls?: string;
  firstParty?: string[];
}

/** Reads what is in use: files, clusters, logs. */
export async function evidenceOf(paths: string[], { scan, pulls, firstParty }: EvidenceFlags): Promise<Evidence> {
  if (scan === undefined)
    throw new InputError([
      `${paths.join(", ")} cannot be scanned here: --scan names what kiln containers scan printed`,
    ]);
  return Promise.resolve({
    scan: valueOf(scan, readScan),
    ...(pulls === undefined ? {} : { pulls: valueOf(pulls, readPulls) }),
    ...(firstParty === undefined ? {} : { firstParty }),
  });
}

function valueOf<T>(file: string, read: (value: unknown) => Read<T>): T {
  const { value, problem } = read(inputJson(file));
  if (problem !== undefined) throw new InputError([`${file} ${problem}`]);
  return value;
}
