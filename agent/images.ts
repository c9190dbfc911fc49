import { withLabels } from "../core/lifecycle/applied";
import { type DeprecationStatus, type Image } from "../core/lifecycle/image";
import { type ImageCopy } from "../core/lifecycle/promotion";
import { type GoogleClients } from "./clients";
import { failureOf } from "./failure";
import { type Host } from "./host";
import { finished } from "./operations";
import { everyPage } from "./pages";
import { type Retry } from "./retry";

/** The images of one project. Changes are over when their promise is. */
export interface Images {
  list(): Promise<Image[]>;
  /** One image as it is now; nothing where there is none. */
  get(name: string): Promise<Image | undefined>;
  /** An empty status takes all that is said of its age away. */
  deprecate(name: string, status: DeprecationStatus): Promise<void>;
  delete(name: string): Promise<void>;
  /** Makes an image of another one. */
  copy(copy: ImageCopy): Promise<void>;
  /** Sets labels and takes those given as `null` away, whatever somebody else does to the others meanwhile. */
  label(name: string, changes: Record<string, string | null>): Promise<void>;
}

/** What acting on images needs. */
export interface ImagesOptions {
  project: string;
  clients: GoogleClients;
  host: Host;
  retry: Retry;
  /** No wait goes beyond it; milliseconds since 1970. */
  deadline: number;
}

const FIELDS = ["id", "name", "family", "architecture", "creationTimestamp", "status", "labels", "deprecated"];
/** Cuts answers down to what is looked at: an image's licences and its Secure Boot keys are most of it. https://cloud.google.com/apis/docs/system-parameters */
const LIST_MASK = mask([...FIELDS.map((field) => `items.${field}`), "nextPageToken"]);
const GET_MASK = mask(FIELDS);
/** The most that Compute Engine gives. */
const PAGE = 500;
/** Others that change labels at the same time come to an end. */
const MOST_LABELLINGS = 5;

/** The images of a project, through the real service. https://cloud.google.com/compute/docs/reference/rest/v1/images */
export function imagesOf(options: ImagesOptions): Images {
  const { project, clients, host, retry } = options;
  /** The same id for every attempt: the service makes the change once. */
  const change = async (call: (requestId: string) => Promise<[{ latestResponse: object }, ...unknown[]]>) => {
    const requestId = host.uuid();
    const [{ latestResponse }] = await retry(() => call(requestId));
    await finished(latestResponse, options);
  };
  return {
    list: () =>
      everyPage(async (pageToken) => {
        const request = { project, maxResults: PAGE, ...(pageToken ? { pageToken } : {}) };
        const [items, next] = await clients.images.list(request, { autoPaginate: false, ...LIST_MASK() });
        const following = (next as { pageToken?: string } | null)?.pageToken;
        return { items: items.map(imageOf), ...(following ? { next: following } : {}) };
      }, retry),
    get: async (image) => {
      try {
        return imageOf((await retry(() => clients.images.get({ project, image }, GET_MASK())))[0]);
      } catch (error) {
        if (failureOf(error).status === 404) return undefined;
        throw error;
      }
    },
    deprecate: (image, deprecationStatusResource) =>
      change((requestId) => clients.images.deprecate({ project, image, requestId, deprecationStatusResource })),
    delete: (image) => change((requestId) => clients.images.delete({ project, image, requestId })),
    copy: ({ reason: description, ...copy }) =>
      change((requestId) => clients.images.insert({ project, requestId, imageResource: { ...copy, description } })),
    label: async (resource, changes) => {
      for (let attempt = 1; ; attempt++) {
        const [{ labels, labelFingerprint }] = await retry(() => clients.images.get({ project, image: resource }));
        const after = withLabels(labels ?? {}, changes);
        if (sameLabels(labels ?? {}, after)) return;
        const globalSetLabelsRequestResource = { labels: after, labelFingerprint };
        try {
          const request = { project, resource, globalSetLabelsRequestResource };
          const [{ latestResponse }] = await retry(() => clients.images.setLabels(request));
          return await finished(latestResponse as object, options);
        } catch (error) {
          if (failureOf(error).status !== 412 || attempt >= MOST_LABELLINGS) throw error;
        }
      }
    },
  };
}

/** Made anew for every call, since the client writes into it. */
function mask(fields: string[]) {
  return () => ({ otherArgs: { headers: { "X-Goog-FieldMask": fields.join(",") } } });
}

/** An image as the client gives it: with what is not there as `null`, nothing, or empty. */
interface ClientImage {
  id?: { toString(): string } | null;
  name?: string | null;
  family?: string | null;
  architecture?: string | number | null;
  creationTimestamp?: string | null;
  status?: unknown;
  labels?: Record<string, string> | null;
  deprecated?: object | null;
}

function imageOf({
  id,
  name,
  family,
  architecture,
  creationTimestamp,
  status,
  labels,
  deprecated,
}: ClientImage): Image {
  const keys = ["state", "replacement", "deprecated", "obsolete", "deleted"] as const;
  const written = (deprecated ?? {}) as DeprecationStatus;
  const said = keys.filter((key) => written[key]).map((key) => [key, String(written[key])]);
  return {
    id: id?.toString() ?? "",
    name: name ?? "",
    ...(family ? { family } : {}),
    ...(architecture ? { architecture: String(architecture) } : {}),
    creationTimestamp: creationTimestamp ?? "",
    status: String(status),
    ...(labels && Object.keys(labels).length > 0 ? { labels } : {}),
    ...(said.length > 0 ? { deprecated: Object.fromEntries(said) as DeprecationStatus } : {}),
  };
}

function sameLabels(one: Record<string, string>, other: Record<string, string>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
