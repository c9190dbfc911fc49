import { existsSync } from "node:fs";
import { foldLedger } from "../../../core/copy/foldLedger";
import { ledgerPlace } from "../../../core/copy/tasks";
import { type Copied } from "../../../core/rewrite/targets";
import { inputText } from "../plan/files";
import { InputError } from "../plan/inputError";

/** A copy that one process makes. */
const ALONE = { shard: { task: 0, tasks: 1 } };

/**
 * What a ledger says was copied; nothing where there is none.
 *
 * @param ledger its file; nothing for the one beside the plan, `false` for none.
 */
export function copiedBy(plan: string, ledger: string | false | undefined): Copied | undefined {
  if (ledger === false) return undefined;
  const place = ledgerPlace(plan, ledger, ALONE);
  if (!("file" in place)) throw new InputError([`${String(ledger)} must be a file: fetch it with gcloud storage cp`]);
  if (ledger === undefined && !existsSync(place.file)) return undefined;
  const { state, problem } = foldLedger(inputText(place.file));
  if (problem !== undefined) throw new InputError([`${place.file} ${problem}`]);
  return new Map([...state.images].flatMap(([source, { copied }]) => (copied ? [[source, copied.digest]] : [])));
}
