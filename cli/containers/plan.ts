import { Command, InvalidArgumentError, Option } from "commander";
import { HUB_BUDGET } from "../../core/migration/batches";
import { ModeChoice } from "../../core/migration/modes";
import { platforms } from "../../core/migration/planRules";
import { type MadePlan, planMigration } from "../../core/migration/planner";
import { projectId } from "../../core/names";
import { registryLocation } from "../../core/registry/addresses";
import { firstPartyPrefix } from "../../core/scan/parties";
import { ExitCode } from "../exitCode";
import { checked } from "../images/options";
import { json, safe } from "../images/print";
import { print, tell } from "../images/session";
import { writeWhole } from "../output";
import { type EvidenceFlags, evidenceOf } from "./plan/evidence";
import { givenInputs } from "./plan/given";
import { planBefore } from "./plan/files";
import { writePlan } from "../../core/migration/writePlan";
import { summaryOf } from "./plan/summary";

interface PlanFlags extends EvidenceFlags {
  location?: string;
  project?: string;
  mode: ModeChoice;
  platform?: string[];
  dockerHubPulls: number;
  followRules?: boolean;
  prune?: boolean;
  output: string;
  dryRun?: boolean;
  format: "table" | "json";
}

/** `kiln containers plan`: writes where each third-party image goes. */
export function planCommand(exit: (code: ExitCode) => void): Command {
  return new Command("plan")
    .description("Write where each third-party image goes, as a file to review; a plan that is there keeps its edits")
    .argument("[paths...]", "files and folders to scan", ["."])
    .option("--scan <file>", "what kiln containers scan --format json printed, in place of paths")
    .option("--kubeconfig <file>", "ask the cluster of this file's current context, or of each --context")
    .addOption(each("--context <name>", "ask this cluster, through kubectl; may be repeated"))
    .addOption(each("--pods <file>", "pods that run, as kubectl get pods -A -o json prints them; may be repeated"))
    .option("--pulls <file>", "what kiln containers pulls --format json printed")
    .addOption(
      each(
        "--first-party <prefix>",
        "registry of your own, such as gcr.io/acme; may be repeated",
        checked(firstPartyPrefix),
      ),
    )
    .addOption(new Option("--location <location>", "where the repositories are").argParser(checked(registryLocation)))
    .addOption(new Option("--project <id>", "project that holds the repositories").argParser(checked(projectId)))
    .addOption(
      new Option("--mode <mode>", "how images without a rule of their own get there")
        .choices(Object.values(ModeChoice))
        .default(ModeChoice.Auto),
    )
    .addOption(
      each(
        "--platform <platform>",
        "copy these platforms alone, such as linux/amd64; may be repeated",
        checked((one) => platforms([one])),
      ),
    )
    .addOption(
      new Option(
        "--docker-hub-pulls <number>",
        `pulls from Docker Hub in six hours: ${HUB_BUDGET.account} with an account`,
      )
        .argParser(wholeNumber)
        .default(HUB_BUDGET.anonymous),
    )
    .option("--follow-rules", "make modes and destinations anew from the rules")
    .option("--prune", "drop images that nothing names any more")
    .option("--output <file>", "the plan", "migration-plan.yaml")
    .option("--dry-run", "write nothing")
    .addOption(new Option("--format <format>", "form of the answer").choices(["table", "json"]).default("table"))
    .action(async (paths: string[], flags: PlanFlags) => exit(await givenInputs(() => plan(paths, flags))));
}

/** What reads and writes YAML is loaded when it is needed. */
async function plan(paths: string[], flags: PlanFlags): Promise<ExitCode> {
  const before = planBefore(flags.output, flags.followRules ?? false);
  const { location, project } = { ...before?.document.spec.destination, ...given(flags) };
  if (location === undefined || project === undefined) {
    tell(`error: ${safe(flags.output)} is not there yet: --location and --project say where the repositories are`);
    return ExitCode.Usage;
  }
  const made = planMigration({
    ...(await evidenceOf(paths, flags)),
    ...{
      destination: { location, project },
      mode: flags.mode,
      budget: flags.dockerHubPulls,
      platforms: flags.platform,
    },
    ...{ before: before?.document, followRules: flags.followRules, prune: flags.prune },
  });
  for (const problem of made.problems) tell(`error: ${safe(problem)}`);
  if (made.problems.length > 0) return ExitCode.Failed;
  finish(made, flags, before?.text);
  return ExitCode.Ok;
}

/** Writes the plan, where it is another than before, and tells of it. */
function finish(made: MadePlan, flags: PlanFlags, before: string | undefined): void {
  const text = writePlan(made.document, before);
  const isChanged = text !== before;
  if (isChanged && !flags.dryRun) writeWhole(flags.output, text);
  const { output: file, dryRun = false, dockerHubPulls: budget } = flags;
  if (flags.format === "json") print(json({ plan: file, ...made }));
  else print(summaryOf(made, { file, isNew: before === undefined, isChanged, dryRun, budget }));
}

function given({ location, project }: PlanFlags): { location?: string; project?: string } {
  return { ...(location === undefined ? {} : { location }), ...(project === undefined ? {} : { project }) };
}

/** An option that may be repeated. */
function each(flags: string, description: string, check: (value: string) => string = (value) => value): Option {
  return new Option(flags, description).argParser((value: string, before: string[] = []) => [...before, check(value)]);
}

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError("It must be a whole number from 1.");
  return Number(value);
}
