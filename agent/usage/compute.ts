import pLimit from "p-limit";
import { groupUseOf, usesOf, type UsingResource } from "../../core/lifecycle/resourceUses";
import { type UsageCollector } from "../../core/lifecycle/users";
import { type GoogleClients } from "../clients";
import { failureOf } from "../failure";
import { everyPage, type Page } from "../pages";
import { type Retry } from "../retry";

/** A list to read in every project: its client, what it lists, which of their fields matter, and the permission. */
interface Source {
  what: string;
  client: (clients: GoogleClients) => PagedClient;
  method: "aggregatedList" | "list";
  /** Key of the resources in each scope of an aggregated list. */
  key: string;
  fields: string[];
  /** Whether the list names scopes that could not be reached; a mask with a field that is not there is refused. */
  tellsUnreachable?: boolean;
  permission: string;
}

/** The clients' own calls of one page; their public ones for aggregated lists give no pages and hide what is unreachable. */
interface PagedClient {
  initialize(): Promise<unknown>;
  innerApiCalls: object;
}

type PageCall = (request: object, options: object) => Promise<[unknown, unknown, Answer]>;

const SOURCES: readonly Source[] = [
  {
    what: "disks",
    ...{ client: ({ disks }) => disks, method: "aggregatedList", key: "disks", permission: "compute.disks.list" },
    fields: ["selfLink", "sourceImage", "sourceImageId", "users"],
    tellsUnreachable: true,
  },
  {
    what: "instances",
    ...{ client: ({ instances }) => instances, method: "aggregatedList", key: "instances" },
    ...{ fields: ["selfLink", "disks"], permission: "compute.instances.list" },
    tellsUnreachable: true,
  },
  {
    what: "instance templates",
    ...{ client: ({ templates }) => templates, method: "aggregatedList", key: "instanceTemplates" },
    fields: ["selfLink", "properties.disks", "sourceInstanceParams"],
    permission: "compute.instanceTemplates.list",
  },
  {
    what: "managed instance groups",
    ...{ client: ({ groups }) => groups, method: "aggregatedList", key: "instanceGroupManagers" },
    fields: ["selfLink", "instanceTemplate", "versions"],
    tellsUnreachable: true,
    permission: "compute.instanceGroupManagers.list",
  },
  {
    what: "machine images",
    ...{ client: ({ machineImages }) => machineImages, method: "list", key: "" },
    fields: ["selfLink", "instanceProperties.disks"],
    permission: "compute.machineImages.list",
  },
];

/** Projects read at the same time, and the lists of each one after the other. */
const AT_ONCE = 8;
/** The most that Compute Engine gives. */
const PAGE = 500;

/** Reads who uses images in the projects. What could not be read is told, project by project. */
export async function readProjects(
  projects: readonly string[],
  clients: GoogleClients,
  retry: Retry,
  collector: UsageCollector,
): Promise<string[]> {
  const unread = await pLimit(AT_ONCE).map(projects, async (project) => {
    const problems: string[] = [];
    for (const source of SOURCES) problems.push(...(await readSource(source, project, clients, retry, collector)));
    return problems;
  });
  return unread.flat();
}

async function readSource(
  source: Source,
  project: string,
  clients: GoogleClients,
  retry: Retry,
  collector: UsageCollector,
): Promise<string[]> {
  const unreachable = new Set<string>();
  try {
    for (const resource of await everyPage(pageReader(source, project, clients, unreachable), retry)) {
      for (const use of usesOf(resource)) collector.add(use);
      const group = groupUseOf(resource);
      if (group) collector.addGroup(group);
    }
  } catch (error) {
    return [`the ${source.what} of ${project}: ${whatToDo(error, source, project)}`];
  }
  return [...unreachable].map((scope) => `the ${source.what} of ${project} in ${scope}, which cannot be reached now`);
}

function whatToDo(error: unknown, { permission }: Source, project: string): string {
  const { status, reason, message } = failureOf(error);
  const isOff = reason === "accessNotConfigured" || /SERVICE_DISABLED|has not been used in project/.test(message);
  if (isOff)
    return `compute.googleapis.com is off there: switch it on, or take ${project} out of the list (${message})`;
  if (status !== 403) return message;
  return `${permission} is missing: give the controller a role with it on ${project}, such as roles/compute.viewer (${message})`;
}

interface Answer {
  items?: unknown;
  nextPageToken?: string | null;
  unreachables?: string[] | null;
}

interface Scope extends Record<string, unknown> {
  warning?: { code?: unknown; message?: string | null } | null;
}

function pageReader(source: Source, project: string, clients: GoogleClients, unreachable: Set<string>) {
  const { method, key, fields, tellsUnreachable } = source;
  const path = method === "list" ? "items" : `items.*.${key}`;
  const warnings = method === "list" ? [] : ["items.*.warning"];
  const scopes = tellsUnreachable ? ["unreachables"] : [];
  const mask = [...fields.map((field) => `${path}.${field}`), ...warnings, ...scopes, "nextPageToken"].join(",");
  return async (pageToken: string | undefined): Promise<Page<UsingResource>> => {
    const client = source.client(clients);
    await client.initialize();
    const partial = method === "list" ? {} : { returnPartialSuccess: true };
    const request = { project, maxResults: PAGE, ...partial, ...(pageToken ? { pageToken } : {}) };
    const headers = { "X-Goog-FieldMask": mask, "x-goog-request-params": `project=${project}` };
    const options = { autoPaginate: false, otherArgs: { headers } };
    const calls = client.innerApiCalls as Record<typeof method, PageCall>;
    const [, , answer] = await calls[method](request, options);
    for (const scope of answer.unreachables ?? []) unreachable.add(scope);
    const items = method === "list" ? (answer.items as UsingResource[]) : resourcesOf(answer, key, unreachable);
    return { items, ...(answer.nextPageToken ? { next: answer.nextPageToken } : {}) };
  };
}

/** Scopes without any are told as a warning; any other warning may mean that some are missing. */
function resourcesOf({ items }: Answer, key: string, unreachable: Set<string>): UsingResource[] {
  return Object.entries((items ?? {}) as Record<string, Scope>).flatMap(([name, scope]) => {
    if (scope.warning?.code && scope.warning.code !== "NO_RESULTS_ON_PAGE") unreachable.add(name);
    return scope[key] ?? [];
  });
}
