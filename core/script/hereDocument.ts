import { scanDockerfile } from "../dockerfile/scanDockerfile";
import { Certainty, type ImageUse, type Span } from "../scan/imageUse";
import { scanCommand } from "./command";
import { hasKnownRegistry } from "./likeness";
import { programOf } from "./programs";
import type { HereDocument } from "./shell";

const DOCKERFILE = /(?:^|[/._-])(?:Dockerfile|Containerfile)(?:$|[._-])/i;
const IMAGE_LINE = /^[ \t]*(?:-[ \t]+)?["']?(image|name)["']?[ \t]*:[ \t]*["']?([^\s"'#]{1,400})/gm;

/**
 * Images in a here-document: a Dockerfile's where it goes to `docker build` or to a file of that name, a manifest's
 * lines elsewhere.
 */
export function readHereDocument({ text, start, commands }: HereDocument): ImageUse[] {
  const isDockerfile = commands.some(
    ({ words, outputs }) =>
      outputs.some((path) => DOCKERFILE.test(path)) ||
      words.some(({ text: word }, i) => i > 0 && DOCKERFILE.test(word) && programOf(words[0]) === "tee") ||
      (words.length > 0 &&
        /^(?:docker|podman|buildah|nerdctl)$/.test(programOf(words[0])) &&
        words.some((word) => /^(?:build|bud)$/.test(word.text))),
  );
  if (isDockerfile) return scanDockerfile(text).uses.map((use) => moved(use, start));
  if (commands.some(({ words }) => words.length > 0 && /^(?:ba|z|da|k)?sh$|^ssh$/.test(programOf(words[0]))))
    return scanCommand(text, start);
  return [...text.matchAll(IMAGE_LINE)].flatMap(({ index, 0: line, 1: key, 2: value }) => {
    // Cloud Build's steps have images for names; other names are no images.
    if (key === "name" && !hasKnownRegistry(value)) return [];
    const at = start + index + line.length - value.length;
    return scanCommand(`docker pull ${value}`, at - "docker pull ".length).map((use) => ({ ...use, kind: `${key}:` }));
  });
}

function moved(use: ImageUse, by: number): ImageUse {
  const shift = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
  return {
    ...use,
    certainty: Certainty.Likely,
    span: shift(use.span),
    pieces: use.pieces.map((piece) => (piece.span ? { ...piece, span: shift(piece.span) } : piece)),
  };
}
