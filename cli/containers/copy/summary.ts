import { type Outlook } from "../../../agent/copy/outlook";
import { type CopyResult } from "../../../agent/copy/runState";
import { bytesText, durationText } from "../../../core/copy/progress";
import { ExitCode } from "../../exitCode";
import { counted, table } from "../../images/print";

/** What was done, in one line. */
export function summaryOf({ copied, found, failed, left, bytes }: CopyResult, elapsed: number): string {
  const parts = [
    `${counted(copied, "image")} copied (${bytesText(bytes)})`,
    ...(found > 0 ? [`${found} there already`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(left > 0 ? [`${left} left`] : []),
  ];
  const next = failed.length + left > 0 ? "; the same command goes on where this one ended" : "";
  return `${parts.join(", ")} in ${durationText(elapsed)}${next}\n`;
}

/** Tells all from some from none. */
export function exitCodeOf({ copied, found, failed, left }: CopyResult, isInterrupted: boolean): ExitCode {
  if (isInterrupted && left > 0) return ExitCode.Interrupted;
  if (failed.length + left === 0) return ExitCode.Ok;
  return copied + found > 0 ? ExitCode.Partial : ExitCode.Failed;
}

/** What would be done, image by image. */
export function outlookText(outlooks: readonly Outlook[]): string {
  const rows = outlooks.map((one) => [whatText(one), one.source, sizeText(one), one.message ?? one.destination]);
  const copies = outlooks.filter(({ what }) => what === "copy");
  const reads = copies.reduce((sum, { manifests }) => sum + manifests, 0);
  const longest = Math.max(0, ...copies.map(({ wait }) => wait));
  return [
    table(["WHAT", "IMAGE", "SIZE", "DESTINATION"], rows),
    `\n${counted(copies.length, "image")} to copy, ${outlooks.filter(({ what }) => what === "there").length} there already, ${outlooks.filter(({ what }) => what === "fail").length} that cannot be copied\n`,
    reads === 0
      ? ""
      : `Docker Hub: about ${reads} manifests to read; the last image's turn comes ${longest === 0 ? "at once" : `in ${durationText(longest)}`}\n`,
  ].join("");
}

function whatText({ what, wait }: Outlook): string {
  if (what !== "copy") return what;
  return wait === 0 ? "copy" : `copy in ${durationText(wait)}`;
}

function sizeText({ bytes, manifests }: Outlook): string {
  if (bytes !== undefined) return bytesText(bytes);
  return manifests > 0 ? `${manifests} manifests` : "";
}
