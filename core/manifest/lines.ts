import { Certainty, Purpose } from "../scan/imageUse";
import { useOf } from "../scan/parts";
import { isImageKey, isPlain, isTelling } from "./names";
import { type Scalar } from "./tree";
import { expand } from "./variables";
import { type Visit } from "./walk";

/** A line with a key and a value: `- image: "nginx:1.25" # why`, `"image": "nginx",`. */
const LINE =
  /^[ \t]*(?:-[ \t]+)*["']?([\w.-]{1,100})["']?[ \t]*:[ \t]+("[^"\\\r\n]*"|'[^'\r\n]*'|[^\s"'#&*!|>{}[\],][^\s#,]*)/gm;

/** What a reading line by line needs to know. */
export type Reading = Pick<Visit, "source" | "collector"> & {
  /** Whether bare words count under `image`. */
  isManifest: boolean;
};

/** Reads a text that is no YAML line by line: what stands under a key that means images, and looks like one. */
export function scanLines(text: string, base: number, { source, collector, isManifest }: Reading): void {
  for (const found of text.matchAll(LINE)) {
    const [line, key, value] = found;
    if (!isImageKey(key)) continue;
    const scalar = scalarAt(value, base + found.index + line.length - value.length);
    const parts = expand(scalar, source, () => undefined);
    const isLikely = isManifest && key === "image" ? isPlain(parts) : isTelling(parts);
    if (parts.length === 0 || !isLikely) continue;
    collector.add(useOf(parts, { kind: key, purpose: Purpose.Pull, certainty: Certainty.Likely }));
  }
}

function scalarAt(written: string, start: number): Scalar {
  const isQuoted = /^["']/.test(written);
  const value = isQuoted ? written.slice(1, -1) : written;
  const at = isQuoted ? start + 1 : start;
  return { kind: "scalar", value, start: at, end: at + value.length, at, style: isQuoted ? "quoted" : "plain" };
}
