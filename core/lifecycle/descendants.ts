import { type Image, PARENT_LABEL } from "./image";

/** An image that was made from another one, perhaps through others. */
export interface Descendant {
  image: Image;
  /** 1 for what was made from it directly. */
  generation: number;
}

/**
 * What was made from an image, by `kiln-parent-id`, in whatever family: parents before their children. An image whose
 * parent is gone descends from nobody, and one that descends from itself is told once.
 */
export function descendantsOf(images: readonly Image[], { id }: Pick<Image, "id">): Descendant[] {
  const children = new Map<string, Image[]>();
  for (const image of images) {
    const parent = image.labels?.[PARENT_LABEL];
    if (!parent) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(image);
    else children.set(parent, [image]);
  }
  const seen = new Set([id]);
  const found: Descendant[] = [];
  for (let generation = 1, parents = [id]; parents.length > 0; generation++) {
    const next = parents
      .flatMap((parent) => children.get(parent) ?? [])
      .filter((image) => !seen.has(image.id) && seen.add(image.id))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    found.push(...next.map((image) => ({ image, generation })));
    parents = next.map((image) => image.id);
  }
  return found;
}
