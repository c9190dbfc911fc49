import fc from "fast-check";
import { type Action } from "../../../core/lifecycle/action";
import { applied } from "../../../core/lifecycle/applied";
import { createdAt } from "../../../core/lifecycle/change";
import { architectureOf, type Image, isActive } from "../../../core/lifecycle/image";
import { daysAgo, link } from "./samples";

/** What two architectures of the family `web` and one image of another may look like; held only by rollbacks. */
export const someImages: fc.Arbitrary<Image[]> = fc
  .array(
    fc.record({
      family: fc.constantFrom("web", "web", "web", "db"),
      architecture: fc.constantFrom("X86_64", "X86_64", "ARM64"),
      creationTimestamp: fc.integer({ min: 0, max: 12 }).map(daysAgo),
      status: fc.constantFrom("READY", "READY", "READY", "PENDING"),
      labels: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        { "kiln-hold": "rollback" },
        { "kiln-hold": "rolled-back" },
      ),
      deprecated: fc.constantFrom(
        undefined,
        undefined,
        { state: "DEPRECATED", replacement: link("i0") },
        { state: "OBSOLETE" },
      ),
    }),
    { maxLength: 8 },
  )
  .map((all) => all.map((one, index) => ({ ...one, id: String(index + 1), name: `i${index}` })));

/** The images after none of the actions, after the first, after the first two, and so on. */
export function prefixes(images: readonly Image[], actions: readonly Action[]): Image[][] {
  return [...actions.keys(), actions.length].map((count) => applied(images, actions.slice(0, count)));
}

/** The newest active image of every family and architecture; names of several where they are of one age. */
export function pointers(images: readonly Image[]): Map<string, string[]> {
  const newest = new Map<string, Image[]>();
  for (const image of images.filter((one) => isActive(one) && one.family !== undefined)) {
    const line = `${image.family} ${architectureOf(image)}`;
    const [best] = newest.get(line) ?? [];
    if (!best || createdAt(image) > createdAt(best)) newest.set(line, [image]);
    else if (createdAt(image) === createdAt(best)) newest.get(line)?.push(image);
  }
  return new Map([...newest].map(([line, all]) => [line, all.map(({ name }) => name).sort()]));
}
