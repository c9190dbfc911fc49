import { repositoryName, repositoryUrl, type RepositoryAddress } from "../registry/addresses";
import {
  type Environment,
  type EnvironmentKind,
  environmentHints,
  environmentLink,
  needsProjectNumber,
  pullerOf,
} from "./environments";
import { PULL_PERMISSION } from "./pullRoles";
import { type KnownAccess, type Verdict, verdictOf } from "./verdict";

/** Whether one environment may pull from one repository. */
export interface AccessRow {
  environment: EnvironmentKind;
  /** Project in which it runs. */
  project: string;
  /** E-mail of the account that pulls; nothing where it cannot be told. */
  account?: string;
  /** What images are pulled from, such as `europe-west1-docker.pkg.dev/acme-containers/docker-hub`. */
  repository: string;
  /** What the account needs on the repository. */
  permission: string;
  state: Verdict["state"];
  /** What grants it. */
  by?: string;
  /** Why it cannot be told, as sentences. */
  why?: readonly string[];
  /** Page of Google's on who pulls there. */
  link: string;
}

/** What an environment needs of a repository. */
export interface Need {
  environment: Environment;
  repository: RepositoryAddress;
  /** The virtual repository through which this one is read. */
  via?: RepositoryAddress;
}

/** Who is asked after, and where images lie. */
export interface Needs {
  environments: readonly Environment[];
  repositories: readonly RepositoryAddress[];
  /** The repositories behind a virtual one; none behind others. */
  upstreamsOf: (repository: RepositoryAddress) => readonly RepositoryAddress[];
}

/** Each environment needs each repository, and what stands behind virtual ones. */
export function needsOf({ environments, repositories, upstreamsOf }: Needs): Need[] {
  const direct = unique(repositories);
  const named = new Set(direct.map(repositoryName));
  const behind = direct.flatMap((via) =>
    unique(upstreamsOf(via))
      .filter((upstream) => !named.has(repositoryName(upstream)))
      .map((repository) => ({ repository, via })),
  );
  return environments.flatMap((environment) =>
    [...direct.map((repository) => ({ repository })), ...behind].map((need) => ({ environment, ...need })),
  );
}

function unique(repositories: readonly RepositoryAddress[]): RepositoryAddress[] {
  return [...new Map(repositories.map((one) => [repositoryName(one), one])).values()];
}

/** Judges a need by what is known of its repository. */
export function accessRow(need: Need, known: KnownAccess): AccessRow {
  const account = pullerOf(need.environment);
  return rowOf(need, account === undefined ? unnamed(need.environment) : judged(need, verdictOf(account, known)));
}

/** A need with the answer that the account itself was given. */
export function answeredRow(need: Need, may: boolean): AccessRow {
  const by = "what Artifact Registry answers to the account itself";
  return rowOf(need, may ? { state: "granted", by } : { state: "missing" });
}

function rowOf({ environment, repository }: Need, verdict: Verdict): AccessRow {
  const { kind, project } = environment;
  const account = pullerOf(environment);
  return {
    ...{ environment: kind, project, ...(account === undefined ? {} : { account }) },
    ...{ repository: repositoryUrl(repository), permission: PULL_PERMISSION, ...verdict },
    link: environmentLink(kind),
  };
}

function unnamed(environment: Environment): Verdict {
  const { kind, project } = environment;
  const why = needsProjectNumber(environment)
    ? `the number of ${project} is not known: write --${kind} ${project}:NUMBER, or look with --live`
    : `the account of ${project} is not known: write --${kind} ${project}=ACCOUNT`;
  return { state: "unknown", why: [why] };
}

/** Google's pages do not say whose grant on what stands behind a virtual repository counts. */
function judged({ via }: Need, verdict: Verdict): Verdict {
  if (via === undefined || verdict.state !== "missing") return verdict;
  const why = `it stands behind ${repositoryUrl(via)}, whose readers may need it here too: a registry's own readers get it on all`;
  return { state: "unknown", why: [why] };
}

/** Accounts that Google makes and that all runs as which names no other. */
const DEFAULT_ACCOUNT = /^([0-9]+-compute@developer|[^@]+@appspot)\.gserviceaccount\.com$/;

const OWN_ACCOUNT =
  "a grant to a default account reaches all that runs as it, and Kiln's rule iam-default-service-accounts objects to it: better give what pulls an account of its own, and name that";

/** What to look at besides the grants, once for each kind of environment among the rows. */
export function hintsOf(rows: readonly AccessRow[]): string[] {
  const kinds = [...new Set(rows.map(({ environment }) => environment))];
  const isDefault = rows.some(({ state, account = "" }) => state === "missing" && DEFAULT_ACCOUNT.test(account));
  return [...(isDefault ? [OWN_ACCOUNT] : []), ...kinds.flatMap((kind) => [...environmentHints(kind)])];
}
