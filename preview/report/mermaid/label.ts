import { visibleLine } from "../visible";

/** Longest name in a diagram. */
const MOST_NAME = 60;

/**
 * Text for a label between quotes. Everything but plain letters, digits and a few marks stands as an entity of Mermaid
 * (`#34;`), so that nothing in it is a quote, HTML, Markdown, a directive, an icon or a formula.
 */
export function labelText(text: string): string {
  const line = visibleLine(text, MOST_NAME) || "(empty)";
  // At the beginning a mark or a number with a full stop would be a list of Markdown.
  return line
    .replace(/[^\p{L}\p{N} .:,/-]/gu, entity)
    .replace(/^[^\p{L}\p{N}#]/u, entity)
    .replace(/^(\p{N}+)\./u, (_, digits: string) => `${digits}${entity(".")}`)
    .replace(/:(?=fa-|\/\/)/g, entity);
}

function entity(character: string): string {
  return `#${character.codePointAt(0) ?? 0};`;
}
