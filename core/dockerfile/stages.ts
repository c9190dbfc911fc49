import { textOf, type Part } from "../scan/parts";

/** A name that holds variables is compared with so many stages. */
const MOST_COMPARED = 100;

/** The stages so far. Their names are no images: https://docs.docker.com/build/building/multi-stage/ */
export class Stages {
  count = 0;
  readonly #names = new Set<string>();

  add(name: string | undefined): void {
    this.count++;
    if (name !== undefined) this.#names.add(name.toLowerCase());
  }

  /** Whether a name means an earlier stage. `build-$TARGETARCH` means one where `build-amd64` is one. */
  isNamed(parts: readonly Part[]): boolean {
    if (this.#names.has(textOf(parts).toLowerCase())) return true;
    const opens = parts.flatMap((part, i) => (part.open === undefined ? [] : i));
    if (opens.length === 0 || opens.length === parts.length) return false;
    const first = textOf(parts.slice(0, opens[0])).toLowerCase();
    const last = textOf(parts.slice(opens[opens.length - 1] + 1)).toLowerCase();
    if (first === "" && last === "") return false;
    return [...firstOf(this.#names)].some(
      (name) => name.length >= first.length + last.length && name.startsWith(first) && name.endsWith(last),
    );
  }
}

function* firstOf(names: ReadonlySet<string>): Generator<string> {
  let left = MOST_COMPARED;
  for (const name of names) {
    if (left-- === 0) return;
    yield name;
  }
}
