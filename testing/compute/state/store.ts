import { createHash } from "node:crypto";
import { alreadyExists, notFound } from "../protocol/errors";
import type { Fields } from "../protocol/messages";
import { linkTo, timestamp } from "./links";

/** A resource as the fake keeps it and as it answers. */
export interface Resource extends Fields {
  id: string;
  name: string;
  kind: string;
  selfLink: string;
  creationTimestamp: string;
}

/** Google's ids are large: they do not fit a JavaScript number, so a client that makes numbers of them is found out. */
const FIRST_ID = 7_000_000_000_000_000_001n;

/** Everything that exists, by the path of its collection and its name. */
export class Store {
  readonly #collections = new Map<string, Map<string, Resource>>();
  #nextId = FIRST_ID;

  constructor(readonly now: () => Date) {}

  newId(): string {
    return String(this.#nextId++);
  }

  /** @param collection such as `projects/p/global/images`. @throws 409 where the name is taken. */
  add(collection: string, kind: string, fields: Fields & { name: string }): Resource {
    const path = `${collection}/${fields.name}`;
    if (this.find(path)) throw alreadyExists(path);
    const resource: Resource = {
      kind,
      id: this.newId(),
      creationTimestamp: timestamp(this.now()),
      selfLink: linkTo(path),
      ...fields,
    };
    const existing = this.#collections.get(collection);
    if (existing) existing.set(resource.name, resource);
    else this.#collections.set(collection, new Map([[resource.name, resource]]));
    return resource;
  }

  find(path: string): Resource | undefined {
    const slash = path.lastIndexOf("/");
    return this.#collections.get(path.slice(0, slash))?.get(path.slice(slash + 1));
  }

  /** @throws 404 where there is none. */
  get(path: string): Resource {
    const found = this.find(path);
    if (!found) throw notFound(path);
    return found;
  }

  remove(path: string): void {
    const slash = path.lastIndexOf("/");
    this.#collections.get(path.slice(0, slash))?.delete(path.slice(slash + 1));
  }

  list(collection: string): Resource[] {
    return [...(this.#collections.get(collection)?.values() ?? [])];
  }

  /** The resources of one kind in a whole project, by scope (`global`, `zones/z`, `regions/r`). */
  scopes(project: string, kind: string): Map<string, Resource[]> {
    const start = `projects/${project}/`;
    const found = [...this.#collections.keys()].filter((path) => path.startsWith(start) && path.endsWith(`/${kind}`));
    return new Map(found.map((path) => [path.slice(start.length, -kind.length - 1), this.list(path)]));
  }
}

/** What a client must send back to change labels; the same labels have the same fingerprint. */
export function fingerprintOf(labels: unknown): string {
  const sorted = Object.entries((labels ?? {}) as Fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest().subarray(0, 8).toString("base64");
}
