import type { ImageUse, Piece } from "../scan/imageUse";
import { scanArguments, scanCommand, type Argument, type CommandContext } from "../script/command";
import type { Instruction } from "./instructions";

/** Without one of these programs a RUN is not read further. */
const PROGRAM =
  /\b(?:docker|podman|nerdctl|buildah|[gk]?crane|skopeo|ctr|crictl|kubectl|oc|gcloud|helm|kind|minikube|k3d|img|pack)\b|image/;

const LIST = /^[\s\0]*\[[^]*\][\s\0]*$/;
const TEXT = /"((?:[^"\\]|\\.){0,1000})"/g;

/** Images that the commands of a RUN name, its heredocs included. */
export function scanRun(
  { text, start, heredocs }: Instruction,
  from: number,
  variable: (name: string) => readonly Piece[] | undefined,
): ImageUse[] {
  const command = text.slice(from);
  const context = { variable };
  return [
    ...(PROGRAM.test(command) ? scanBody(command, start + from, context) : []),
    ...heredocs.flatMap((body) => (PROGRAM.test(body.text) ? scanCommand(body.text, body.start, context) : [])),
  ];
}

function scanBody(text: string, start: number, context: CommandContext): ImageUse[] {
  return LIST.test(text) ? scanArguments(listOf(text, start), context) : scanCommand(text, start, context);
}

/** `RUN ["docker", "pull", "nginx"]`: https://docs.docker.com/reference/dockerfile/#shell-and-exec-form */
function listOf(text: string, start: number): Argument[] {
  return Array.from(text.matchAll(TEXT), (found) => {
    const at = start + found.index;
    const span = { start: at, end: at + found[0].length };
    return /[\\\0]/.test(found[1]) ? { text: written(found[1]), span } : { text: found[1], span, start: at + 1 };
  });
}

function written(text: string): string {
  return text.replaceAll("\0", "").replace(/\\(.)/g, "$1");
}
