import { HUB_HOURS, hubBatches, hubPulls } from "../../../core/migration/batches";
import { componentCode } from "../../../core/migration/componentCode";
import { type LeftOut } from "../../../core/migration/inventory";
import { MigrationMode, type PlannedImage } from "../../../core/migration/migrationPlan";
import { type MadePlan } from "../../../core/migration/planner";
import { counted, safe, table } from "../../images/print";

/** What became of the file. */
export interface Written {
  file: string;
  isNew: boolean;
  isChanged: boolean;
  dryRun: boolean;
  /** Pulls from Docker Hub in six hours. */
  budget: number;
}

/** Images that a terminal shows; the file has them all. */
const MOST_SHOWN = 10;

/** What people are told of a plan. */
export function summaryOf(made: MadePlan, written: Written): string {
  const { images, unused = [] } = made.document.spec;
  return [
    firstImages(images),
    registries(images),
    `${batchesText(images, written.budget)}\n`,
    unused.length > 0
      ? `${counted(unused.length, "image")} of files that no log has a pull of: see unused in the plan\n`
      : "",
    unnamed(made),
    changes(made, written),
    leftOut(made.left),
    images.length > 0 ? `\nThe repositories, as a component:\n\n${componentCode(made.document)}` : "",
    `\n${outcome(written)}\n`,
  ].join("");
}

function firstImages(images: readonly PlannedImage[]): string {
  if (images.length === 0) return "No third-party image is in use.\n";
  const rows = images
    .slice(0, MOST_SHOWN)
    .map(({ source, mode, batch, uses, running, pulls }) => [
      ...[mode, String(batch), String(uses), String(running ?? "-"), String(pulls ?? "-"), source],
    ]);
  const more = images.length > MOST_SHOWN ? `… and ${images.length - MOST_SHOWN} more in the plan\n` : "";
  return `${table(["MODE", "BATCH", "USES", "RUNNING", "PULLS", "IMAGE"], rows)}${more}\n`;
}

function registries(images: readonly PlannedImage[]): string {
  const byHost = new Map<string, PlannedImage[]>();
  for (const image of images) {
    const host = image.source.split("/")[0];
    byHost.set(host, [...(byHost.get(host) ?? []), image]);
  }
  if (byHost.size === 0) return "";
  const rows = [...byHost]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([host, those]) => {
      const copied = those.filter(({ mode }) => mode === MigrationMode.Copy).length;
      return [String(those.length), String(copied), String(those.length - copied), host];
    });
  return `${table(["IMAGES", "COPIED", "REMOTE", "REGISTRY"], rows)}\n`;
}

function batchesText(images: readonly PlannedImage[], budget: number): string {
  const { images: count, pulls, batches, hours } = hubBatches(images);
  if (count === 0) return "Nothing is copied from Docker Hub.";
  const about = images.some((image) => hubPulls(image) > 0 && image.platforms === undefined) ? "about " : "";
  return `${counted(count, "image")} of Docker Hub: ${about}${pulls} pulls, ${batches} ${batches === 1 ? "batch" : "batches"}, ${hours} h with ${budget} pulls in ${HUB_HOURS} h`;
}

function changes({ added, gone, kept }: MadePlan, { isNew }: Written): string {
  if (isNew) return "";
  return [
    ...listed(added, "new"),
    ...listed(gone, "named by nothing any more (--prune drops them)"),
    ...kept.map(
      ({ source, destination, byRules }) =>
        `kept: ${source} goes to ${destination}; by the rules ${byRules} (--follow-rules)`,
    ),
  ]
    .map((line) => `${safe(line)}\n`)
    .join("");
}

/** What runs or is pulled, and stands in no file that was scanned: nobody would rewrite it. */
function unnamed({ document, gone }: MadePlan): string {
  const sources = document.spec.images.filter(({ uses }) => uses === 0).map(({ source }) => source);
  const names = sources.filter((source) => !gone.includes(source));
  if (names.length === 0) return "";
  const shown = names.slice(0, MOST_SHOWN).join(", ");
  const more = names.length > MOST_SHOWN ? ` and ${names.length - MOST_SHOWN} more` : "";
  return `${counted(names.length, "image")} in use that no file names, so look for their charts and programs: ${safe(shown)}${more}\n`;
}

function listed(sources: readonly string[], what: string): string[] {
  return sources.map((source) => `${what}: ${source}`);
}

function leftOut(left: readonly LeftOut[]): string {
  if (left.length === 0) return "";
  const rows = left.map(({ file, line, column, reference, reason }) => [
    [file, line, column].filter((part) => part !== undefined).join(":"),
    reference,
    reason,
  ]);
  return `\nLeft out:\n\n${table(["PLACE", "NAME", "REASON"], rows)}`;
}

function outcome({ file, isNew, isChanged, dryRun }: Written): string {
  if (!isChanged) return `${safe(file)} stays as it is`;
  if (dryRun) return `${safe(file)} would be ${isNew ? "written" : "changed"}`;
  return `${safe(file)} is ${isNew ? "written" : "changed"}: review it, then kiln containers copy ${safe(file)}`;
}
