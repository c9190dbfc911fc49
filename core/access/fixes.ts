import { RegistryRole } from "../registry/access";
import { type AccessRow } from "./accessReport";
import { readRepositoryUrl } from "./repositoryUrl";

/** What is to be granted on one repository. */
interface MissingReaders {
  project: string;
  location: string;
  repositoryId: string;
  /** Members by a name, as `readers` of a repository has them. */
  readers: Record<string, string>;
}

/** Longest name of a reader, which a child's name holds. */
const MOST_KEY = 60;

/**
 * The code that grants what is missing: the `readers` of each repository, to be added to the `ContainerRegistry` that is
 * there. Complete as it stands for a registry of standard repositories.
 */
export function componentCode(rows: readonly AccessRow[]): string {
  const registries = new Map<string, MissingReaders[]>();
  for (const missing of missingReaders(rows)) {
    const key = `${missing.project} ${missing.location}`;
    registries.set(key, [...(registries.get(key) ?? []), missing]);
  }
  return [...registries.values()].map(registryCode).join("\n");
}

function registryCode(repositories: readonly MissingReaders[]): string {
  const [{ project, location }] = repositories;
  const entries = repositories.flatMap(({ repositoryId, readers }) => [
    `    ${JSON.stringify(repositoryId)}: {`,
    "      readers: {",
    ...Object.entries(readers).map(([key, member]) => `        ${JSON.stringify(key)}: ${JSON.stringify(member)},`),
    "      },",
    "    },",
  ]);
  return [
    'new ContainerRegistry("registry", {',
    `  project: ${JSON.stringify(project)},`,
    `  location: ${JSON.stringify(location)},`,
    "  repositories: {",
    ...entries,
    "  },",
    "});",
    "",
  ].join("\n");
}

/** The same for those who declare nothing, one command a grant. */
export function gcloudCommands(rows: readonly AccessRow[]): string[] {
  return missingReaders(rows).flatMap(({ project, location, repositoryId, readers }) =>
    Object.values(readers).map(
      (member) =>
        `gcloud artifacts repositories add-iam-policy-binding ${repositoryId} --project=${project} --location=${location} --member=${member} --role=${RegistryRole.Reader}`,
    ),
  );
}

function missingReaders(rows: readonly AccessRow[]): MissingReaders[] {
  const found = new Map<string, MissingReaders>();
  for (const { state, account, repository, environment, project } of rows) {
    if (state !== "missing" || account === undefined) continue;
    const { address } = readRepositoryUrl(repository);
    if (!address) continue;
    const missing = found.get(repository) ?? { ...address, readers: {} };
    found.set(repository, missing);
    addReader(missing.readers, `${environment}-${project}`, `serviceAccount:${account}`);
  }
  return [...found.values()];
}

/** Two environments may pull as one account, which is granted once. */
function addReader(readers: Record<string, string>, name: string, member: string): void {
  if (Object.values(readers).includes(member)) return;
  const base = name.replace(/[^A-Za-z0-9.-]/g, ".").slice(0, MOST_KEY - 3);
  let key = base;
  for (let count = 2; Object.hasOwn(readers, key); count++) key = `${base}-${count}`;
  readers[key] = member;
}
