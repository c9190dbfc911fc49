import { visibleLine } from "../visible";

/** Longest name in a diagram. */
const MOST_NAME = 60;

/**
 * Text for a label between quotes. Everything but plain letters, digits and a few marks stands as an entity of Mermaid
 * (`#34;`), so that nothing in it is a quote, HTML, Markdown, a directive, an icon or a formula.
 */
export function labelText(text: string): string {
  // Mermaid takes `\n` for the end of a line.
  const line = visibleLine(text, MOST_NAME).replaceAll("\\n", " ") || "(empty)";
  // Two dollars begin a formula and `:fa-` an icon, however they are written. At the beginning, a mark or a number with
  // a full stop would be a list of Markdown.
  return line
    .replace(/\$(?=\$)/g, "\\u{24}")
    .replace(/:(?=fa-)/g, "\\u{3a}")
    .replace(/[^\p{L}\p{N} .:,/-]/gu, entity)
    .replace(/^[^\p{L}\p{N}#]/u, entity)
    .replace(/^(\p{N}+)\./u, (_, digits: string) => `${digits}${entity(".")}`)
    .replace(/:(?=\/\/)/g, entity);
}

function entity(character: string): string {
  return `#${character.codePointAt(0) ?? 0};`;
}
