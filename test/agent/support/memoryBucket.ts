import { type Bucket } from "../../../agent/bucket";

/** A bucket in memory that keeps to generations as Cloud Storage does, and breaks when a test says so. */
export class MemoryBucket implements Bucket {
  readonly objects = new Map<string, { text: string; generation: number }>();
  /** Calls so far, such as `write lifecycle/lease.json`. */
  readonly calls: string[] = [];
  /** Runs before and after each call; what it throws, the call throws. */
  onCall: (call: number, when: "before" | "after") => void = () => undefined;
  #generation = 0;

  put(name: string, document: unknown): void {
    this.objects.set(name, { text: JSON.stringify(document, undefined, 2), generation: ++this.#generation });
  }

  json<T>(name: string): T {
    return JSON.parse(this.objects.get(name)?.text ?? "null") as T;
  }

  list(prefix: string) {
    return this.#called(`list ${prefix}`, () =>
      [...this.objects]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, { text }]) => ({ name, bytes: text.length })),
    );
  }

  read(name: string) {
    return this.#called(`read ${name}`, () => {
      const found = this.objects.get(name);
      return found && { text: found.text, generation: String(found.generation) };
    });
  }

  write(name: string, text: string, wanted?: string) {
    return this.#called(`write ${name}`, () => {
      const { generation = 0 } = this.objects.get(name) ?? {};
      if (wanted !== undefined && wanted !== String(generation)) return undefined;
      this.objects.set(name, { text, generation: ++this.#generation });
      return String(this.#generation);
    });
  }

  async #called<T>(what: string, act: () => T): Promise<T> {
    const call = this.calls.push(what);
    await Promise.resolve();
    this.onCall(call, "before");
    const result = act();
    this.onCall(call, "after");
    return result;
  }
}
