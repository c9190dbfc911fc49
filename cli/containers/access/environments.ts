import { type Command, InvalidArgumentError, Option } from "commander";
import { type Environment, EnvironmentKind, hasOwnAccount } from "../../../core/access/environments";
import { projectId, projectNumber, serviceAccountEmail } from "../../../core/names";

/** What each option for an environment says of itself. */
const DESCRIPTIONS: Readonly<Record<EnvironmentKind, string>> = {
  [EnvironmentKind.Gke]: "clusters of this project pull, as the default account or as the one named",
  [EnvironmentKind.CloudRun]: "Cloud Run and functions of this project pull",
  [EnvironmentKind.CloudBuild]: "builds of this project pull",
  [EnvironmentKind.ComputeEngine]: "virtual machines of this project pull",
  [EnvironmentKind.AppEngineFlexible]: "App Engine's flexible environment of this project pulls",
};

const KINDS = Object.values(EnvironmentKind);

/** The options that name environments, as the command reads them. */
export type EnvironmentFlags = Partial<Record<EnvironmentKind, Environment[]>>;

/** Adds an option for each kind of environment, which may be repeated. */
export function addEnvironmentOptions(command: Command): Command {
  for (const kind of KINDS) {
    const form = hasOwnAccount(kind) ? "<project[:number][=account]>" : "<project[:number]>";
    command.addOption(
      new Option(`--${kind} ${form}`, `${DESCRIPTIONS[kind]}; may be repeated`).argParser(
        (text: string, before: Environment[] = []) => [...before, environmentIn(kind, text)],
      ),
    );
  }
  return command;
}

/** The environments that are named, in the order of their kinds. */
export function environmentsOf(flags: EnvironmentFlags): Environment[] {
  return KINDS.flatMap((kind) => flags[kind] ?? []);
}

function environmentIn(kind: EnvironmentKind, text: string): Environment {
  const equals = text.indexOf("=");
  const place = equals < 0 ? text : text.slice(0, equals);
  // The id of a project of a domain has a colon as well, and a letter after it.
  const [, project, number] = /^(.*?)(?::(\d+))?$/.exec(place) ?? [];
  const account = equals < 0 ? undefined : text.slice(equals + 1);
  const problems = [
    projectId(project),
    number === undefined ? undefined : projectNumber(number),
    account === undefined ? undefined : accountProblem(kind, account),
  ].filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new InvalidArgumentError(problems.map((problem) => `It ${problem}.`).join(" "));
  return {
    ...{ kind, project },
    ...(number === undefined ? {} : { projectNumber: number }),
    ...(account === undefined ? {} : { serviceAccount: account }),
  };
}

function accountProblem(kind: EnvironmentKind, account: string): string | undefined {
  if (!hasOwnAccount(kind))
    return "must be a project alone, since Cloud Run pulls as its service agent, whichever account services run as";
  return serviceAccountEmail(account);
}
