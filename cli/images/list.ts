import { type Command } from "commander";
import { createdAt, holdOf, unknownFamily } from "../../core/lifecycle/change";
import {
  architectureOf,
  CHANNEL_LABEL,
  HOLD_LABEL,
  type Image,
  isActive,
  REVOKED_PARENT_LABEL,
} from "../../core/lifecycle/image";
import { ExitCode } from "../exitCode";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { json, shortTime, table } from "./print";
import { inSession, print, tell } from "./session";

/** `kiln images list`: the images of a project, or of a family. */
export function listCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("list", "List images by family, newest first; * is what a family stands for")
    .argument("[family]", "list the images of this family alone")
    .action(async (family: string | undefined, flags: ImagesFlags) =>
      exit(
        await inSession(flags, async ({ factory }) => {
          const all = await factory.images.list();
          const images = all.filter((one) => family === undefined || one.family === family);
          if (family !== undefined && images.length === 0) {
            tell(`error: ${unknownFamily(all, family)}`);
            return ExitCode.Failed;
          }
          print(flags.format === "json" ? json(listed(images)) : imagesTable(listed(images)));
          return ExitCode.Ok;
        }),
      ),
    );
}

/** An image as the list tells it. */
export interface ListedImage extends Omit<Image, "deprecated"> {
  architecture: string;
  /** What Compute Engine says of its age; `ACTIVE` where it says nothing. */
  deprecated: NonNullable<Image["deprecated"]>;
  /** Whether its family stands for it. */
  newest: boolean;
}

/** Images by family and architecture, newest first. */
export function listed(images: readonly Image[]): ListedImage[] {
  const place = (one: Image) => `${one.family ?? ""}\n${architectureOf(one)}`;
  const age = (one: Image) => (Number.isNaN(createdAt(one)) ? -Infinity : createdAt(one));
  const sorted = [...images].sort(
    (a, b) => compare(place(a), place(b)) || compare(age(b), age(a)) || compare(a.name, b.name),
  );
  const seen = new Set<string>();
  return sorted.map((one) => {
    const newest = one.family !== undefined && isActive(one) && !seen.has(place(one));
    if (newest) seen.add(place(one));
    return { ...one, architecture: architectureOf(one), deprecated: { state: "ACTIVE", ...one.deprecated }, newest };
  });
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}

function imagesTable(images: readonly ListedImage[]): string {
  const rows = images.map((one) => [
    one.family ?? "-",
    one.newest ? "*" : "",
    one.name,
    one.architecture,
    one.status === "READY" ? (one.deprecated.state ?? "ACTIVE") : one.status,
    shortTime(one.creationTimestamp),
    remarksOf(one).join(", "),
  ]);
  return table(["FAMILY", "", "IMAGE", "ARCHITECTURE", "STATE", "CREATED", "REMARKS"], rows);
}

/** What matters of an image besides its state. */
export function remarksOf(image: Image): string[] {
  const { labels = {}, deprecated } = image;
  return [
    ...(holdOf(image) === undefined ? [] : [`held: ${HOLD_LABEL}=${holdOf(image)}`]),
    ...(Object.hasOwn(labels, CHANNEL_LABEL) ? [`channel ${labels[CHANNEL_LABEL]}`] : []),
    ...(Object.hasOwn(labels, REVOKED_PARENT_LABEL)
      ? [`made from ${labels[REVOKED_PARENT_LABEL]}, which was revoked`]
      : []),
    ...(deprecated?.obsolete ? [`obsolete from ${shortTime(deprecated.obsolete)}`] : []),
    ...(deprecated?.deleted ? [`deleted from ${shortTime(deprecated.deleted)}`] : []),
  ];
}
