import { Certainty, Purpose } from "../scan/imageUse";
import { type Part, sliceParts, textOf as joined, useOf } from "../scan/parts";
import { isContainerLike } from "./detect";
import { hasKnownRegistry, isFull } from "../script/likeness";
import { isProse, readCommand, readDockerfile, readManifest, readScript, readText } from "./embedded";
import { type Format, type Group, type Place, Reads } from "./format";
import { FORMATS } from "./formats";
import { groupUse, isTriple, TRIPLES, withHub } from "./groups";
import { isImageKey, isName, isPlain, isTelling } from "./names";
import { parameterPurpose } from "./parameterPurpose";
import { ITEM, lastKey, matches, type PathPattern, patternOf } from "./path";
import { get, has, type MapNode, type Scalar, scalarOf, textOf } from "./tree";
import { partsOf, placeName, type Visit, type Visitor } from "./walk";

interface Compiled<T> {
  pattern: PathPattern;
  place: T;
}

const ANY_KEY = "*";
const ANY = [ANY_KEY, "**"];

/** Places of a format by their last key, so that most keys of a file are passed by at once. */
const PLACES = new Map(FORMATS.map((format) => [format, byLastKey(format.places)]));
const GROUPS = new Map(
  FORMATS.map(({ groups = [], ...format }) => [
    format.name,
    groups.map((place) => ({ pattern: patternOf(place.at), place })),
  ]),
);

function byLastKey(places: readonly Place[]): Map<string, Compiled<Place>[]> {
  const compiled = places.map((place) => ({ pattern: patternOf(place.at), place }));
  const keys = new Set(compiled.map(({ pattern }) => lastKey(pattern)));
  const meant = (key: string) => compiled.filter(({ pattern }) => [key, ...ANY].includes(lastKey(pattern)));
  return new Map([...keys, ANY_KEY].map((key) => [key, meant(key)]));
}

function placeAt(format: Format, keys: readonly string[]): Place | undefined {
  const places = PLACES.get(format);
  const candidates = places?.get(lastKey(keys)) ?? places?.get(ANY_KEY);
  return candidates?.find(({ pattern }) => matches(pattern, keys))?.place;
}

/** Finds the images of a document on a walk through it. */
export const IMAGES: Visitor = { scalar: scalarImages, map: mapImages };

function scalarImages(scalar: Scalar, visit: Visit): void {
  if (scalar.value === "") return;
  const place = placeAt(visit.format, visit.keys);
  if (place !== undefined) readPlace(place, scalar, visit);
  else guess(scalar, visit);
}

function readPlace(place: Place, scalar: Scalar, visit: Visit): void {
  switch (place.reads ?? Reads.Image) {
    case Reads.Image:
      return addImage(
        withHub(partsOf(scalar, visit), visit),
        purposeOf(place, visit),
        place.certainty ?? Certainty.Certain,
        visit,
      );
    case Reads.Override:
      return addOverride(partsOf(scalar, visit), visit);
    case Reads.Scheme:
      return addSchemed(partsOf(scalar, visit), visit);
    case Reads.Images:
      for (const name of namesIn(scalar, visit.source))
        addImage(partsOf(name, visit), purposeOf(place, visit), place.certainty ?? Certainty.Certain, visit);
      return;
    case Reads.Script:
      readScript(scalar, visit);
      return;
    case Reads.Manifest:
      return readManifest(scalar, visit);
    case Reads.Dockerfile:
      return readDockerfile(scalar, visit);
    case Reads.Arguments:
    case Reads.Nothing:
      return;
  }
}

function purposeOf({ purpose, builtBeside }: Place, { around }: Visit): Purpose {
  return builtBeside !== undefined && has(around.at(-1), builtBeside) ? Purpose.Build : (purpose ?? Purpose.Pull);
}

function addImage(parts: Part[], purpose: Purpose, certainty: Certainty, visit: Visit): void {
  const name = withoutScheme(parts) ?? parts;
  if (name.length > 0 && isName(name)) visit.collector.add(useOf(name, { kind: placeName(visit), purpose, certainty }));
}

const SCHEME = /^docker(?:-image)?:\/\//;

function withoutScheme(parts: Part[]): Part[] | undefined {
  const scheme = SCHEME.exec(joined(parts));
  return scheme === null ? undefined : sliceParts(parts, scheme[0].length);
}

/** `name=docker-image://nginx` is how Compose lists contexts. */
function addSchemed(parts: Part[], visit: Visit): void {
  const equals = /^[\w.-]+=(?=docker)/.exec(joined(parts));
  const name = withoutScheme(equals === null ? parts : sliceParts(parts, equals[0].length));
  if (name !== undefined) addImage(name, Purpose.Pull, Certainty.Certain, visit);
}

/** `nginx=mirror.example/nginx:1` gives another image to what has the first name. */
function addOverride(parts: Part[], visit: Visit): void {
  const name = /^[^=@{}$]+=/.exec(joined(parts))?.[0] ?? "";
  addImage(sliceParts(parts, name.length), Purpose.Pull, Certainty.Certain, visit);
}

/** Names on lines of their own or between commas. */
function namesIn(scalar: Scalar, source: string): Scalar[] {
  const start = scalar.at ?? (scalar.style === "literal" ? scalar.start : undefined);
  const text = start === undefined || scalar.at !== undefined ? scalar.value : source.slice(scalar.start, scalar.end);
  return Array.from(text.matchAll(/[^\s,](?:[^\r\n,]*[^\s,])?/g), ({ index, 0: value }): Scalar => {
    if (start === undefined) return { ...scalar, value };
    return { ...scalar, value, at: start + index, start: start + index, end: start + index + value.length };
  });
}

/** What no table says: the key or what is beside it has to. */
function guess(scalar: Scalar, visit: Visit): void {
  const key = lastKey(visit.keys);
  const map = visit.around.at(-1);
  if (SCRIPT_KEYS.has(key)) return readScript(scalar, visit);
  if (key === "image" && visit.keys.at(-1) !== ITEM) return guessImage(scalar, map, visit);
  if (key === "name" && textOf(map, "kind") === "DockerImage") return addStream(scalar, visit);
  if (isImageKey(key) || key === "container" || BASE.test(key) || isNamedValue(key, map))
    return addTelling(scalar, visit);
  if (isUnmistakable(scalar.value, visit)) return addTelling(scalar, visit);
  const named = NAMED.exec(scalar.value);
  const variable = named?.[1];
  if (named === null || (variable !== undefined && !isImageKey(variable) && !BASE.test(variable)))
    return readText(scalar, visit);
  addTelling(scalar, visit, named[0].length);
}

/** A registry, or something below an `image`, with a version: no text under whatever key is like that and no image. */
function isUnmistakable(value: string, { keys }: Visit): boolean {
  if (!VERSIONED.test(value) || isProse(keys)) return false;
  const above = lastKey(keys.slice(0, keys.lastIndexOf(lastKey(keys))));
  return isImageKey(above) || (isFull(value) && (hasKnownRegistry(value) || value.includes("@sha256:")));
}

/** Paths with a tag or digest. */
const VERSIONED =
  /^[a-z0-9][\w.-]{0,100}(?::\d{1,5})?\/[\w./-]{1,200}(?::[\w.-]{1,128}(?:@sha256:[a-f0-9]{64})?|@sha256:[a-f0-9]{64})$/;

/** `--sidecar-image=` and `BASE_IMAGE=` before a value. */
const NAMED =
  /^(?:image=|--?[\w-]{0,60}(?:image|builder)[\w-]{0,60}=|(?:--build-arg[= ])?([A-Z_][A-Z0-9_]{0,60})=(?=\S+[/:]\S))/;

/** Variables that Dockerfiles take names of images from. */
const BASE = /^(?:BASE|BUILDER|FROM|RUNTIME)(?:_|$)/;

function guessImage(scalar: Scalar, map: MapNode | undefined, visit: Visit): void {
  if (map !== undefined && get(map, "image") === scalar && isPartOfTriple(map, visit)) return;
  const parts = partsOf(scalar, visit);
  const isObject = has(visit.around[0], "apiVersion");
  const isRun = isContainerLike(map) || isContainer(visit) || (isObject && has(map, "name"));
  const isLikely = isRun ? isPlain(parts) : isTelling(parts) || ((isObject || has(map, "name")) && isPath(parts));
  if (!isLikely) return;
  const certainty = isObject && isRun ? Certainty.Certain : Certainty.Likely;
  addImage(withHub(parts, visit), Purpose.Pull, certainty, visit);
}

/** OpenShift's `kind: DockerImage`; a build puts its image where `to` says. */
function addStream(scalar: Scalar, visit: Visit): void {
  const purpose = visit.keys.at(-2) === "to" ? Purpose.Push : Purpose.Pull;
  addImage(partsOf(scalar, visit), purpose, Certainty.Certain, visit);
}

/** An entry of `extraContainers`, or what stands under `container`, in a part of an object too. */
function isContainer({ keys }: Visit): boolean {
  return /containers?$/i.test(lastKey(keys.slice(0, -1)));
}

/** More than a word. */
function isPath(parts: Part[]): boolean {
  return isPlain(parts) && /[/:]/.test(joined(parts));
}

function isPartOfTriple(map: MapNode, visit: Visit): boolean {
  return TRIPLES.some((group) => group.repository.includes("image") && isTriple(map, "image", group, visit));
}

function addTelling(scalar: Scalar, visit: Visit, from = 0): void {
  const parts = sliceParts(partsOf(scalar, visit), from);
  const name = withoutScheme(parts) ?? parts;
  if (name.length > 0 && isTelling(name)) addImage(name, parameterPurpose(visit), Certainty.Likely, visit);
}

/** `{name: TEST_IMAGE, value: …}` and `{name: builder-image, default: …}`. */
function isNamedValue(key: string, map: MapNode | undefined): boolean {
  if (key !== "value" && key !== "default") return false;
  const name = textOf(map, "name") ?? textOf(map, "path")?.replace(/^.*[/.]/, "");
  return name !== undefined && (isImageKey(name) || name === "bundle");
}

const SCRIPT_KEYS = new Set([
  "script",
  "run",
  "source",
  "command",
  "before_script",
  "after_script",
  "bash",
  "shell",
  "cmd",
]);

/** Keys that tell something together with others; most mappings have none of them. */
const TOGETHER = new Set([...TRIPLES.flatMap(({ repository }) => repository), "command", "args"]);

function mapImages(map: MapNode, visit: Visit): void {
  const groups = GROUPS.get(visit.format.name) ?? [];
  const own = groups.find(({ pattern }) => matches(pattern, visit.keys))?.place;
  if (own !== undefined) return addGroup(map, own, visit);
  if (map.merges !== true && !map.entries.some(({ key }) => TOGETHER.has(key))) return;
  const triple = TRIPLES.find((group) => {
    const key = group.repository.find((one) => scalarOf(get(map, one)) !== undefined);
    return key !== undefined && isTriple(map, key, group, visit);
  });
  if (triple !== undefined && visit.format.name !== "Skaffold") addGroup(map, triple, visit);
  readCommand(map, visit);
}

function addGroup(map: MapNode, group: Omit<Group, "at">, visit: Visit): void {
  const use = groupUse(map, group, visit);
  if (use !== undefined) visit.collector.add(use);
}
