import { Command, InvalidArgumentError, Option } from "commander";
import { assetScope, bucketName, projectId } from "../../core/names";
import { type Rule } from "../../core/rules";

/** What every command for images is told. */
export interface ImagesFlags {
  project: string;
  format: "table" | "json";
  /** Where the command needs policies. */
  bucket?: string;
  /** Where the command looks who uses images. */
  consumer?: string[];
  assetScope?: string;
}

/** What a command needs besides the images. */
export interface Needs {
  /** It reads policies. */
  policies?: boolean;
  /** It looks who uses the images. */
  usage?: boolean;
}

/** A command for images, with the options that all share. */
export function imagesSubcommand(name: string, description: string, { policies, usage }: Needs = {}): Command {
  const command = new Command(name)
    .description(description)
    .addOption(
      new Option("--project <id>", "project that holds the images")
        .env("GOOGLE_CLOUD_PROJECT")
        .argParser(checked(projectId))
        .makeOptionMandatory(),
    );
  if (policies || usage)
    command.addOption(
      new Option("--bucket <name>", "bucket with the policies (default: the project's id and -kiln)").argParser(
        checked(bucketName),
      ),
    );
  if (usage)
    command
      .addOption(
        new Option("--consumer <project>", "project that uses the images; may be repeated").argParser(
          (value: string, before: string[] = []) => [...before, checked(projectId)(value)],
        ),
      )
      .addOption(
        new Option(
          "--asset-scope <scope>",
          "folders/N or organizations/N, all of whose projects use the images",
        ).argParser(checked(assetScope)),
      );
  return command.addOption(
    new Option("--format <format>", "form of the answer").choices(["table", "json"]).default("table"),
  );
}

/** An option's value by one of the rules that components follow too. */
export function checked(rule: Rule<string>): (value: string) => string {
  return (value) => {
    const problem = rule(value);
    if (problem !== undefined) throw new InvalidArgumentError(`It ${problem}.`);
    return value;
  };
}
