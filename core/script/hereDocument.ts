import { scanDockerfile } from "../dockerfile/scanDockerfile";
import { Certainty, type ImageUse, type Span } from "../scan/imageUse";
import { scanCommand } from "./command";
import { programOf } from "./programs";
import type { HereDocument } from "./shell";

const DOCKERFILE = /(?:^|[/._-])(?:Dockerfile|Containerfile)(?:$|[._-])/i;
const IMAGE_LINE = /^[ \t]*(?:-[ \t]+)?["']?image["']?[ \t]*:[ \t]*["']?([^\s"'#]{1,400})/gm;

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
  return [...text.matchAll(IMAGE_LINE)].flatMap((found) => {
    const at = start + found.index + found[0].length - found[1].length;
    return scanCommand(`docker pull ${found[1]}`, at - "docker pull ".length).map((use) => ({
      ...use,
      kind: "image:",
    }));
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
