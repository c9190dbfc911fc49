import { Certainty, type ImageUse, type Piece, Purpose } from "../scan/imageUse";
import { type Part, textOf as joined } from "../scan/parts";
import { type Group } from "./format";
import { isName } from "./names";
import { ITEM, lastKey } from "./path";
import { get, getIn, has, type MapNode, type Scalar, scalarOf, textOf } from "./tree";
import { partsOf, placeName, type Visit } from "./walk";

type Role = NonNullable<Piece["role"]>;

/** Parts that Helm's values are written in, whatever chart they are of. The first that fits counts. */
export const TRIPLES: Omit<Group, "at">[] = [
  {
    registry: ["registry", "imageRegistry"],
    repository: ["repository"],
    tag: ["tag", "imageTag"],
    digest: ["digest", "sha"],
  },
  { registry: ["registry"], repository: ["image", "name", "repo"], tag: ["tag"], digest: ["digest", "sha"] },
  { registry: ["imageRegistry"], repository: ["image"], tag: ["tag", "imageTag", "image_tag"], digest: ["digest"] },
  {
    repository: ["imageName", "image_name", "imageRepository", "imageRepo"],
    tag: ["imageTag", "image_tag", "tag"],
    digest: ["imageDigest"],
  },
  { repository: ["image.repository"], tag: ["image.tag"], digest: ["image.digest"] },
  { repository: ["baseImage"], tag: ["tag", "version"], digest: ["sha"] },
];

/** What is beside a repository of images, and not beside one of sources or charts. */
const BESIDE = ["registry", "digest", "sha", "pullPolicy", "imagePullPolicy", "pullSecrets"];

/** Whether a mapping's parts, whose repository is at `key`, name an image for sure enough. */
export function isTriple(map: MapNode, key: string, group: Omit<Group, "at">, visit: Visit): boolean {
  const isUnderImage = /image/i.test(lastKey(visit.keys));
  const isTagged = [...group.tag, ...group.digest].some((one) => has(map, one));
  if (key === "name" || key === "repo")
    return isUnderImage && (isTagged || has(map, "registry")) && !has(map, "newTag");
  if (key === "image" || key === "baseImage") return isTagged && !/[:@][^/]*$/.test(textOf(map, key) ?? "");
  if (/^(?:registry|docker)-image$/.test(textOf(visit.around.at(-2), "type") ?? "")) return true;
  if (key === "repository")
    return isUnderImage || BESIDE.some((one) => has(map, one)) || (isTagged && visit.format.name === "Helm values");
  return isTagged;
}

/** The use that a mapping's parts name together. */
export function groupUse(map: MapNode, group: Omit<Group, "at">, visit: Visit): ImageUse | undefined {
  const repository = firstOf(map, group.repository);
  if (repository === undefined) return undefined;
  const name = withRole(partsOf(repository, visit), "repository");
  const parts = [...registryOf(map, group, visit, name), ...name, ...versionOf(map, group, visit, joined(name))];
  const isUnknown = isVersionUnknown(map, group, visit, joined(name));
  const isPrefix = isUnknown && /images$/i.test(lastKey(visit.keys)) && visit.keys.at(-1) !== ITEM;
  if (isPrefix || !isName(parts)) return undefined;
  const open = parts.flatMap((part) => part.open ?? []);
  if (isUnknown) open.push("appVersion");
  const isSure = visit.format.name !== "";
  return {
    reference: joined(parts),
    open: [...new Set(open)],
    purpose: Purpose.Pull,
    certainty: group.certainty ?? (isSure ? Certainty.Certain : Certainty.Likely),
    kind: placeName(visit),
    span: { start: repository.start, end: repository.end },
    pieces: parts.map(({ text, span, holder, role }) => ({
      text,
      ...(span && { span }),
      ...(holder && { holder }),
      ...(role && { role }),
    })),
  };
}

function firstOf(map: MapNode, keys: readonly string[] = []): Scalar | undefined {
  return keys.map((key) => scalarOf(get(map, key))).find((scalar) => scalar !== undefined && !isEmpty(scalar));
}

function isEmpty({ value, style }: Scalar): boolean {
  return value === "" || (style === "plain" && (value === "null" || value === "~"));
}

function withRole(parts: Part[], role: Role): Part[] {
  return parts.map((part) => ({ ...part, role }));
}

function implied(text: string, at: Part["at"]): Part {
  return { text, at };
}

/** A registry for all images of a chart goes before an image's own, as Bitnami's charts have it. */
function registryOf(map: MapNode, group: Omit<Group, "at">, visit: Visit, name: Part[]): Part[] {
  if (group.registry === undefined) return [];
  const all = HOST.test(joined(name)) ? undefined : globalOf("imageRegistry", visit);
  const scalar = all ?? firstOf(map, group.registry);
  if (scalar === undefined) return hubOf(name, visit);
  const holder = scalar === all ? { holder: "global.imageRegistry" } : {};
  const parts = withRole(partsOf(scalar, visit), "registry").map((part) => ({ ...part, ...holder }));
  return joined(parts).endsWith("/") ? parts : [...parts, implied("/", name[0].at)];
}

/** Begins with a registry. */
const HOST = /^[\w-]+(?:\.[\w-]+)*(?:\.[a-z]{2,}|:\d+)\//i;

/** A value for all of a chart. */
function globalOf(key: string, { around }: Visit): Scalar | undefined {
  return around.map((one) => scalarOf(getIn(one, "global", key))).find((one) => one && !isEmpty(one));
}

/** Istio's registry goes before names without a slash: https://istio.io/latest/docs/reference/config/istio.operator.v1alpha1/ */
function hubOf(name: readonly Part[], visit: Visit): Part[] {
  const hub = joined(name).includes("/") ? undefined : globalOf("hub", visit);
  if (hub === undefined) return [];
  const { at } = name[0];
  const parts = withRole(partsOf(hub, visit), "registry").map((part) => ({ ...part, at, holder: "global.hub" }));
  return [...parts, implied("/", at)];
}

/** A name with the registry and tag that Istio puts around it; as it is elsewhere. */
export function withHub(name: Part[], visit: Visit): Part[] {
  const hub = hubOf(name, visit);
  if (hub.length === 0) return name;
  const tag = joined(name).includes(":") ? undefined : globalOf("tag", visit);
  const version = tag ? versionParts(tag, "tag", visit) : [];
  const { at } = name[0];
  return [
    ...hub,
    ...withRole(name, "repository"),
    ...version.map((part) => ({ ...part, at, ...(part.span && { holder: "global.tag" }) })),
  ];
}

/** A tag or digest that is written with the repository stays alone. */
function versionOf(map: MapNode, group: Omit<Group, "at">, visit: Visit, name: string): Part[] {
  const tag = firstOf(map, group.tag);
  const digest = firstOf(map, group.digest);
  const parts: Part[] = [];
  if (tag !== undefined && !/:[^/]*$/.test(name.replace(/@.*/, ""))) parts.push(...versionParts(tag, "tag", visit));
  if (digest !== undefined && !name.includes("@")) parts.push(...versionParts(digest, "digest", visit));
  return parts;
}

function versionParts(scalar: Scalar, role: "tag" | "digest", visit: Visit): Part[] {
  const parts = withRole(partsOf(scalar, visit), role).map(asOpen);
  const text = joined(parts);
  const at = parts[0].at;
  if (role === "tag")
    return /^[:@]/.test(text) ? parts : [implied(text.startsWith("sha256:") ? "@" : ":", at), ...parts];
  if (text.startsWith("@")) return parts;
  return [implied(/^[a-f0-9]{64}$/.test(text) ? "@sha256:" : "@", at), ...parts];
}

/** `TAG` and `CONTAINER_IMAGES_TAG` are what somebody puts a tag for. */
function asOpen(part: Part): Part {
  return /^(?:TAG|VERSION|[A-Z]+(?:_[A-Z]+)+)$/.test(part.text) ? { ...part, open: part.text } : part;
}

/** Charts take the version of their application where the values give none. */
function isVersionUnknown(map: MapNode, group: Omit<Group, "at">, visit: Visit, name: string): boolean {
  if (firstOf(map, [...group.tag, ...group.digest]) !== undefined || /[:@][^/]*$/.test(name)) return false;
  return (
    visit.format.name === "Helm values" ||
    (group.tag.some((key) => has(map, key)) && !group.repository.includes("newName"))
  );
}
