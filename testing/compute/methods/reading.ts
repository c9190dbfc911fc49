import { ApiError } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import { descriptorsOf } from "../protocol/messages";
import { compact } from "../protocol/shape";
import { linkTo } from "../state/links";
import { KINDS, type Reader, READERS } from "../state/kinds";
import type { Resource } from "../state/store";
import { type Methods, on, type Request, type World } from "./method";

export const PACKAGE = "google.cloud.compute.v1";

export const messageOf = (reader: Pick<Reader, "collection">) =>
  descriptorsOf("@google-cloud/compute").lookupType(
    `${PACKAGE}.${reader.collection === "operations" ? "Operation" : KINDS[reader.collection].message}`,
  );

/** `projects/p/zones/z` of a request. */
export function scopeOf(request: Request, scope: Reader["scope"]): string {
  const place = { global: "global", zones: `zones/${request.zone}`, regions: `regions/${request.region}` }[scope];
  return `projects/${request.project}/${place}`;
}

/** list, get and aggregatedList of all collections. */
export const reading: Methods = Object.assign({}, ...READERS.map(methodsOf)) as Methods;

function methodsOf(reader: Reader): Methods {
  const { service, collection, scope, one } = reader;
  // Operations have permissions of their own scope; resources share them between the global, zonal and regional service.
  const subject = `compute.${collection === "operations" ? service : collection}`;
  const methods: Methods = {
    [`${service}.list`]: {
      needs: on(`${subject}.list`),
      serve: (request, world) => list(request, world, reader),
    },
    [`${service}.get`]: {
      needs: on(`${subject}.get`),
      serve: (request, { store, operations }) => {
        const path = `${scopeOf(request, scope)}/${collection}/${String(request[one])}`;
        return collection === "operations" ? operations.poll(path) : store.get(path);
      },
    },
  };
  if (collection === "operations") methods[`${service}.wait`] = methods[`${service}.get`];
  if (reader.aggregated)
    methods[`${service}.aggregatedList`] = {
      needs: on(`${subject}.list`),
      serve: (request, world) => aggregatedList(request, world, reader),
    };
  return methods;
}

function list(request: Request, { store, pages }: World, reader: Reader): Fields {
  const what = `${scopeOf(request, reader.scope)}/${reader.collection}`;
  const { items, nextPageToken } = pages.cut(what, request, messageOf(reader), store.list(what), ({ name }) => name);
  return compact({ kind: `compute#${reader.collection}List`, selfLink: linkTo(what), items, nextPageToken });
}

/** Zones that every project sees, empty ones included, as in the real service. */
const ALWAYS = { zones: "zones/us-central1-a", global: "global", regions: "regions/us-central1" };

function aggregatedList(request: Request, world: World, reader: Reader): Fields {
  const { project, returnPartialSuccess } = request;
  const what = `projects/${project}/aggregated/${reader.collection}`;
  const unreachable = [...(world.unreachable.get(project) ?? [])];
  if (unreachable.length > 0 && !returnPartialSuccess)
    throw new ApiError(503, "backendError", `The scope ${unreachable[0]} is unreachable`);
  const all = world.store.scopes(project, reader.collection);
  const found = [...all].flatMap(([scope, items]) => (unreachable.includes(scope) ? [] : items));
  const byPlace = (item: Resource) => item.selfLink;
  const { items, nextPageToken } = world.pages.cut(what, request, messageOf(reader), found, byPlace);
  const scopes = Object.fromEntries(
    [...new Set([ALWAYS[reader.scope], ...all.keys()])]
      .filter((scope) => !unreachable.includes(scope))
      .map((scope) => [scope, scoped(scope, reader.collection, itemsIn(project, scope, items))]),
  );
  // The one aggregated list whose answer has no such field.
  const isTold = unreachable.length > 0 && reader.collection !== "instanceTemplates";
  const unreachables = isTold ? unreachable : undefined;
  const kind = `compute#${reader.collection}AggregatedList`;
  return compact({ kind, selfLink: linkTo(what), items: scopes, nextPageToken, unreachables });
}

const itemsIn = (project: string, scope: string, items: Resource[]) =>
  items.filter(({ selfLink }) => selfLink.startsWith(linkTo(`projects/${project}/${scope}/`)));

function scoped(scope: string, collection: string, items: Resource[]): Fields {
  if (items.length > 0) return { [collection]: items };
  const message = `There are no results for scope '${scope}' on this page.`;
  return { warning: { code: "NO_RESULTS_ON_PAGE", message, data: [{ key: "scope", value: scope }] } };
}
