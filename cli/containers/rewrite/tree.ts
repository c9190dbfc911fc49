import { realpathSync } from "node:fs";
import { isLocal } from "../../../core/migration/inventory";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { readReference } from "../../../core/reference/reference";
import { type RewrittenFile, rewriteTree } from "../../../core/rewrite/rewriteTree";
import { backwardTargets, forwardTargets } from "../../../core/rewrite/targets";
import { type ImageUse } from "../../../core/scan/imageUse";
import { FIRST_PARTY, firstPartyBy, ownBy, Party, partyOf } from "../../../core/scan/parties";
import { knownUse } from "../../../core/scan/report";
import { scanFile } from "../../../core/scan/scanFile";
import { safe } from "../../images/print";
import { tell } from "../../images/session";
import { copiedBy } from "./copied";
import { type ReadFile, scannedBelow } from "../scan/scanTree";

/** A file as the rewriter takes it: `path` is what people see, `at` is what opens it. */
export type TreeFile = Omit<ReadFile, "path"> & { path: string; at: string };

/** How a tree is rewritten. */
export interface TreeFlags {
  pin?: boolean;
  likely?: boolean;
  revert?: boolean;
  firstParty?: string[];
  ignore: boolean;
  /** Ledger of the copy; nothing for the one beside the plan, `false` for none. */
  ledger?: string | false;
}

/** What becomes of the files below the paths. The plan itself is none of them. */
export function rewrittenTree(
  plan: { file: string; document: MigrationPlanDocument },
  paths: readonly string[],
  { pin, likely, revert, firstParty = [], ignore, ledger }: TreeFlags,
): RewrittenFile<TreeFile>[] {
  const files = filesBelow(paths, realpathSync(plan.file), !ignore);
  const options = {
    ...{ pin: pin ?? false, likely: likely ?? false },
    targetOf: revert ? backwardTargets(plan.document) : forwardTargets(plan.document, copiedBy(plan.file, ledger)),
    ...(revert ? {} : { isForeign: foreign(files, firstParty) }),
  };
  return rewriteTree(files, options, ({ scanner, path }, text) => scanFile(scanner, path, text));
}

function filesBelow(paths: readonly string[], plan: string, includeIgnored: boolean): TreeFile[] {
  const files: TreeFile[] = [];
  const warn = ({ file, message }: { file: string; message: string }) =>
    tell(`warning: ${safe(`${file}: ${message}`)}`);
  for (const { path, shown, ...rest } of scannedBelow(paths, { includeIgnored, warn })) {
    if (!rest.isExact) {
      if (rest.scan.uses.length > 0) warn({ file: shown, message: "is left as it is: save it as UTF-8 first" });
      continue;
    }
    const names = rest.scan.uses.length > 0 || /kustomization/i.test(shown);
    if (names && path !== plan) files.push({ ...rest, shown, path: shown, at: path });
  }
  return files;
}

/** Tells images of others, as a scan does; those of registries on one machine are nobody's to copy. */
function foreign(files: readonly TreeFile[], firstParty: readonly string[]): (use: ImageUse) => boolean {
  const named = (use: ImageUse) => ({ ...use, ...knownUse(use) });
  const isOwn = ownBy(files.flatMap(({ scan }) => scan.uses.map(named)));
  const isFirst = firstPartyBy([...FIRST_PARTY, ...firstParty]);
  return (use) => partyOf(named(use), isOwn, isFirst) === Party.Third && !isOnMachine(use.reference);
}

function isOnMachine(name: string): boolean {
  const { reference } = readReference(name);
  return reference !== undefined && isLocal(reference);
}
