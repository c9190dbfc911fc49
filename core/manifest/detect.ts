import { type Format } from "./format";
import { FORMATS } from "./formats";
import { has, type MapNode, type Node, textOf } from "./tree";

/** A document of no format that is known: only what speaks for itself is an image there. */
export const UNKNOWN: Format = { name: "", places: [] };

/** Which format an object has: by its `apiVersion`, by the name of the file, by what is in it. */
export function formatOf(path: string, root: Node): Format {
  if (root.kind !== "map") return UNKNOWN;
  const api = textOf(root, "kind") === undefined ? undefined : textOf(root, "apiVersion");
  return FORMATS.find((format) => isOf(format, path, root, api)) ?? UNKNOWN;
}

function isOf({ api, file, root: isRoot }: Format, path: string, root: MapNode, version: string | undefined): boolean {
  if (version !== undefined && api !== undefined) return api.test(version);
  if (version !== undefined) return false;
  return file?.test(path) === true || isRoot?.(root) === true;
}

/** Whether a mapping is like a container: something runs there. */
export function isContainerLike(map: MapNode | undefined): boolean {
  return BESIDE.some((key) => has(map, key));
}

const BESIDE = [
  "command",
  "args",
  "env",
  "environment",
  "ports",
  "volumeMounts",
  "imagePullPolicy",
  "pullPolicy",
  "resources",
  "entrypoint",
  "script",
  "workingDir",
  "imagePullSecrets",
  "securityContext",
  "restart",
  "container_name",
  "volumes",
  "network_mode",
  "restart_policy",
];
