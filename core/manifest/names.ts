import { readReference } from "../reference/reference";
import { isPlaceholder } from "../scan/placeholder";
import { type Part, textOf } from "../scan/parts";

/** Keys that name images by themselves, as `builderImage`, `image_name`, `TEST_IMAGE`. */
const IMAGE_KEY =
  /(?:^|[a-z0-9_.\-])(?:[iI]mages?|IMAGES?)(?:[_.\-]?(?:name|ref|reference|repository|uri|url|tag|NAME|REF|URI|URL)|Name|Ref|Reference|Repository|Uri|URI|Url|URL|s)?$/;

/** Images of machines and pictures. */
const OTHER_IMAGE =
  /^(?:vm|os|ami|boot|disk|machine|source|background|cover|og|hero|logo|icon|header|banner|product)[_.\-]?image/i;

/** Whether a key says that an image stands there. */
export function isImageKey(key: string): boolean {
  return key.length < 100 && IMAGE_KEY.test(key) && !OTHER_IMAGE.test(key);
}

/** Pictures, files, addresses, images of virtual machines. */
const NO_IMAGE =
  /\.(?:png|jpe?g|gif|svg|webp|ico|bmp|tiff?|avif|iso|qcow2|vmdk|vhdx?|raw|img|tar|t?gz|ya?ml|json)$|^[./~]|^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|data:)|^projects\/|\/global\/images\/|^(?:family|ami)[-/]/i;

/** What text the formats write where there is no name. */
const WORD =
  /^(?:true|false|null|~|none|yes|no|string|object|array|image|images|latest|Always|IfNotPresent|Never|\d+(?:\.\d+)?)$/;

/** Whether a value can be the name of an image at a place that says it is one. */
export function isName(parts: readonly Part[]): boolean {
  const isOpen = parts.some(({ open }) => open !== undefined);
  const text = textOf(parts);
  if (text === "" || NO_IMAGE.test(text) || /\s/.test(filled(parts))) return false;
  if (isOpen) return isOpenName(parts);
  return !isPlaceholder(text) && readReference(text).problem === undefined;
}

/** What variables leave open may be anything; the rest must fit. */
function isOpenName(parts: readonly Part[]): boolean {
  const fixed = parts.filter(({ open }) => open === undefined);
  if (fixed.length === 0) return true;
  const text = filled(parts);
  return (
    !isPlaceholder(text) &&
    [text, text.toLowerCase(), `x${text}`].some((one) => readReference(one).problem === undefined)
  );
}

/** What is open as a letter that fits anywhere; a digest that is open in part is left away. */
function filled(parts: readonly Part[]): string {
  const text = parts.map(({ text, open }) => (open === undefined ? text : OPEN)).join("");
  const at = text.indexOf("@");
  return (at >= 0 && text.includes(OPEN, at) ? text.slice(0, at) : text).replaceAll(OPEN, "0");
}

/** Stands for a variable; no name has it. */
const OPEN = "\uE124";

/** Hosts of sources, not of images. */
const SOURCES = /^(?:www\.|(?:github|gitlab)\.com$|bitbucket\.org$|golang\.org$|sigs\.k8s\.io$)/;

/** Whether a name looks like one wherever it stands: it has a registry's host, or a tag or digest like a version. */
export function isTelling(parts: readonly Part[]): boolean {
  if (!isName(parts)) return false;
  const text = filled(parts);
  if (WORD.test(text)) return false;
  const first = text.slice(0, Math.max(0, text.indexOf("/")));
  if (SOURCES.test(first)) return false;
  if (first === "localhost" || /[a-z0-9]\.[a-z]{2,}(?::\d+)?$|:\d+$/i.test(first)) return true;
  const { reference } = readReference(text);
  if (reference?.digest !== undefined) return true;
  return reference?.tag !== undefined && (first !== "" || /^v?\d|latest|alpine|stable|slim/.test(reference.tag));
}

/** Whether a bare word may stand for an image where something beside it says so. */
export function isPlain(parts: readonly Part[]): boolean {
  return isName(parts) && !WORD.test(textOf(parts));
}
