import { Command, Option } from "commander";
import { type Certainty } from "../../core/scan/imageUse";
import { firstPartyPrefix, Party } from "../../core/scan/parties";
import { imageScan, type ImageScanDocument, type ScanWarning } from "../../core/scan/report";
import { CERTAINTIES, selected } from "../../core/scan/select";
import { ExitCode } from "../exitCode";
import { checked } from "../images/options";
import { safe } from "../images/print";
import { print, tell } from "../images/session";
import { type ClusterFlags, runningContainers } from "./scan/clusters";
import { type Group, GROUPS, SCAN_FORMATS, type ScanFormat, shown } from "./scan/show";
import { givenInputs } from "./plan/given";
import { refuseMissing } from "./plan/files";
import { withProgress } from "./scan/progress";
import { findingsBelow } from "./scan/scanTree";

interface ScanFlags extends ClusterFlags {
  format: ScanFormat;
  group: Group;
  thirdParty?: boolean;
  firstParty?: string[];
  certainty: Certainty;
  ignore: boolean;
  check?: boolean;
}

/** `kiln containers scan`: every image that a tree and clusters use. */
export function scanCommand(exit: (code: ExitCode) => void): Command {
  return new Command("scan")
    .description("Find every image that files and clusters use, with place and certainty")
    .argument("[paths...]", "folders and files (default: this folder, where no cluster is asked)")
    .addOption(new Option("--format <format>", "form of the answer").choices(SCAN_FORMATS).default("table"))
    .addOption(new Option("--group <group>", "what a line of a table is about").choices(GROUPS).default("file"))
    .option("--third-party", "images of others alone")
    .addOption(
      new Option(
        "--first-party <prefix>",
        "what names of your own begin with besides *-docker.pkg.dev, such as gcr.io/acme-prod; may be repeated",
      ).argParser((value: string, before: string[] = []) => [...before, checked(firstPartyPrefix)(value)]),
    )
    .addOption(
      new Option("--certainty <certainty>", "how sure a place must be at least").choices(CERTAINTIES).default("look"),
    )
    .option("--no-ignore", "read files too that git ignores")
    .option("--kubeconfig <file>", "ask the cluster of this file's current context, or of each --context")
    .addOption(new Option("--context <name>", "ask this cluster, through kubectl; may be repeated").argParser(collect))
    .addOption(
      new Option("--pods <file>", "what kubectl get pods -A -o json printed; may be repeated").argParser(collect),
    )
    .option("--check", "end with 3 where a third-party image is used")
    .action(async (paths: string[], flags: ScanFlags) => exit(await scan(paths, flags)));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

async function scan(paths: readonly string[], flags: ScanFlags): Promise<ExitCode> {
  return givenInputs(async () => {
    const document = await scanAll(paths, flags);
    if (flags.format !== "json") for (const warning of document.warnings) tell(`warning: ${warningText(warning)}`);
    print(shown(document, flags.format, flags.group));
    return flags.check && usesThirdParty(document) ? ExitCode.Violations : ExitCode.Ok;
  });
}

/** What is asked for of all that paths and clusters use. */
async function scanAll(paths: readonly string[], flags: ScanFlags): Promise<ImageScanDocument> {
  const asksClusters = [flags.kubeconfig, flags.context, flags.pods].some((flag) => flag !== undefined);
  const roots = paths.length === 0 && !asksClusters ? ["."] : paths;
  refuseMissing(roots);
  const running = await runningContainers(flags);
  const warnings: ScanWarning[] = [];
  const options = { includeIgnored: !flags.ignore, warn: (warning: ScanWarning) => warnings.push(warning) };
  const files = withProgress(findingsBelow(roots, options));
  return selected(imageScan({ files, running, warnings, firstParty: flags.firstParty }), flags);
}

function usesThirdParty({ summary }: ImageScanDocument): boolean {
  return summary.parties[Party.Third] > 0;
}

function warningText({ file, line, column, message }: ScanWarning): string {
  return safe(`${[file, line, column].filter((part) => part !== undefined).join(":")}: ${message}`);
}
