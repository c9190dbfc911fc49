import { readCluster, readCrane, readCtr, readPack, readSkopeo } from "./registryTools";
import { own, readDocker } from "./docker";
import { readGcloud } from "./gcloud";
import { readHelm, readKubectl, readKustomize } from "./kubernetes";
import { textOf } from "../scan/parts";
import { hasKnownRegistry, isFull } from "./likeness";
import { after } from "./options";
import { add, isName, type Report } from "./report";
import type { Word } from "./shellWords";

/** Reads the arguments of one program. */
type Program = (report: Report, program: string, words: readonly Word[]) => void;

const PROGRAMS: Readonly<Record<string, Program>> = {
  docker: readDocker,
  podman: readDocker,
  nerdctl: readDocker,
  buildah: readDocker,
  img: readDocker,
  crane: readCrane,
  gcrane: readCrane,
  krane: readCrane,
  skopeo: readSkopeo,
  ctr: readCtr,
  crictl: readCtr,
  kind: readCluster,
  minikube: readCluster,
  k3d: readCluster,
  pack: readPack,
  kubectl: readKubectl,
  oc: readKubectl,
  kustomize: readKustomize,
  gcloud: readGcloud,
  helm: readHelm,
};

/** A variable that holds the name of a program: `$(DOCKER) run`, `${CONTAINER_TOOL} build`. */
const HELD: [RegExp, string][] = [
  [
    /^(?:docker|docker_?(?:cmd|bin|cli|exe)|container_?(?:tool|engine|runtime|cli|cmd)|podman|oci_?(?:bin|tool)|engine)$/i,
    "docker",
  ],
  [/^kubectl(?:_?(?:cmd|bin))?$/i, "kubectl"],
  [/^helm(?:_?(?:cmd|bin))?$/i, "helm"],
  [/^(?:g?crane|skopeo|gcloud|kind|minikube|buildah|nerdctl)$/i, ""],
];

/** Programs whose `--image` is no container's, and those whose words are texts. */
const NO_IMAGES =
  /^(?:\[\[?|test|case|curl|wget|gcloud|qemu.*|virt-.*|openstack|nova|doctl|az|aws|hcloud|linode-cli|packer|echo|printf|grep|sed|awk|git|magick|convert)$/;

/** What a program is called, wherever it lies. */
export function programOf(word: Word): string {
  const held = word.parts.length === 1 ? word.parts[0].open : undefined;
  if (held !== undefined) {
    const found = HELD.find(([names]) => names.test(held));
    return found === undefined ? "" : found[1] || held.toLowerCase();
  }
  const name = word.text.slice(word.text.lastIndexOf("/") + 1);
  return name.length > 40 ? "" : name.replace(/\.exe$/, "");
}

/** Reads a command, its program first. */
export function readProgram(report: Report, words: readonly Word[]): void {
  const [first, ...rest] = words;
  const program = programOf(first);
  if (program === "k3s" || program === "microk8s" || program === "lima")
    return rest.length > 0 ? readProgram(report, rest) : undefined;
  const reader = own(PROGRAMS, program);
  if (reader !== undefined) reader(report, program, rest);
  else if (!NO_IMAGES.test(program) && !NO_PROGRAM.test(program)) readFull(report, program, rest);
  if (!NO_IMAGES.test(program)) readNamed(report, words, reader !== undefined ? program : "");
}

/** Options, and instructions of a Dockerfile. */
const NO_PROGRAM = /^(?:-|[A-Z]+$)/;

/** What programs that Kiln does not know get as an argument: with a known registry and a version it is an image. */
function readFull(report: Report, program: string, words: readonly Word[]): void {
  for (const word of words) {
    if (!word.text.includes("/") || word.text.length > 500) continue;
    const filled = textOf(word.parts.map((part) => (part.open === undefined ? part : { text: "x" })));
    if (/[:@][^/]+$/.test(filled) && hasKnownRegistry(filled) && isFull(filled))
      add(report, word, program === "" ? "argument" : program);
  }
}

const OPTION = /^(--?(?:[a-z\d]+[-_.])*image(?:-(?:ur[il]|win|windows|linux))?)(=|$)/i;

/** `--image=NAME`, `--image NAME`, `--sidecar-image NAME`; of unknown programs only what says more than a word. */
function readNamed(report: Report, words: readonly Word[], program: string): void {
  words.forEach((word, i) => {
    if (word.text.charCodeAt(0) !== 45) return;
    const found = OPTION.exec(word.text.slice(0, 100));
    if (found === null) return;
    const value = found[2] === "=" ? after(word, found[0].length) : (words[i + 1] as Word | undefined);
    if (value === undefined || value.text.startsWith("-")) return;
    if (program === "" && !saysMore(value)) return;
    add(report, value, `${program}${program === "" ? "" : " "}${found[1]}`);
  });
}

/** `debian` may be anything; `debian:12`, `a/b` and a variable hardly. */
function saysMore({ text, parts }: Word): boolean {
  return parts.some((part) => part.open !== undefined) || (/[:/]/.test(text) && isName(text));
}
