import { failureOf } from "./failure";
import { type GoogleClients } from "./clients";
import { everyPage } from "./pages";
import { type Retry } from "./retry";

/** An object as a list tells it. */
export interface ListedObject {
  name: string;
  bytes: number;
}

/** An object as it was read. */
export interface ReadObject {
  text: string;
  /** Changes whenever the object does; `"0"` stands for none. */
  generation: string;
}

/** The factory's bucket. */
export interface Bucket {
  /** Objects whose names begin so. */
  list(prefix: string): Promise<ListedObject[]>;
  /** Nothing where there is no such object. */
  read(name: string): Promise<ReadObject | undefined>;
  /**
   * Writes an object of JSON.
   *
   * @param generation the one to replace, `"0"` for none; without it, any.
   * @returns the new generation, or nothing where it was another that would have been replaced.
   */
  write(name: string, text: string, generation?: string): Promise<string | undefined>;
}

/** The generation of an object that is not there. https://cloud.google.com/storage/docs/request-preconditions */
export const NO_OBJECT = "0";

/** A bucket, through the real service. */
export function bucketOf(name: string, clients: Pick<GoogleClients, "storage">, retry: Retry): Bucket {
  const bucket = () => clients.storage.bucket(name);
  return {
    list: (prefix) =>
      everyPage(async (pageToken) => {
        const [files, next] = await bucket().getFiles({ prefix, autoPaginate: false, pageToken });
        const following = (next as { pageToken?: string } | null)?.pageToken;
        const items = files.map(({ name, metadata: { size } }) => ({ name, bytes: Number(size) }));
        return { items, ...(following ? { next: following } : {}) };
      }, retry),
    read: (object) => retry(() => read(bucket(), object)),
    write: (object, text, generation) =>
      retry(async () => {
        const file = bucket().file(object);
        const preconditionOpts = generation === undefined ? {} : { ifGenerationMatch: generation };
        try {
          await file.save(text, {
            ...{ resumable: false, contentType: "application/json", preconditionOpts },
            metadata: { cacheControl: "no-store" },
          });
          return String(file.metadata.generation);
        } catch (error) {
          if (failureOf(error).status === 412) return undefined;
          throw error;
        }
      }),
  };
}

/** Text and generation belong together; where the object is replaced in between, it is read anew. */
async function read(
  bucket: ReturnType<GoogleClients["storage"]["bucket"]>,
  object: string,
): Promise<ReadObject | undefined> {
  for (;;) {
    const generation = await unlessAbsent(async () => String((await bucket.file(object).getMetadata())[0].generation));
    if (generation === undefined) return undefined;
    const text = await unlessAbsent(async () => (await bucket.file(object, { generation }).download())[0].toString());
    if (text !== undefined) return { text, generation };
  }
}

async function unlessAbsent<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (failureOf(error).status === 404) return undefined;
    throw error;
  }
}
