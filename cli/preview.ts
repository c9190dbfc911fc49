import { Command, InvalidArgumentError, Option } from "commander";
import { duration, seconds } from "../core/durations";
import { type Format, type PreviewGraph } from "../preview";
import { version } from "../package.json";
import { type SecretTexts } from "../preview/monitor/secrets";
import { type MakePacks } from "../preview/policies";
import { ExitCode } from "./exitCode";
import { FORMATS, misplaced, type Output, parseOutput, writeOutputs } from "./output";
import { projectFileIn } from "./projectFile";
import { abortOnSignals } from "./signals";

interface PreviewFlags {
  stack?: string;
  answers?: string;
  format: Format;
  output?: Output[];
  timeout: number;
  engine: "offline" | "pulumi";
  from?: string;
  compare?: string;
  costs?: boolean;
  policyPack?: string[];
  policyPackConfig?: string[];
  color: boolean;
}

/** `kiln preview`: what a Pulumi program declares, without a cloud. */
export function previewCommand(exit: (code: ExitCode) => void): Command {
  return new Command("preview")
    .description("Show what a Pulumi program declares: no account, no Pulumi CLI, no network")
    .argument("[dir]", "folder of the Pulumi project", ".")
    .option("-s, --stack <name>", "stack whose configuration is used (default: dev, or the only one with a file)")
    .option("--answers <file>", "JSON file with the results of look-ups such as getImage")
    .addOption(new Option("--format <format>", "form of the report").choices(FORMATS).default("text"))
    .addOption(
      new Option(
        "--output <format=file>",
        "write a report into a file besides, such as html=report.html; may be repeated",
      ).argParser(parseOutput),
    )
    .addOption(
      new Option("--timeout <duration>", "stop the program after this time, such as 90s, 5m or 1h")
        .argParser(parseDuration)
        .default(300_000, "5m"),
    )
    .addOption(
      new Option("--engine <engine>", "offline, or the installed Pulumi CLI with its state, diff and provider checks")
        .choices(["offline", "pulumi"])
        .default("offline"),
    )
    .addOption(
      new Option("--from <file>", "read what pulumi preview --json wrote, instead of running anything").conflicts([
        "engine",
        "answers",
      ]),
    )
    .addOption(
      new Option("--compare <file>", "say what differs from a base that --format json printed").conflicts("from"),
    )
    .option("--costs", "count what Google bills, and say what drives it")
    .addOption(
      new Option("--policy-pack <dir>", "run the rules of a policy pack; may be repeated")
        .argParser(collect)
        .conflicts("from"),
    )
    .addOption(
      new Option(
        "--policy-pack-config <file>",
        "JSON file with settings of the pack; one for each --policy-pack",
      ).argParser(collect),
    )
    .option("--no-color", "plain text on a terminal too")
    .action(async (directory: string, flags: PreviewFlags, command: Command) => {
      if (flags.engine === "pulumi" && flags.answers !== undefined)
        command.error("error: option '--answers <file>' is for the offline engine; the Pulumi CLI asks Google itself");
      if (flags.engine === "pulumi" && flags.compare !== undefined)
        command.error(
          "error: option '--compare <file>' is for the offline engine; the Pulumi CLI compares with the state",
        );
      refusePacks(flags, command);
      refuseOutputs(flags, command);
      exit(await preview(directory, flags));
    });
}

function parseDuration(text: string): number {
  const reason = duration(text);
  if (reason !== undefined) throw new InvalidArgumentError(`It ${reason}.`);
  if (seconds(text) === 0) throw new InvalidArgumentError("It must be longer than 0s.");
  return seconds(text) * 1000;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** As in Pulumi, the first configuration is that of the first pack, and so on. */
function refusePacks(
  { engine, policyPack: packs = [], policyPackConfig: configs }: PreviewFlags,
  command: Command,
): void {
  if (engine === "pulumi" && packs.length > 0)
    command.error(
      "error: option '--policy-pack <dir>' is for the offline engine; the Pulumi CLI runs packs itself: pulumi preview --policy-pack",
    );
  if (configs && configs.length !== packs.length)
    command.error(
      `error: option '--policy-pack-config <file>' must be given once for each '--policy-pack <dir>', in their order; got ${configs.length} for ${packs.length}`,
    );
}

function refuseOutputs(
  { output = [], answers, compare, from, policyPackConfig = [] }: PreviewFlags,
  command: Command,
): void {
  const read = {
    "--answers": answers === undefined ? [] : [answers],
    "--compare": compare === undefined ? [] : [compare],
    "--from": from === undefined ? [] : [from],
    "--policy-pack-config": policyPackConfig,
  };
  const reason = misplaced(output, read);
  if (reason !== undefined) command.error(`error: option '--output <format=file>': ${reason}; name another file`);
}

async function preview(directory: string, flags: PreviewFlags): Promise<ExitCode> {
  const { errorReport, RENDERERS, reportOf } = await import("../preview/report/index.js");
  const { PreviewError } = await import("../preview/problem.js");
  const { SecretTexts } = await import("../preview/monitor/secrets.js");
  // The program must not outlive an interrupted command.
  const interrupted = abortOnSignals();
  const progress = startProgress();
  try {
    const base = await readBase(flags);
    const secrets = new SecretTexts();
    const graph = await readGraph(directory, flags, secrets, interrupted.signal);
    base?.check(graph);
    progress.end();
    const report = reportOf(graph, { base: base?.graph, secrets, costs: flags.costs });
    const render = (format: Format, color: boolean) =>
      RENDERERS[format](report, { color, version, projectFile: projectFileIn(directory) });
    writeOutputs(flags.output ?? [], (format) => render(format, false));
    process.stdout.write(render(flags.format, wantsColor(flags, process.stdout)));
    return violatesMandatory(graph) ? ExitCode.Violations : ExitCode.Ok;
  } catch (error) {
    progress.end();
    if (!(error instanceof PreviewError)) throw error;
    process.stderr.write(errorReport(error, { color: wantsColor(flags, process.stderr) }));
    return ExitCode.Failed;
  } finally {
    interrupted.end();
  }
}

function violatesMandatory({ policyPacks = [] }: PreviewGraph): boolean {
  return policyPacks.some(({ violations }) => violations.some(({ level }) => level === "mandatory"));
}

/** The base comes first: a mistake in it needs no run of the program. */
async function readBase({
  compare,
}: PreviewFlags): Promise<{ graph: PreviewGraph; check(head: PreviewGraph): void } | undefined> {
  if (compare === undefined) return undefined;
  const { checkComparable, readGraphFile } = await import("../preview/graphFile.js");
  const graph = readGraphFile(compare);
  return { graph, check: (head) => checkComparable(graph, head, compare) };
}

/** Loads what the flags ask for, and no more: the start is half of the time of a small preview. */
async function readGraph(
  directory: string,
  flags: PreviewFlags,
  secrets: SecretTexts,
  signal: AbortSignal,
): Promise<PreviewGraph> {
  const { stack, timeout: timeoutMs } = flags;
  if (flags.from !== undefined) return (await import("../preview/engine/pulumiJson.js")).readPulumiJson(flags.from);
  if (flags.engine === "pulumi") {
    const { previewWithPulumi } = await import("../preview/engine/pulumiCli.js");
    return previewWithPulumi({ directory, stack, timeoutMs, signal });
  }
  const answers =
    flags.answers === undefined ? undefined : (await import("../preview/answersFile.js")).readAnswers(flags.answers);
  const { previewOffline } = await import("../preview/offline.js");
  return previewOffline({ directory, stack, answers, policies: await readPacks(flags), secrets, timeoutMs, signal });
}

async function readPacks({
  policyPack: packs,
  policyPackConfig: configs,
}: PreviewFlags): Promise<MakePacks | undefined> {
  if (!packs) return undefined;
  const { policyPacks } = await import("../preview/policies/index.js");
  return policyPacks(packs.map((directory, at) => ({ directory, config: configs?.[at] })));
}

function startProgress(): { end(): void } {
  if (!process.stderr.isTTY) return { end: () => undefined };
  process.stderr.write("Running the program …");
  return { end: () => void process.stderr.write("\r\u001b[K") };
}

function wantsColor({ color }: PreviewFlags, stream: NodeJS.WriteStream): boolean {
  return color && stream.isTTY && !process.env.NO_COLOR;
}
