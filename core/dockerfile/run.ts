import type { ImageUse, Piece } from "../scan/imageUse";
import { scanCommand } from "../script/command";
import type { Instruction } from "./instructions";

/** Without one of these programs a RUN is not read further. */
const PROGRAM =
  /\b(?:docker|podman|nerdctl|buildah|g?crane|skopeo|ctr|crictl|kubectl|gcloud|helm|kind|minikube|k3d|img|oras|cosign)\b|image/;

/** Images that the commands of a RUN name, its heredocs included. */
export function scanRun(
  { text, start, heredocs }: Instruction,
  from: number,
  variable: (name: string) => readonly Piece[] | undefined,
): ImageUse[] {
  const bodies = [{ text: text.slice(from), start: start + from }, ...heredocs];
  return bodies.flatMap((body) => (PROGRAM.test(body.text) ? scanCommand(body.text, body.start, { variable }) : []));
}
