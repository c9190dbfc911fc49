import { Purpose } from "../scan/imageUse";
import { getIn, textOf } from "./tree";
import { type Visit } from "./walk";

/** Parameters that tasks of Tekton's catalog take the name of the image they make from: `IMAGE`, `APP_IMAGE`, `imageUrl`. */
const MADE = /^(?:(?:app|output|target|dest|destination)[-_]?)?image(?:[-_]?(?:url|name|ref|reference|tag))?$/i;

/** Names of tasks that make images. */
const MAKES = /build|kaniko|jib|s2i|makisu|^img|^ko(?:-|$)|orka|source-to-image/;

/** What a parameter's value is for: a task that makes images puts one there. */
export function parameterPurpose({ format, around }: Visit): Purpose {
  const [given, parameter] = [around.at(-2), around.at(-1)];
  if (format.name !== "Tekton" || !MADE.test(textOf(parameter, "name") ?? "")) return Purpose.Pull;
  const refs = ["taskRef", "pipelineRef"].map((key) => textOf(getIn(given, key), "name") ?? "");
  return refs.some((name) => MAKES.test(name)) ? Purpose.Push : Purpose.Pull;
}
