import type { ComputeFake } from "../fake";
import type { Api } from "../protocol/calls";
import { descriptorsOf, type Fields } from "../protocol/messages";
import { routesOf } from "../protocol/routes";
import { LoopbackServer, type ServerOptions } from "../protocol/server";
import { compact } from "../protocol/shape";
import { Pages, type PageOptions } from "../state/pages";
import { assetNameOf, assetTypeOf, type Held, masked, matches, resultOf } from "./search";

export interface AssetsOptions extends ServerOptions, PageOptions {
  /** Holds what is found, as it is when it is asked for. */
  compute: ComputeFake;
  /** The projects of each organization and folder, such as `{ "folders/1": ["acme-web"] }`. */
  scopes: Record<string, string[]>;
}

const PACKAGE = "google.cloud.asset.v1";

/** https://docs.cloud.google.com/asset-inventory/docs/access-control#permissions */
const PERMISSIONS: Record<string, string> = {
  "assetService.searchAllResources": "cloudasset.assets.searchAllResources",
  "assetService.listAssets": "cloudasset.assets.listResource",
};

/** Google's numbers of projects are no names: a client that takes one for the other is found out. */
const FIRST_NUMBER = 100_000_000_001;

/** A loopback fake of Cloud Asset Inventory over the resources of a {@link ComputeFake}. */
export class AssetsFake extends LoopbackServer {
  readonly #pages: Pages;

  /** @internal Use {@link startAssets}. */
  constructor(options: AssetsOptions) {
    const pages = new Pages(options);
    const routes = routesOf(descriptorsOf("@google-cloud/asset"), PACKAGE, Object.keys(PERMISSIONS));
    super(routes, apiOf(options, pages), options);
    this.#pages = pages;
  }

  expirePageTokens(): void {
    this.#pages.expire();
  }
}

/** Starts the fake on a free port of 127.0.0.1: `new AssetServiceClient(fake.clientOptions())` talks to it. */
export async function startAssets(options: AssetsOptions): Promise<AssetsFake> {
  const fake = new AssetsFake(options);
  await fake.listen();
  return fake;
}

const scopeOf = (request: Fields) => (request.scope ?? request.parent) as string;

function apiOf({ compute, scopes }: AssetsOptions, pages: Pages): Api {
  const numbers = new Map([...new Set(Object.values(scopes).flat())].map((id, index) => [id, FIRST_NUMBER + index]));
  const heldIn = (scope: string) =>
    (scope.startsWith("projects/") ? [scope.slice("projects/".length)] : (scopes[scope] ?? [])).flatMap((id) =>
      compute.resources(id).map((held): Held => ({ ...held, project: `projects/${numbers.get(id) ?? id}` })),
    );
  return {
    projectOf: scopeOf,
    permissions: (method, request) => [{ project: scopeOf(request), permission: PERMISSIONS[method] }],
    serve: ({ method, request }) => {
      const types = (request.assetTypes ?? []) as string[];
      // Asset types may be regular expressions, which match whole names.
      const patterns = types.map((type) => new RegExp(`^(?:${type})$`));
      const found = heldIn(scopeOf(request)).filter(
        (held) => patterns.length === 0 || patterns.some((pattern) => pattern.test(assetTypeOf(held))),
      );
      return method === "assetService.listAssets" ? list(found, request, pages) : search(found, request, pages);
    },
  };
}

function search(found: Held[], request: Fields, pages: Pages): Fields {
  const results = found.map(resultOf).filter((result) => matches(result, (request.query as string) ?? ""));
  const { items, nextPageToken } = page(results, request, pages);
  return compact({ results: items.map((result) => masked(result, request.readMask)), nextPageToken });
}

const RESOURCE = 1;

function list(found: Held[], request: Fields, pages: Pages): Fields {
  const whole = request.contentType === "RESOURCE" || request.contentType === RESOURCE;
  const assets = found.map((held): Fields => {
    const asset = { name: assetNameOf(held), assetType: assetTypeOf(held) };
    return whole ? { ...asset, resource: { version: "v1", data: held.resource } } : asset;
  });
  const { items, nextPageToken } = page(assets, request, pages);
  return compact({ assets: items, nextPageToken });
}

/** Pages are of 100 unless a request says otherwise, and never of more than 500. */
function page(all: Fields[], { pageSize, pageToken, ...asked }: Fields, pages: Pages) {
  const maxResults = Math.min((pageSize as number) || 100, 500);
  return pages.cut(JSON.stringify(asked), { pageToken, maxResults }, undefined, all, ({ name }) => name as string);
}
