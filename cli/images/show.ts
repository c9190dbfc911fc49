import { type Command } from "commander";
import { unknownImage } from "../../core/lifecycle/change";
import { descendantsOf } from "../../core/lifecycle/descendants";
import { type Forecast, forecastOf } from "../../core/lifecycle/forecast";
import { architectureOf, type Image, PARENT_LABEL } from "../../core/lifecycle/image";
import { imageOfLink } from "../../core/lifecycle/usage";
import { ExitCode } from "../exitCode";
import { remarksOf } from "./list";
import { type ImagesFlags, imagesSubcommand } from "./options";
import { json, safe, shortTime, table } from "./print";
import { inSession, print, tell } from "./session";

interface Shown {
  image: Image;
  parent?: string;
  descendants: { image: string; family?: string; generation: number }[];
  usedBy: readonly string[];
  /** What could not be looked at; the image may be used there. */
  unread: readonly string[];
  forecast: Forecast;
}

/** `kiln images show`: all about an image, what is due and what is in the way. */
export function showCommand(exit: (code: ExitCode) => void): Command {
  return imagesSubcommand("show", "Show an image, who uses it, what is due and what is in the way", {
    policies: true,
    usage: true,
  })
    .argument("<image>", "image to show")
    .action(async (name: string, flags: ImagesFlags) =>
      exit(
        await inSession(flags, async (session) => {
          const { factory } = session;
          const images = await factory.images.list();
          const image = images.find((one) => one.name === name);
          if (!image) {
            tell(`error: ${unknownImage(images, name)}`);
            return ExitCode.Failed;
          }
          const { policies, stopped, projectPolicy } = await session.policiesIfReadable();
          const usage = await factory.usage(images);
          const inputs = { project: factory.project, images, policies, stopped, projectPolicy, usage };
          const { parent, descendants } = relativesOf(images, image);
          const shown: Shown = {
            ...{ image, ...(parent === undefined ? {} : { parent }), descendants },
            ...{ usedBy: usage.users.get(name) ?? [], unread: usage.unread },
            forecast: forecastOf({ ...inputs, now: factory.host.now() }, name),
          };
          print(flags.format === "json" ? json(shown) : shownText(shown));
          return ExitCode.Ok;
        }),
      ),
    );
}

function relativesOf(images: readonly Image[], image: Image): Pick<Shown, "parent" | "descendants"> {
  const id = image.labels?.[PARENT_LABEL];
  const parent = id && (images.find((one) => one.id === id)?.name ?? `${id}, which is not in the project`);
  const descendants = descendantsOf(images, image).map(({ image: { name, family }, generation }) => ({
    ...{ image: name, generation },
    ...(family === undefined ? {} : { family }),
  }));
  return { ...(parent ? { parent } : {}), descendants };
}

function shownText({ image, parent, descendants, usedBy, unread, forecast }: Shown): string {
  const { name, id, family = "-", status, creationTimestamp, deprecated = {}, labels = {} } = image;
  const lines: [string, string | undefined][] = [
    ["image", `${name} (${id})`],
    ["family", family],
    ["architecture", architectureOf(image)],
    ["state", status === "READY" ? (deprecated.state ?? "ACTIVE") : status],
    ["created", shortTime(creationTimestamp)],
    ["deprecated", deprecated.deprecated && shortTime(deprecated.deprecated)],
    ["replacement", deprecated.replacement && (imageOfLink(deprecated.replacement)?.name ?? deprecated.replacement)],
    ...remarksOf(image).map((remark): [string, string] => ["", remark]),
    ["made from", parent],
    ...several(
      "made from it",
      descendants.map((one) => `${one.image}${one.family ? ` (${one.family})` : ""}`),
    ),
    ...several("used by", usedBy),
    ...several("perhaps used in", unread),
    ...several(
      "labels",
      Object.entries(labels).map((label) => label.join("=")),
    ),
  ];
  const given = lines.filter((line): line is [string, string] => line[1] !== undefined && line[1] !== "");
  const shown = given.map(([key, value]) => `${key.padEnd(16)}${safe(value)}\n`).join("");
  return `${shown}\n${forecastText(forecast)}`;
}

function several(key: string, values: readonly string[]): [string, string][] {
  const most = values.slice(0, MOST_SHOWN);
  const more = values.length > MOST_SHOWN ? [`and ${values.length - MOST_SHOWN} more`] : [];
  return [...most, ...more].map((value, index) => [index === 0 ? key : "", value]);
}

/** A base image may have thousands of disks. */
const MOST_SHOWN = 20;

function forecastText({ steps, end }: Forecast): string {
  const rows = steps.map(({ at, kind = "?", refusal }) => [
    shortTime(at),
    kind,
    refusal ? `not done, by ${refusal.rule}: ${refusal.reason}` : "",
  ]);
  const last = `then: ${safe(end)}\n`;
  return rows.length === 0 ? `nothing is due: ${safe(end)}\n` : `${table(["FROM", "WHAT", "IN THE WAY"], rows)}${last}`;
}
