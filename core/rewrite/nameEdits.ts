import { type ImageUse, type Piece, type Span } from "../scan/imageUse";
import { type Edit } from "./edits";
import { type Target } from "./targets";

/** Either what to change, or why nothing can be changed for sure. */
export type Edits = { edits: Edit[]; problem?: undefined } | { edits?: undefined; problem: string };

/** The same with the name that then stands there. */
type NameEdits = { edits: Edit[]; name: string; problem?: undefined } | { edits?: undefined; problem: string };

/** A part of a piece, with where it stands. */
interface Section {
  text: string;
  span?: Span;
  piece: Piece;
  isHeld: boolean;
}

/** Where the tag or digest begins in a reference. */
export function versionStart(reference: string): number {
  const at = reference.indexOf("@");
  const name = at < 0 ? reference : reference.slice(0, at);
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon < 0 ? name.length : colon;
}

/**
 * What turns the name of a use into another and leaves tag and digest alone.
 *
 * @param isDockerfile whether an ARG may hold a part of the name; what else it is used for is looked at elsewhere.
 */
export function nameEdits(use: ImageUse, target: Target, isDockerfile: boolean): NameEdits {
  const sections = sectionsOf(use, 0, versionStart(use.reference));
  const registry = sections.filter(({ piece }) => piece.role === "registry" && piece.span !== undefined);
  if (registry.length > 0) return roleEdits(sections, registry, target);
  const held = sections.find(({ isHeld, piece }) => isHeld && !mayChange(piece, sections.length, isDockerfile));
  if (held) return { problem: `${held.piece.holder} holds a part of the name: change it by hand` };
  const [written, whole] = [changeOne(sections, target.written), changeOne(sections, target.repository)];
  if (written.edits) return { ...written, name: target.written };
  return whole.edits ? { ...whole, name: target.repository } : written;
}

/** The sections of a use's pieces between two places of its reference. */
export function sectionsOf(use: ImageUse, start: number, end: number): Section[] {
  const sections: Section[] = [];
  let before = 0;
  for (const piece of use.pieces) {
    const [from, to] = [Math.max(0, start - before), Math.min(piece.text.length, end - before)];
    before += piece.text.length;
    if (from >= to) continue;
    const span = piece.span && { start: piece.span.start + from, end: piece.span.start + to };
    sections.push({ text: piece.text.slice(from, to), piece, isHeld: isHeld(piece, use), ...(span && { span }) });
  }
  return sections;
}

/** Whether something away from the place of use holds it, so that others may use it too. */
function isHeld({ holder, span }: Piece, use: ImageUse): boolean {
  return holder !== undefined && !(span && span.start >= use.span.start && span.end <= use.span.end);
}

/** A whole name in a variable means this image wherever it is used; of a part nobody knows. */
function mayChange({ holder = "" }: Piece, count: number, isDockerfile: boolean): boolean {
  return isDockerfile ? holder.startsWith("ARG ") : count === 1;
}

/** Registry and repository, which the format joins. */
function roleEdits(sections: Section[], registry: Section[], { repository }: Target): NameEdits {
  const names = sections.filter(({ piece }) => piece.role === "repository");
  const held = sections.find(({ isHeld }) => isHeld);
  if (held) return { problem: `${held.piece.holder} holds the registry of other images too: change it by hand` };
  if (registry.length !== 1 || names.length !== 1 || !registry[0].span || !names[0].span)
    return { problem: "registry and repository are put together from several parts: change them by hand" };
  const slash = repository.indexOf("/");
  const domain = `${repository.slice(0, slash)}${registry[0].text.endsWith("/") ? "/" : ""}`;
  return {
    name: repository,
    edits: changed([
      [registry[0].span, registry[0].text, domain],
      [names[0].span, names[0].text, repository.slice(slash + 1)],
    ]),
  };
}

/** Changes one section so that all together are the name: that at the place of use, if one there will do. */
function changeOne(sections: readonly Section[], name: string): Edits {
  const order = [...sections.keys()].sort((a, b) => Number(sections[a].isHeld) - Number(sections[b].isHeld));
  for (const at of order) {
    const { span, text } = sections[at];
    const [before, after] = [joined(sections.slice(0, at)), joined(sections.slice(at + 1))];
    const isFit = name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length;
    if (span && isFit) return { edits: changed([[span, text, name.slice(before.length, name.length - after.length)]]) };
  }
  if (sections.some(({ span }) => span === undefined))
    return { problem: "it is written with escapes or quotes in it: change it by hand" };
  return { problem: "the name is put together from several parts: change it by hand" };
}

function joined(sections: readonly Section[]): string {
  return sections.map(({ text }) => text).join("");
}

function changed(parts: [span: Span, from: string, to: string][]): Edit[] {
  return parts.filter(([, from, to]) => from !== to).map(([span, , text]) => ({ ...span, text }));
}
