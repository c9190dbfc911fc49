import { Command, Option } from "commander";
import { type RewrittenFile } from "../../core/rewrite/rewriteTree";
import { firstPartyPrefix } from "../../core/scan/parties";
import { ExitCode } from "../exitCode";
import { checked } from "../images/options";
import { json, safe } from "../images/print";
import { print, tell } from "../images/session";
import { givenInputs } from "./plan/given";
import { rewrittenTree, type TreeFile, type TreeFlags } from "./rewrite/tree";
import { planFile, refuseMissing } from "./plan/files";
import { replaceFile } from "./rewrite/replace";
import { difference } from "../../core/rewrite/verify";
import { scanFile } from "../../core/scan/scanFile";
import { changed, differences, leftIn, leftText, linesText } from "./rewrite/show";

interface RewriteFlags extends TreeFlags {
  check?: boolean;
  diff?: boolean;
  format: "table" | "json";
}

/** `kiln containers rewrite`: makes files name the images where the plan has put them. */
export function rewriteCommand(exit: (code: ExitCode) => void): Command {
  return new Command("rewrite")
    .description("Make Dockerfiles and manifests name images where the plan puts them; nothing else in a file moves")
    .argument("<plan>", "file of the plan")
    .argument("[paths...]", "files and folders", ["."])
    .option("--check", "write nothing, and end with 1 where something would change")
    .option("--diff", "write nothing, and print the differences as a patch")
    .addOption(new Option("--pin", "write the digests that images have at their destinations").conflicts("revert"))
    .option("--likely", "rewrite places too that only look like names of images")
    .option("--revert", "the way back: make files name the sources again")
    .addOption(
      new Option("--first-party <prefix>", "registry of your own, such as gcr.io/acme; may be repeated").argParser(
        (value: string, before: string[] = []) => [...before, checked(firstPartyPrefix)(value)],
      ),
    )
    .option("--ledger <file>", "what kiln containers copy wrote (default: the one beside the plan)")
    .option("--no-ledger", "take all images for copied")
    .option("--no-ignore", "read files too that git ignores")
    .addOption(new Option("--format <format>", "form of the answer").choices(["table", "json"]).default("table"))
    .action(async (plan: string, paths: string[], flags: RewriteFlags) =>
      exit(await givenInputs(() => rewrite(plan, paths, flags))),
    );
}

function rewrite(plan: string, paths: readonly string[], flags: RewriteFlags): ExitCode {
  const { document } = planFile(plan);
  refuseMissing(paths);
  const all = rewrittenTree({ file: plan, document }, paths, flags);
  const files = all.filter(({ file, text }) => text !== file.text);
  const isWriting = !flags.check && !flags.diff;
  const written = isWriting ? writeAll(files) : { done: files, problems: [] };
  show(all, written.done, flags);
  for (const problem of written.problems) tell(`error: ${safe(problem)}`);
  if (written.problems.length > 0) return ExitCode.Failed;
  return flags.check && files.length > 0 ? ExitCode.Failed : ExitCode.Ok;
}

function writeAll(files: readonly RewrittenFile<TreeFile>[]) {
  const problems: string[] = [];
  const done = files.filter(({ file, text, expected }) => {
    const check = (now: string) => difference(scanFile(file.scanner, file.path, now), expected);
    const problem = replaceFile({ path: file.at, from: file.text, to: text, check });
    if (problem !== undefined) problems.push(`${file.path} ${problem}`);
    return problem === undefined;
  });
  return { done, problems };
}

function show(
  all: readonly RewrittenFile<TreeFile>[],
  changedFiles: readonly RewrittenFile<TreeFile>[],
  flags: RewriteFlags,
): void {
  const changes = changedFiles.flatMap(changed);
  const left = all.flatMap(leftIn);
  if (flags.format === "json") print(json({ changes, left }));
  else if (flags.diff) {
    print(differences(changedFiles, process.stdout.isTTY));
    for (const line of left) tell(`left: ${safe(leftText(line))}`);
  } else print(linesText(changes, left, !flags.check));
}
