import { type GraphValue, SECRET } from "../graphValue";
import { asObject, type Wire } from "./wire";

/** Shorter texts are left alone, as by Pulumi: `[secret]` in place of every "1" would make messages unreadable. */
const SHORTEST = 3;

/** Words that secrets may hold without being one. */
const HARMLESS = new Set(["true", "false", "null"]);

/** Texts of a program's secrets, to keep them out of messages. */
export class SecretTexts {
  readonly #texts = new Set<string>();
  /** Longer ones first: a secret may begin with another. */
  #byLength: string[] = [];

  /** Remembers every text within a secret. */
  add(value: Wire): void {
    if (typeof value === "string" || typeof value === "number") this.#addText(String(value));
    else if (Array.isArray(value)) value.forEach((member) => this.add(member));
    else Object.values(asObject(value) ?? {}).forEach((member) => this.add(member));
  }

  /** Whether a text within is a secret, or holds one. */
  isIn(value: Wire): boolean {
    if (typeof value === "string") return this.mask(value) !== value;
    if (typeof value === "number") return this.#texts.has(String(value));
    if (Array.isArray(value)) return value.some((member) => this.isIn(member));
    return Object.entries(asObject(value) ?? {}).some(([key, member]) => this.isIn(key) || this.isIn(member));
  }

  /** The text with every secret in it replaced. */
  mask(text: string): string {
    let masked = text;
    if (this.#byLength.length !== this.#texts.size)
      this.#byLength = [...this.#texts].sort((a, b) => b.length - a.length);
    for (const secret of this.#byLength) if (masked.includes(secret)) masked = masked.replaceAll(secret, SECRET);
    return masked;
  }

  /** The value with every secret in it replaced. */
  maskValue(value: GraphValue): GraphValue {
    if (typeof value === "string") return this.mask(value);
    if (typeof value === "number") return this.#texts.has(String(value)) ? SECRET : value;
    if (Array.isArray(value)) return value.map((member) => this.maskValue(member));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [this.mask(key), this.maskValue(member)]));
  }

  #addText(text: string): void {
    if (text.length < SHORTEST || HARMLESS.has(text)) return;
    this.#texts.add(text);
    // A text of several lines is also seen with its line ends escaped.
    this.#texts.add(JSON.stringify(text).slice(1, -1));
  }
}
