import { type LiveAccess } from "../../../agent";
import { type AccessRow, accessRow, answeredRow, type Need, needsOf } from "../../../core/access/accessReport";
import { type Environment, grantedByItself, needsProjectNumber, pullerOf } from "../../../core/access/environments";
import { type KnownAccess } from "../../../core/access/verdict";
import { repositoryName, type RepositoryAddress } from "../../../core/registry/addresses";
import { type RegistryAccess } from "../../../preview/access/registryAccess";

/** Where it is looked up who may pull what. */
export interface Sources {
  /** What programs declare. */
  programs: readonly RegistryAccess[];
  /** What Google's services say, where they are asked. */
  live?: LiveAccess;
  /** Whether accounts are asked as themselves. */
  impersonate: boolean;
}

/** Who is asked after, and of which repositories; of all that the programs have, where none is named. */
export interface Asked {
  environments: readonly Environment[];
  repositories: readonly RepositoryAddress[];
}

/** Looks up each environment's access to each repository. */
export async function accessRows(asked: Asked, sources: Sources): Promise<AccessRow[]> {
  const told = new Map(
    asked.environments.flatMap(({ project, projectNumber: one }) => (one ? [[project, one] as const] : [])),
  );
  const environments = await Promise.all(asked.environments.map((one) => numbered(one, told, sources)));
  const declared = sources.programs.flatMap(({ repositories }) => repositories);
  const repositories = asked.repositories.length > 0 ? asked.repositories : declared;
  const upstreams = await upstreamsOf(repositories, sources);
  const needs = needsOf({
    ...{ environments, repositories },
    upstreamsOf: (one) => upstreams.get(repositoryName(one)) ?? [],
  });
  const known = await knownAccess(needs, sources);
  return Promise.all(needs.map((need) => rowOf(need, known.get(repositoryName(need.repository))!, sources)));
}

/** @param told numbers that are told with another environment of the project. */
async function numbered(
  environment: Environment,
  told: ReadonlyMap<string, string>,
  { programs, live }: Sources,
): Promise<Environment> {
  if (!needsProjectNumber(environment)) return environment;
  const { project } = environment;
  const known = [told, ...programs.map(({ projectNumbers }) => projectNumbers)].map((numbers) => numbers.get(project));
  const projectNumber = known.find((one) => one !== undefined) ?? (await live?.projectNumber(project));
  return projectNumber === undefined ? environment : { ...environment, projectNumber };
}

async function upstreamsOf(repositories: readonly RepositoryAddress[], { programs, live }: Sources) {
  const entries = repositories.map(async (repository): Promise<[string, RepositoryAddress[]]> => {
    const name = repositoryName(repository);
    const declared = programs.flatMap(({ upstreams }) => upstreams.get(name) ?? []);
    return [name, [...declared, ...((await live?.upstreamsOf(repository)) ?? [])]];
  });
  return new Map(await Promise.all(entries));
}

/** Each repository is looked up once, whoever pulls from it. */
async function knownAccess(needs: readonly Need[], { programs, live }: Sources): Promise<Map<string, KnownAccess>> {
  const repositories = new Map(needs.map(({ repository }) => [repositoryName(repository), repository]));
  const entries = [...repositories].map(async ([name, repository]): Promise<[string, KnownAccess]> => {
    const found = [
      ...programs.map((one) => one.accessTo(repository)),
      ...(live ? [await live.accessTo(repository)] : []),
    ];
    return [name, { grants: found.flatMap(({ grants }) => grants), gaps: found.flatMap(({ gaps }) => gaps) }];
  });
  return new Map(await Promise.all(entries));
}

/** The account's own answer counts more than policies that deny or cannot be read, and less than what is about to be granted. */
async function rowOf(need: Need, known: KnownAccess, { live, impersonate }: Sources): Promise<AccessRow> {
  const unseen = live ? undefined : grantedByItself(need.environment, need.repository.project);
  const row = accessRow(need, unseen === undefined ? known : { ...known, gaps: [...known.gaps, unseen] });
  const account = pullerOf(need.environment);
  if (row.state === "granted" || !impersonate || account === undefined) return row;
  const may = await live?.mayPull(account, need.repository);
  return may === undefined ? row : answeredRow(need, may);
}
