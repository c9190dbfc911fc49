import { type KnownAccess, type StatedGrant } from "../../core/access/verdict";
import { repositoryName, type RepositoryAddress } from "../../core/registry/addresses";
import { type GraphResource, type PreviewGraph } from "../graph";
import { type GraphValue } from "../graphValue";
import { boundBy, managed } from "./grants";
import { fieldsOf, textAt, textOf } from "./text";

/** What a program says of who may pull what. */
export interface RegistryAccess {
  /** Its Docker repositories. */
  repositories: RepositoryAddress[];
  /** The repositories behind a virtual one, as `projects/P/locations/L/repositories/R` names them. */
  upstreams: ReadonlyMap<string, RepositoryAddress[]>;
  /** Numbers of projects, by id, where the graph knows them. */
  projectNumbers: ReadonlyMap<string, string>;
  /** What it grants on a repository, its project and what is above that. */
  accessTo(this: void, repository: RepositoryAddress): KnownAccess;
}

const REPOSITORY = "gcp:artifactregistry/repository:Repository";
const PROJECT = "gcp:organizations/project:Project";
const NAME = /^projects\/([^/]+)\/locations\/([^/]+)\/repositories\/([^/]+)$/;

/** Reads who may pull what from the graph of a program. */
export function registryAccessOf(graph: Pick<PreviewGraph, "resources" | "defaultProviders">): RegistryAccess {
  const providers = providersOf(graph);
  const resources = managed(graph.resources);
  const dockers = resources.filter(({ type, inputs }) => type === REPOSITORY && inputs.format === "DOCKER");
  const gaps = graph.resources
    .filter(({ remote }) => remote)
    .map(({ name }) => `${name} is made by another process, and what it grants is not seen`);
  return {
    repositories: dockers.map((one) => addressOf(one, providers, "repositoryId")),
    upstreams: new Map(
      dockers.map((one) => [repositoryName(addressOf(one, providers, "repositoryId")), upstreamsOf(one)]),
    ),
    projectNumbers: numbersOf(resources),
    accessTo: (repository) => ({ grants: resources.flatMap((one) => grantsBy(one, repository, providers)), gaps }),
  };
}

/** Inputs of the providers for Google Cloud, by URN; of those that the program does not declare under no URN. */
type Providers = ReadonlyMap<string | undefined, Record<string, GraphValue>>;

function providersOf({ resources, defaultProviders = {} }: Pick<PreviewGraph, "resources" | "defaultProviders">) {
  const declared = resources.filter(({ type }) => type === "pulumi:providers:gcp");
  const byUrn: [string | undefined, Record<string, GraphValue>][] = declared.map(({ urn, inputs }) => [urn, inputs]);
  return new Map([[undefined, defaultProviders.gcp ?? {}], ...byUrn] as typeof byUrn);
}

/** The address of a repository, or of the one that a grant is on; what is not known yet begins with `[unknown]`. */
function addressOf(resource: GraphResource, providers: Providers, id: string): RepositoryAddress {
  const whole = NAME.exec(textAt(resource, id));
  if (whole) return { project: whole[1], location: whole[2], repositoryId: whole[3] };
  const config = providers.get(resource.provider) ?? providers.get(undefined) ?? {};
  const given = (input: string, ofProvider: string) =>
    textAt(resource, input) || textOf(config[ofProvider]) || "[unknown]";
  return {
    project: given("project", "project"),
    location: given("location", "region"),
    repositoryId: textAt(resource, id) || "[unknown]",
  };
}

function upstreamsOf({ inputs }: GraphResource): RepositoryAddress[] {
  const { upstreamPolicies } = fieldsOf(inputs.virtualRepositoryConfig);
  const names = Array.isArray(upstreamPolicies) ? upstreamPolicies.map((one) => textOf(fieldsOf(one).repository)) : [];
  return names.flatMap((name) => {
    const [, project, location, repositoryId] = NAME.exec(name) ?? [];
    return repositoryId === undefined ? [] : [{ project, location, repositoryId }];
  });
}

function numbersOf(resources: readonly GraphResource[]): Map<string, string> {
  const projects = resources.filter(({ type, outputs }) => type === PROJECT && typeof outputs?.number === "string");
  return new Map(projects.map((one) => [textAt(one, "projectId"), one.outputs?.number as string]));
}

/** What a resource grants, where it may concern the repository. */
function grantsBy(resource: GraphResource, repository: RepositoryAddress, providers: Providers): StatedGrant[] {
  const place = placeOf(resource, repository, providers);
  if (!place) return [];
  const on = `${place.on} (${resource.name})`;
  return boundBy(resource).map((bound) => ({ ...bound, ...place, on }));
}

type Place = Pick<StatedGrant, "on" | "reaches">;

function placeOf(resource: GraphResource, repository: RepositoryAddress, providers: Providers): Place | undefined {
  const [, module, kind] = /^gcp:([a-z]+)\/(.*)I(?:AM|am)(?:Member|Binding|Policy):/i.exec(resource.type) ?? [];
  if (module === "artifactregistry" && kind === "repository")
    return compared("the repository", addressOf(resource, providers, "repository"), repository);
  const { project } = repository;
  if (module === "projects" && kind === "")
    return compared(`project ${project}`, { project: projectOf(resource, providers) }, { project });
  if ((module === "folder" || module === "organizations") && kind === "") {
    const above = textAt(resource, module === "folder" ? "folder" : "orgId");
    return {
      on: `${module === "folder" ? "folder" : "organization"} ${above}`,
      reaches: `look whether ${project} is below it`,
    };
  }
  return undefined;
}

function projectOf(resource: GraphResource, providers: Providers): string {
  return addressOf(resource, providers, "project").project.replace(/^projects\//, "");
}

/** Nothing where the two are not the same; what is not known yet, and projects by number, may be. */
function compared<T extends object>(on: string, given: T, wanted: T): Place | undefined {
  let reaches: string | undefined;
  for (const [key, value] of Object.entries(given) as [keyof T & string, string][]) {
    if (value === wanted[key]) continue;
    if (!isOpen(key, value)) return undefined;
    reaches = `look whether its ${key === "repositoryId" ? "repository" : key} is ${wanted[key] as string}`;
  }
  return { on: reaches === undefined ? on : "a resource that is not known yet", ...(reaches ? { reaches } : {}) };
}

function isOpen(key: string, value: string): boolean {
  return /^\[(unknown|secret)\]/.test(value) || (key === "project" && /^\d+$/.test(value));
}
