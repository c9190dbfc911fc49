import { Command, InvalidArgumentError, Option } from "commander";
import { readRepositoryUrl } from "../../core/access/repositoryUrl";
import { readRegistryName } from "../../core/migration/names";
import { type RepositoryAddress } from "../../core/registry/addresses";
import { type RegistryAccess } from "../../preview/access/registryAccess";
import { version } from "../../package.json";
import { PreviewError } from "../../preview/problem";
import { loadAgent } from "../agent";
import { ExitCode } from "../exitCode";
import { safe } from "../images/print";
import { print, tell } from "../images/session";
import { abortOnSignals } from "../signals";
import { addEnvironmentOptions, type EnvironmentFlags, environmentsOf } from "./access/environments";
import { accessRows, type Asked, type Sources } from "./access/sources";
import { InputError, planFile } from "./plan/files";
import { accessJson, accessTable } from "./access/show";

interface AccessFlags extends EnvironmentFlags {
  repository?: RepositoryAddress[];
  graph?: string[];
  program?: string[];
  stack?: string;
  live?: boolean;
  impersonate?: boolean;
  format: "table" | "json";
}

/** `kiln containers access`: who may pull from where images are going, and what grants it to those who may not. */
export function accessCommand(exit: (code: ExitCode) => void): Command {
  const command = new Command("access")
    .description("Tell who may not pull from where images are going, and what grants it; nothing is changed")
    .argument("[plan]", "plan whose destinations are asked after (default: all repositories of the programs)")
    .addOption(
      new Option(
        "--repository <address>",
        "ask after LOCATION-docker.pkg.dev/PROJECT/REPOSITORY besides; may be repeated",
      ).argParser((text: string, before: RepositoryAddress[] = []) => [...before, repositoryIn(text)]),
    );
  return addEnvironmentOptions(command)
    .addOption(
      new Option(
        "--program <dir>",
        "count what this Pulumi program grants, previewed offline; may be repeated",
      ).argParser(collect),
    )
    .option("-s, --stack <name>", "stack of the programs (default: dev, or the only one with a file)")
    .addOption(
      new Option("--graph <file>", "the same from what kiln preview --format json printed; may be repeated").argParser(
        collect,
      ),
    )
    .option("--live", "count what Google Cloud has granted")
    .option("--impersonate", "with --live, ask Artifact Registry as each account that you may impersonate")
    .addOption(new Option("--format <format>", "form of the answer").choices(["table", "json"]).default("table"))
    .action(async (plan: string | undefined, flags: AccessFlags, self: Command) => {
      const problem = usageProblem(plan, flags);
      if (problem !== undefined) self.error(`error: ${problem}`);
      exit(await run(plan, flags));
    });
}

function repositoryIn(text: string): RepositoryAddress {
  const { address, problem } = readRepositoryUrl(text);
  if (!address) throw new InvalidArgumentError(`It ${problem}.`);
  return address;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function usageProblem(plan: string | undefined, flags: AccessFlags): string | undefined {
  const { graph = [], program = [], repository = [], live } = flags;
  const hasPrograms = graph.length + program.length > 0;
  if (environmentsOf(flags).length === 0) return "name who pulls, such as --gke PROJECT or --run PROJECT";
  if (!hasPrograms && !live) return "say where to look: --program DIR, --graph FILE or --live";
  if (flags.impersonate && !live) return "option '--impersonate' needs '--live'";
  if (plan === undefined && repository.length === 0 && !hasPrograms)
    return "name a plan or a --repository that is asked after";
  return undefined;
}

async function run(plan: string | undefined, flags: AccessFlags): Promise<ExitCode> {
  const interrupted = abortOnSignals();
  try {
    const repositories = [...(flags.repository ?? []), ...(plan === undefined ? [] : destinationsOf(plan))];
    const programs = await programsOf(flags, interrupted.signal);
    const sources = { programs, ...(await liveOf(flags)), impersonate: flags.impersonate ?? false };
    return await show({ environments: environmentsOf(flags), repositories }, sources, flags.format);
  } catch (error) {
    await refuse(error);
    return ExitCode.Failed;
  } finally {
    interrupted.end();
  }
}

function destinationsOf(file: string): RepositoryAddress[] {
  return planFile(file).document.spec.images.flatMap(({ destination }) => readRegistryName(destination).name ?? []);
}

async function programsOf(
  { graph = [], program = [], stack }: AccessFlags,
  signal: AbortSignal,
): Promise<RegistryAccess[]> {
  const { registryAccessOf } = await import("../../preview/access/registryAccess.js");
  const { readGraphFile } = await import("../../preview/graphFile.js");
  const graphs = graph.map(readGraphFile);
  const { previewOffline } = await import("../../preview/offline.js");
  for (const directory of program) graphs.push(await previewOffline({ directory, stack, signal }));
  return graphs.map(registryAccessOf);
}

/** Somebody waits: what does not answer for some seconds is told rather than tried on. */
const PATIENCE = { attempts: 4 };

async function liveOf({ live }: AccessFlags) {
  if (!live) return {};
  const agent = await loadAgent();
  const access = agent.liveAccess({ environment: process.env, host: agent.machine, patience: PATIENCE });
  try {
    await access.signIn();
  } catch (error) {
    throw new InputError([`${agent.failureOf(error).message}; sign in: gcloud auth application-default login`]);
  }
  return { live: access };
}

async function show(asked: Asked, sources: Sources, format: AccessFlags["format"]): Promise<ExitCode> {
  const rows = await accessRows(asked, sources);
  if (rows.length === 0) throw new InputError(["there is no repository to ask after: name a plan or a --repository"]);
  print(format === "json" ? accessJson(rows) : accessTable(rows));
  const open = rows.filter(({ state }) => state === "unknown").length;
  if (open > 0 && format === "json") tell(`warning: ${open} of ${rows.length} cannot be told`);
  return rows.some(({ state }) => state === "missing") ? ExitCode.Failed : ExitCode.Ok;
}

async function refuse(error: unknown): Promise<void> {
  if (error instanceof PreviewError) {
    const { errorReport } = await import("../../preview/report/index.js");
    process.stderr.write(errorReport(error, { color: false, version, projectFile: "Pulumi.yaml" }));
  } else if (error instanceof InputError) for (const message of error.messages) tell(`error: ${safe(message)}`);
  else if (error instanceof RangeError) tell(`error: ${safe(error.message)}`);
  else throw error;
}
