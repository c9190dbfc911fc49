import type { Part } from "../scan/parts";
import { keyAndValue, readArguments, split } from "./options";
import { add, type Report } from "./report";
import { wordOf, type Word } from "./shellWords";

/** `kubectl set image deployment/x name=IMAGE`; `--image` is every program's. https://kubernetes.io/docs/reference/kubectl/generated/kubectl_set/kubectl_set_image/ */
export function readKubectl(report: Report, program: string, words: readonly Word[]): void {
  const values = new Set(
    "-n --namespace --context --kubeconfig -l --selector -f --filename -o --output --cluster --user -s --server".split(
      " ",
    ),
  );
  const { positional } = readArguments(words, { values });
  if (positional[0]?.text !== "set" || positional[1]?.text !== "image") return;
  for (const word of positional.slice(2)) add(report, keyAndValue(word)?.value, `${program} set image`);
}

/** `kustomize edit set image name=IMAGE`: https://kubectl.docs.kubernetes.io/references/kustomize/cmd/edit/set/ */
export function readKustomize(report: Report, program: string, words: readonly Word[]): void {
  const { positional } = readArguments(words, { values: new Set() });
  if (!["edit", "set", "image"].every((text, i) => positional.at(i)?.text === text)) return;
  for (const word of positional.slice(3)) add(report, keyAndValue(word)?.value ?? word, `${program} edit set image`);
}

type Role = NonNullable<Part["role"]>;

/** What a chart's values hold of one image, by the key above them. */
type Values = Map<string, Partial<Record<Role, Word>>>;

const ROLES: Readonly<Record<string, Role>> = {
  registry: "registry",
  repository: "repository",
  tag: "tag",
  digest: "digest",
};

/** `--set image.repository=…,image.tag=…`: https://helm.sh/docs/helm/helm_install/ */
export function readHelm(report: Report, program: string, words: readonly Word[]): void {
  const images: Values = new Map();
  const options = { values: new Set(["--set", "--set-string", "--set-literal"]) };
  for (const { name, value } of readArguments(words, options).options) {
    if (!name.startsWith("--set")) continue;
    for (const section of split(value, ",")) readValue(report, program, images, section);
  }
  for (const [key, image] of images) add(report, imageOf(image), `${program} --set ${key}`);
}

function readValue(report: Report, program: string, images: Values, section: Word): void {
  const pair = keyAndValue(section);
  if (pair === undefined) return;
  const dot = pair.key.lastIndexOf(".");
  const last = pair.key.slice(dot + 1);
  const above = pair.key.slice(0, Math.max(0, dot));
  if (/image$/i.test(last)) return add(report, pair.value, `${program} --set ${pair.key}`);
  const role = Object.hasOwn(ROLES, last) ? ROLES[last] : undefined;
  if (role === undefined || !/image$/i.test(above)) return;
  images.set(above, { ...images.get(above), [role]: pair.value });
}

function imageOf(image: Partial<Record<Role, Word>>): Word | undefined {
  if (image.repository === undefined) return undefined;
  const parts: Part[] = [];
  for (const [role, before] of [
    ["registry", ""],
    ["repository", "/"],
    ["tag", ":"],
    ["digest", "@"],
  ] as const) {
    const word = image[role];
    if (word === undefined || word.text === "") continue;
    if (before !== "" && parts.length > 0) parts.push({ text: before, at: word.parts[0].at });
    parts.push(...word.parts.map((part) => ({ ...part, role })));
  }
  return wordOf(parts);
}
