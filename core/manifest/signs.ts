import { get, getIn, has, itemsOf, type MapNode, type Node, textOf } from "./tree";

const STEP_KEYS = ["args", "entrypoint", "id", "waitFor", "dir", "secretEnv", "script", "volumes", "timeout"];

/** Steps whose names are images. */
export function isCloudBuild(root: MapNode): boolean {
  return itemsOf(get(root, "steps")).some(isCloudBuildStep);
}

function isCloudBuildStep(step: Node | undefined): boolean {
  const name = textOf(step, "name");
  const isOther = ["image", "uses", "run", "plugin"].some((key) => has(step, key));
  if (name === undefined || isOther || /\s/.test(name)) return false;
  return STEP_KEYS.some((key) => has(step, key)) || (has(step, "env") && name.includes("/"));
}

/** Parts of files count as well: documentation and `skaffold build --file-output` write them. */
export function isSkaffold(root: MapNode): boolean {
  const lists = [getIn(root, "build", "artifacts"), getIn(root, "builds"), getIn(root, "test"), getIn(root, "verify")];
  const keys = ["image", "imageName", "structureTests", "container"];
  return lists.some((list) => itemsOf(list).some((item) => keys.some((key) => has(item, key))));
}

/** Services, some of which name or build an image. */
export function isCompose(root: MapNode): boolean {
  const services = get(root, "services");
  return services?.kind === "map" && services.entries.some(({ value }) => has(value, "image") || has(value, "build"));
}
