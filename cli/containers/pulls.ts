import { Command, InvalidArgumentError, Option } from "commander";
import { type PullAnswer } from "../../agent/pulls/readPullView";
import { datasetId, projectId } from "../../core/names";
import { pullsReport } from "../../core/pulls/pullsReport";
import { PullView } from "../../core/pulls/views";
import { firstPartyPrefix } from "../../core/scan/parties";
import { loadAgent } from "../agent";
import { ExitCode } from "../exitCode";
import { checked } from "../images/options";
import { safe } from "../images/print";
import { print, tell } from "../images/session";
import { abortOnSignals } from "../signals";
import { adviceFor, type Asked, noPulls, noTables, noThirdParty } from "./pulls/advice";
import { csvOf, jsonOf, tableOf } from "./pulls/formats";

interface DatasetName {
  project: string;
  dataset: string;
}

interface PullsFlags {
  dataset: DatasetName;
  view: PullView;
  days?: number;
  until?: number;
  firstParty?: string[];
  billingProject?: string;
  maxGib: number;
  format: "table" | "json" | "csv";
  check?: boolean;
}

const DAY_MILLISECONDS = 86_400_000;
const GIB = 2 ** 30;

/** A month shows what is in use; the tracker looks further back, so that what is done stays in sight. */
const DEFAULT_DAYS = 30;
const TRACKER_DAYS = 90;

/** Somebody waits: what does not answer for some seconds is told rather than tried on. */
const PATIENCE = { attempts: 4 };

/** `kiln containers pulls`: how often clusters pull which images, from the logs that PullLogs collects. */
export function pullsCommand(exit: (code: ExitCode) => void): Command {
  return new Command("pulls")
    .description("Show how often clusters pull which images, and how close Docker Hub's limits are")
    .addOption(
      new Option("--dataset <project.dataset>", "dataset with the pull logs")
        .argParser(datasetName)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--view <view>", "what a line is about").choices(Object.values(PullView)).default(PullView.Image),
    )
    .addOption(
      new Option("--days <number>", `days back (default: ${DEFAULT_DAYS}, of the tracker ${TRACKER_DAYS})`).argParser(
        wholeNumber,
      ),
    )
    .addOption(
      new Option("--until <time>", "end of the period, such as 2026-11-01T00:00:00Z (default: now)").argParser(time),
    )
    .addOption(
      new Option(
        "--first-party <prefix>",
        "what names of your own begin with besides *-docker.pkg.dev, in place of what the views say; may be repeated",
      ).argParser((value: string, before: string[] = []) => [...before, checked(firstPartyPrefix)(value)]),
    )
    .addOption(
      new Option(
        "--billing-project <id>",
        "project in which the query runs and which pays (default: the dataset's)",
      ).argParser(checked(projectId)),
    )
    .addOption(new Option("--max-gib <number>", "refuse to read more than this").argParser(wholeNumber).default(10))
    .addOption(new Option("--format <format>", "form of the answer").choices(["table", "json", "csv"]).default("table"))
    .option("--check", "end with 3 where third-party images were pulled; with --view tracker, in the last 7 days")
    .action(async (flags: PullsFlags) => exit(await pulls(flags)));
}

async function pulls(flags: PullsFlags): Promise<ExitCode> {
  const { project, dataset } = flags.dataset;
  const until = flags.until ?? Date.now();
  const days = flags.days ?? (flags.view === PullView.Tracker ? TRACKER_DAYS : DEFAULT_DAYS);
  const asked = { dataset: `${project}.${dataset}`, billingProject: flags.billingProject ?? project, days };
  const problem = problemOf(flags, days);
  if (problem !== undefined) {
    tell(`error: ${problem}`);
    return ExitCode.Usage;
  }
  const period = { since: until - days * DAY_MILLISECONDS, until };
  const answer = await answered(flags, asked, period);
  if (typeof answer === "number") return answer;
  return shown(answer, flags, asked, period);
}

function problemOf({ view, check }: PullsFlags, days: number): string | undefined {
  if (view === PullView.Tracker && days < 14) return "--view tracker compares two weeks: give --days 14 or more";
  const checks: PullView[] = [PullView.Image, PullView.Tracker];
  if (check && !checks.includes(view)) return "--check goes with --view image or tracker";
  return undefined;
}

interface Period {
  since: number;
  until: number;
}

/** What the dataset answers, or how the command ends. */
async function answered(flags: PullsFlags, asked: Asked, period: Period): Promise<PullAnswer | ExitCode> {
  const interrupted = abortOnSignals((isFirst) => {
    if (!isFirst) process.exit(ExitCode.Interrupted);
    tell("cancelling the query; once more ends at once");
  });
  const agent = await loadAgent();
  try {
    const host = { ...agent.machine, log: () => undefined };
    const retry = agent.limited(agent.retrying(host, { ...agent.PATIENCE, ...PATIENCE }));
    const bigQuery = agent.googleClients(agent.googleFrom(process.env)).bigQuery(asked.billingProject);
    await agent.findBigQueryCredentials(bigQuery);
    const { dataset, view, firstParty, maxGib } = flags;
    return await agent.readPullView(
      { bigQuery, host, retry, signal: interrupted.signal },
      { dataset, view, ...period, mostBytes: maxGib * GIB, ...(firstParty ? { firstParty } : {}) },
    );
  } catch (error) {
    if (interrupted.signal.aborted) return ExitCode.Interrupted;
    const failure = agent.failureOf(error);
    tell(`error: ${safe(failure.message)}`);
    const advice = adviceFor(failure, asked);
    if (advice !== "") tell(advice);
    return ExitCode.Failed;
  } finally {
    interrupted.end();
  }
}

function shown({ rows, tables, fromView }: PullAnswer, flags: PullsFlags, asked: Asked, period: Period): ExitCode {
  if (rows === undefined) {
    tell(noTables(asked.dataset));
    return ExitCode.Failed;
  }
  const { view, format, check } = flags;
  if (rows.length === 0) tell(view === PullView.Tracker ? noThirdParty(asked) : noPulls(asked));
  if (fromView && tables.shards > 0)
    tell(`note: the views leave ${tables.shards} tables events_YYYYMMDD aside; --first-party reads them too`);
  const [from, to] = [period.since, period.until].map((at) => new Date(at).toISOString());
  const report = pullsReport(view === PullView.Image ? rows : [], { dataset: asked.dataset, from, to });
  const answer = { view, rows, report };
  if (format === "json") print(jsonOf(answer));
  else print(format === "csv" ? csvOf(answer) : tableOf(answer));
  const isPulled = rows.some(({ third_party, done_since }) => third_party === true || done_since === null);
  return check && isPulled ? ExitCode.Violations : ExitCode.Ok;
}

function datasetName(value: string): DatasetName {
  const dot = value.lastIndexOf(".");
  const [project, dataset] = [value.slice(0, Math.max(0, dot)), value.slice(dot + 1)];
  const problem = projectId(project) ?? datasetId(dataset);
  if (problem !== undefined)
    throw new InvalidArgumentError(`It must be PROJECT.DATASET, such as acme-logs.image_pull_logs; a part ${problem}.`);
  return { project, dataset };
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError("It must be a whole number from 1 to 9999.");
  return Number(value);
}

function time(value: string): number {
  const milliseconds = /^\d{4}-\d\d-\d\d(T[\d:.]+Z)?$/.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(milliseconds)) throw new InvalidArgumentError("It must be a time such as 2026-11-01T00:00:00Z.");
  return milliseconds;
}
