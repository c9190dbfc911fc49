/** One document of a file: its text and where it begins. */
export interface DocumentText {
  text: string;
  base: number;
}

/** What no document can do without that names an image; most files have none of it and are not read further. */
const SIGN =
  /image|docker|container|podman|nerdctl|buildah|kaniko|skopeo|crane|gcloud|repository|steps|crossplane|\bk8s\b|cr\.io|quay\.io|pkg\.dev|\becr\.|@sha256:/i;

/** Whether a file can name an image at all. */
export function hasSign(text: string): boolean {
  return SIGN.test(text);
}

const SEPARATOR = /^(?:---(?=[ \t\r\n]|$)|\.\.\.[ \t]*\r?$)/gm;

/** Documents that describe types: what stands under `image` there is a description. */
const TYPES = /^(?:kind:[ \t]*["']?CustomResourceDefinition\b|openapi:|swagger:)/m;

/** The same in JSON, where it stands at the beginning. */
const JSON_TYPES =
  /"\$schema"\s*:\s*"https?:\/\/json-schema\.org|"(?:openapi|swagger|discoveryVersion)"\s*:|"kind"\s*:\s*"(?:CustomResourceDefinition|discovery#restDescription)"/;

const MOST_BEGINNING = 4096;

function describesTypes(document: string): boolean {
  if (/^\s*\{/.test(document.slice(0, MOST_BEGINNING))) return JSON_TYPES.test(document.slice(0, MOST_BEGINNING));
  return TYPES.test(document);
}

/** Documents that can name images. `---` at a line's start ends a document wherever it stands. */
export function documentsOf(text: string): DocumentText[] {
  const documents: DocumentText[] = [];
  const add = (base: number, end: number) => {
    const document = text.slice(base, end);
    if (SIGN.test(document) && !describesTypes(document)) documents.push({ text: document, base });
  };
  let base = text.startsWith("\uFEFF") ? 1 : 0;
  for (const { index } of text.matchAll(SEPARATOR)) {
    if (index > base) add(base, index);
    base = text.startsWith("...", index) ? index + 3 : index;
  }
  add(base, text.length);
  return documents;
}
