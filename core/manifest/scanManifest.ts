import { Certainty, type FileScan } from "../scan/imageUse";
import { createCollector } from "./collector";
import { hasSign } from "./documents";
import { isArgo, isTemplate, MASK, masked } from "./masks";
import { scanDocuments } from "./scanDocuments";
import { withoutComments } from "./comments";

/**
 * Finds the images that a YAML or JSON file names, or a template of one. `formats.ts` says where each format names them;
 * keys that speak for themselves (`builderImage`), containers in objects of any kind, and commands count besides.
 *
 * @param path path with slashes, which tells some formats.
 * @example
 * scanManifest("deployment.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: web, image: nginx}]}");
 */
export function scanManifest(path: string, text: string): FileScan {
  if (!hasSign(text)) return { uses: [], problems: [] };
  const collector = createCollector();
  const isMade = isTemplate(path, text) && !text.includes(MASK);
  const source = /\.json[c5]?$/i.test(path) ? withoutComments(text) : text;
  scanDocuments(isMade ? masked(source) : source, 0, { source: text, path: plainPath(path), collector });
  const { uses, problems } = collector.scan();
  if (!isMade || isArgo(path, text)) return { uses, problems };
  return { uses: uses.map((use) => ({ ...use, certainty: Certainty.Likely })), problems: [] };
}

/** A template is the kind of file that it makes. */
function plainPath(path: string): string {
  return path.replace(/(?:\.(?:tpl|tmpl|gotmpl|templ|template|j2|jinja2?|erb|mustache))+$/i, "");
}
