import { scanDockerfile } from "../dockerfile/scanDockerfile";
import { Certainty, type ImageUse, type Span } from "../scan/imageUse";
import { type Argument, type CommandContext, scanArguments, scanCommand } from "../script/command";
import { readHereDocument } from "../script/hereDocument";
import { hasSign } from "./documents";
import { scanLines } from "./lines";
import { get, itemsOf, type MapNode, type Node, type Scalar, scalarOf, textOf } from "./tree";
import { expand } from "./variables";
import { lookup, placeName, type Visit } from "./walk";

/** The text as it stands in the file, where it stands there letter by letter or with indentation alone. */
function rawOf(scalar: Scalar, { source }: Visit): string | undefined {
  if (scalar.at !== undefined) return scalar.value;
  if (scalar.style === "literal") return source.slice(scalar.start, scalar.end);
  return scalar.style === "folded"
    ? source.slice(scalar.start, scalar.end).replace(/\r?\n/g, (end) => " ".repeat(end.length))
    : undefined;
}

function placeOf(scalar: Scalar): number | Span {
  if (scalar.at !== undefined) return scalar.at;
  return scalar.style === "plain" || scalar.style === "quoted"
    ? { start: scalar.start, end: scalar.end }
    : scalar.start;
}

function contextOf(visit: Visit, certainty: Certainty = Certainty.Likely): CommandContext {
  const find = lookup(visit);
  return {
    certainty,
    hereDocument: readHereDocument,
    variable: (name) => {
      const held = find(name.replace(/^\$[({]?|[)}]$/g, ""));
      if (held === undefined) return undefined;
      return expand(held.value, visit.source, find).map((part) => ({ ...part, holder: part.holder ?? held.holder }));
    },
  };
}

function addAll(uses: readonly ImageUse[], visit: Visit): void {
  for (const use of uses) visit.collector.add({ ...use, kind: `${placeName(visit)}: ${use.kind}` });
}

/** Programs that name images without any word that manifests have. */
const PROGRAM = /builder|\b(?:pack|oc|ctr|crictl|kind|k3d|minikube)\b/;

/** Whether commands can name an image: most do not, and are not taken apart. */
function isTelling(commands: string): boolean {
  return hasSign(commands) || PROGRAM.test(commands);
}

/** Commands in a text for a shell, and the manifests that it writes. */
export function readScript(scalar: Scalar, visit: Visit): void {
  if (!isTelling(scalar.value)) return;
  const raw = rawOf(scalar, visit);
  addAll(scanCommand(raw ?? scalar.value, placeOf(scalar), contextOf(visit)), visit);
  if (raw !== undefined && scalar.style === "literal") scanLines(raw, scalar.start, { ...visit, isManifest: false });
}

const COMMAND =
  /\b(?:docker|podman|nerdctl|buildah|skopeo|g?crane|kubectl|oc|gcloud|ctr|crictl|kind|pack|ko|helm)(?:[ \t]+--?[\w=-]+)*[ \t]+[a-z]/;

/** Keys of prose. */
const PROSE = /descr|title|help|label|message|summary|note|comment|doc|annotation|name$|text$/i;

const MANIFEST_LINE =
  /^[ \t]*(?:-[ \t]+)*\{?[ \t]*["']?(?:image|path)["']?[ \t]*:[ \t]+\S|"(?:\w{0,60}I|i)mage"[ \t]*:/m;

/** Whether a place holds prose for people. */
export function isProse(keys: readonly string[]): boolean {
  return PROSE.test(keys.at(-1) ?? "");
}

/** Text under a key that says nothing: commands, or a manifest as config maps hold them. */
export function readText(scalar: Scalar, visit: Visit): void {
  if (isProse(visit.keys)) return;
  if (scalar.style === "literal" && MANIFEST_LINE.test(scalar.value)) {
    if (/^\s*(?:#[^\n]*\s+)*(?:[\w."'/-]+:(?:\s|$)|-\s|[[{])/.test(scalar.value)) return readManifest(scalar, visit);
    return readScript(scalar, visit);
  }
  if (COMMAND.test(scalar.value)) readScript(withoutAssignment(scalar), visit);
}

/** `COMMAND=docker run …` in a list of variables. */
function withoutAssignment(scalar: Scalar): Scalar {
  const length = /^[A-Z_]+=(?=\w+ )/.exec(scalar.value)?.[0].length ?? 0;
  if (length === 0 || scalar.at === undefined) return scalar;
  return { ...scalar, value: scalar.value.slice(length), at: scalar.at + length, start: scalar.at + length };
}

/** What a container or a build's step runs. */
export function readCommand(map: MapNode, visit: Visit): void {
  const words = [...argumentsOf(get(map, "command")), ...argumentsOf(get(map, "args"))];
  if (words.length === 0) return;
  const program = programOf(map, visit, words[0].span);
  const all = program === undefined ? words : [program, ...words];
  if (!all.some(({ text }) => isTelling(text))) return;
  const certainty = visit.format.name === "Cloud Build" && program ? Certainty.Certain : Certainty.Likely;
  addAll(scanArguments(all, contextOf(visit, certainty)), visit);
}

/** Images that run the program they are called by. */
const TOOL = /^(?:[gk]?crane|skopeo|buildah|podman|kubectl)$/;

/** Cloud Build runs what the image is for, unless a step says otherwise; so do images of some programs anywhere. */
function programOf(map: MapNode, visit: Visit, span: Span): Argument | undefined {
  if (visit.format.name !== "Cloud Build") {
    const image = get(map, "command") === undefined ? textOf(map, "image") : undefined;
    const tool = nameOf(image ?? "");
    return tool !== undefined && TOOL.test(tool) ? { text: tool, span } : undefined;
  }
  const entrypoint = scalarOf(get(map, "entrypoint"));
  if (entrypoint !== undefined) return argument(entrypoint);
  const program = nameOf(textOf(map, "name") ?? "");
  return program === undefined ? undefined : { text: program, span };
}

/** The last word of an image's path. */
function nameOf(image: string): string | undefined {
  return /([^/:@]+)(?:[:@][^/]*)?$/.exec(image)?.[1];
}

function argumentsOf(node: Node | undefined): Argument[] {
  return itemsOf(node).flatMap((item) => (item?.kind === "scalar" && !isBlock(item) ? [argument(item)] : []));
}

/** A script over several lines is read where it stands, so that what it names has its place. */
function isBlock({ at, style }: Scalar): boolean {
  return at === undefined && (style === "literal" || style === "folded");
}

function argument({ value, start, end, at }: Scalar): Argument {
  return { text: value, span: { start, end }, ...(at !== undefined && { start: at }) };
}

/** YAML within a text. Where it is indented as a whole, it reads the same. */
export function readManifest(scalar: Scalar, visit: Visit): void {
  const raw = rawOf(scalar, visit);
  if (raw === undefined || scalar.style === "folded") return;
  visit.scanInside(raw, scalar.at ?? scalar.start, placeName(visit));
}

/** A Dockerfile within a text. */
export function readDockerfile(scalar: Scalar, visit: Visit): void {
  const raw = rawOf(scalar, visit);
  const scan = scanDockerfile(raw ?? scalar.value);
  const base = scalar.at ?? scalar.start;
  addAll(
    scan.uses.map((use) => moved(use, raw === undefined ? undefined : base, scalar)),
    visit,
  );
}

/** Where the text is written in another way, pieces stand nowhere. */
function moved(use: ImageUse, base: number | undefined, { start, end }: Scalar): ImageUse {
  const pieces = use.pieces.map((piece) => {
    const { text, span, holder, role } = piece;
    if (base !== undefined && span !== undefined)
      return { ...piece, span: { start: span.start + base, end: span.end + base } };
    return { text, ...(holder && { holder }), ...(role && { role }) };
  });
  const span = base === undefined ? { start, end } : { start: use.span.start + base, end: use.span.end + base };
  return { ...use, span, pieces };
}
