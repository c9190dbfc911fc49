import { type Command } from "commander";
import { readFileSync } from "node:fs";
import { type AuditEvent, auditEventsOf } from "../../core/lifecycle/auditEvents";
import { unknownFamily } from "../../core/lifecycle/change";
import { type HistoryEvent, historyOf } from "../../core/lifecycle/history";
import { ExitCode } from "../exitCode";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { json, shortTime, table } from "./print";
import { inSession, print, tell } from "./session";

interface HistoryFlags extends ImagesFlags {
  audit?: string;
}

/** `kiln images history`: what a family stood for over time. */
export function historyCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("history", "Show what a family stood for over time")
    .argument("<family>", "family whose timeline is shown")
    .option("--audit <file>", "entries of the audit log, as gcloud logging read --format json prints them")
    .action(async (family: string, flags: HistoryFlags, command: Command) => {
      const audit = flags.audit === undefined ? [] : readAudit(flags.project, flags.audit);
      if (typeof audit === "string") command.error(`error: option '--audit <file>': ${audit}`);
      exit(
        await inSession(flags, async ({ factory }) => {
          const images = await factory.images.list();
          const events = historyOf({ images, family, audit: audit, now: factory.host.now() });
          if (events.length === 0) {
            tell(`error: ${unknownFamily(images, family)}`);
            return ExitCode.Failed;
          }
          print(flags.format === "json" ? json(events) : timeline(events));
          return ExitCode.Ok;
        }),
      );
    });
}

function readAudit(project: string, file: string): AuditEvent[] | string {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, "utf8"));
    return Array.isArray(entries) ? auditEventsOf(project, entries) : `${file} must hold a list of entries`;
  } catch (error) {
    return `${file} cannot be read: ${(error as Error).message}`;
  }
}

function timeline(events: readonly HistoryEvent[]): string {
  const isOneLine = new Set(events.map(({ architecture }) => architecture)).size === 1;
  const rows = events.map(({ at, kind, image, architecture, standsFor, moved, by, note }) => [
    at === undefined ? "later, undated" : shortTime(at),
    image,
    kind,
    ...(isOneLine ? [] : [architecture]),
    moved ? `-> ${standsFor ?? "nothing"}` : "",
    by ?? "",
    note ?? "",
  ]);
  const headings = ["WHEN", "IMAGE", "WHAT", ...(isOneLine ? [] : ["ARCHITECTURE"]), "FAMILY", "WHO", "NOW"];
  return table(headings, rows);
}
