import { visible } from "../visible";

/** Text that is HTML already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | Markup | undefined | readonly Part[];

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** A template whose parts are escaped, unless they are {@link Markup} themselves. Lists are joined. */
export function markup(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  const made = texts.map((text, at) => (at === 0 ? text : textOf(parts[at - 1]) + text));
  return new Markup(made.join(""));
}

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return visible(String(part)).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
