import { readReference } from "../reference/reference";
import { Certainty, Purpose, type ImageUse } from "../scan/imageUse";
import { literal, textOf, useOf, type Part } from "../scan/parts";
import { isPlaceholder } from "../scan/placeholder";
import { inOrder, scanCommand } from "./command";
import { isFull, isOtherImage } from "./likeness";

/** Texts in quotes, on one line and without escapes. */
const QUOTED = /"([^"\\\n]{3,400})"|'([^'\\\n]{3,400})'|`([^`\\\n]{3,400})`/g;

/** What stands before a text when it is an image's: `image = `, `"containerImage": `, `Image: pulumi.String(`, `image '`. */
const KEYED =
  /(?:^|[\s,{("'.])((?:[\w-]{0,40}[a-z_-])?image(?:_?(?:ur[il]|name|ref))?)["']?(?:\s{0,20}[:=]\s{0,20}|\s{1,4})(?:(?:\w{1,20}\.){0,2}\w{1,20}\(|[a-z]{1,2}|pulumi\.interpolate)?$/i;
const NOT_KEYED = /policy|family|base64|disk|project|icon|background|logo|source|type/i;

/** `${var.tag}` of Terraform and JavaScript, `#{tag}` of Ruby. */
const TEMPLATE = /[$#%]\{([^{}]{1,100})\}/g;

const COMMAND =
  /\b(?:docker|podman|nerdctl|crane|ctr|crictl)\s+(?:[a-z]+\s+)?(?:run|pull|cp|copy|create)\s[^\n]{1,1000}/g;

/** How far before a text its key is looked for. */
const BEFORE = 90;

/**
 * Texts in programs that look like images: well-known registries, hosts with a path and a version, and values of keys
 * that are called image. Programs are not run, so this is a hint where to look.
 *
 * @param mayBeWord whether `image: "nginx"`, one word, counts: it does where containers are all that has images.
 */
export function lookHere(text: string, mayBeWord: boolean): ImageUse[] {
  const uses: ImageUse[] = [];
  for (const found of text.matchAll(QUOTED)) {
    const content = found[1] ?? found[2] ?? found[3];
    const start = found.index + 1;
    if (/[\s,;<>]/.test(content) || isComment(text, start)) continue;
    const parts = partsOf(content, start);
    const filled = textOf(parts.map((part) => (part.open === undefined ? part : { text: "x" })));
    if (isPlaceholder(filled) || isOtherImage(filled) || parts.every((part) => part.open !== undefined)) continue;
    const key = keyOf(text.slice(Math.max(0, start - 1 - BEFORE), start - 1));
    if (key === undefined ? !isFull(filled) : !isValue(filled, mayBeWord)) continue;
    uses.push(useOf(parts, { kind: key ?? "text", purpose: Purpose.Pull, certainty: Certainty.Look }));
  }
  for (const found of text.matchAll(COMMAND))
    if (!isComment(text, found.index)) uses.push(...scanCommand(found[0], found.index, { certainty: Certainty.Look }));
  return inOrder(uses);
}

function keyOf(before: string): string | undefined {
  const key = KEYED.exec(before.slice(before.lastIndexOf("\n") + 1))?.[1];
  return key !== undefined && !NOT_KEYED.test(key) ? key : undefined;
}

function isValue(text: string, mayBeWord: boolean): boolean {
  return readReference(text).problem === undefined && (mayBeWord || /[:@/]/.test(text));
}

function partsOf(text: string, start: number): Part[] {
  const parts: Part[] = [];
  let run = 0;
  for (const found of text.matchAll(TEMPLATE)) {
    if (found.index > run) parts.push(literal(text.slice(run, found.index), start + run));
    parts.push({ ...literal(found[0], start + found.index), open: found[1].trim() });
    run = found.index + found[0].length;
  }
  if (run < text.length) parts.push(literal(text.slice(run), start + run));
  return parts;
}

/** Lines are looked at as far back as comments with a text in them usually begin. */
const MOST_LINE = 200;

function isComment(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - MOST_LINE), at);
  const newline = before.lastIndexOf("\n");
  return (newline >= 0 || at <= MOST_LINE) && /^\s*(?:\/\/|#|\*|--)/.test(before.slice(newline + 1));
}
