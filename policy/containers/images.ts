import { readReference, type Reference } from "../../core/reference/reference";
import { type Finding } from "../rule";
import { UNKNOWN } from "../value";
import { type NamedImage } from "./namedImages";

/** Judges images by their names; what is no name is not accepted. */
export function judgeImages(
  images: readonly NamedImage[],
  accepts: (image: Reference) => boolean,
  violation: string,
): Finding[] {
  return images.flatMap(({ path, image }): Finding[] => {
    if (image === UNKNOWN) return [{ path, cannotTell: true }];
    if (typeof image !== "string") return [];
    const { reference } = readReference(image);
    if (!reference) return [{ path, violation: "The image's name is none that a registry could have." }];
    return accepts(reference) ? [] : [{ path, violation }];
  });
}

/** Whether images of a name may be used, by registries and beginnings of names in which `*` stands for text without a slash. */
export function isAllowed(allowed: unknown): (image: Reference) => boolean {
  const texts = Array.isArray(allowed) ? allowed.filter((entry): entry is string => typeof entry === "string") : [];
  const patterns = texts.map((text) => {
    const parts = text.replace(/\/$/, "").split(/\*+/);
    const escaped = parts.map((part) => part.replace(/[^A-Za-z0-9]/g, "\\$&"));
    return new RegExp(`^${escaped.join("[^/]*")}(/|$)`);
  });
  return ({ domain, path }) => {
    const name = `${domain.toLowerCase()}/${path}`;
    return patterns.some((pattern) => pattern.test(name));
  };
}
