import { Purpose } from "../scan/imageUse";
import { keyAndValue, readArguments, split } from "./options";
import { readDocker } from "./docker";
import { add, type Report } from "./report";
import type { Word } from "./shellWords";

/** Options of any command that name a container's image; `--image` alone may be a virtual machine's. */
const NAMED =
  /^--(?:container-image|container-image-uri|image-uri|image-url|master-image-uri|worker-image-uri|base-image|docker-image)$/;

/** Commands whose `--image` is no container's: https://cloud.google.com/sdk/gcloud/reference/compute/instances/create */
const MACHINES = /^(?:compute|notebooks|workstations|dataproc|bms|vmware|sql)$/;

const LEVEL = /^(?:alpha|beta|preview)$/;

/** https://cloud.google.com/sdk/gcloud/reference */
export function readGcloud(report: Report, program: string, words: readonly Word[]): void {
  // An old way to sign docker in: `gcloud docker -- push NAME`.
  if (words[0]?.text === "docker") return readDocker(report, "docker", words.slice(words[1]?.text === "--" ? 2 : 1));
  const { positional, options } = readArguments(words, {
    flags: new Set(
      "--quiet -q --async --allow-unauthenticated --no-allow-unauthenticated --force --wait --execute-now --no-traffic --no-cache --use-http2 --cpu-boost --no-cpu-throttling --cpu-throttling --force-delete-tags --include-tags".split(
        " ",
      ),
    ),
  });
  const [first, ...rest] = positional.map(({ text }) => text).filter((text) => !LEVEL.test(text));
  if (first === undefined) return;
  const kind = `${program} ${[first, ...rest.slice(0, 1)].join(" ")}`;
  for (const { name, value } of options) {
    if (NAMED.test(name) || (name === "--image" && !MACHINES.test(first))) add(report, value, `${kind} ${name}`);
    else if (first === "builds" && /^(?:-t|--tag)$/.test(name)) add(report, value, `${kind} ${name}`, Purpose.Build);
    else if (first === "builds" && name === "--pack") readPack(report, value, `${kind} ${name}`);
    else if (name === "--worker-pool-spec") readPool(report, value, `${kind} ${name}`);
  }
  if (/^(?:container images|artifacts docker)$/.test([first, rest[0]].join(" "))) readImages(report, kind, positional);
}

function readPack(report: Report, value: Word, kind: string): void {
  for (const section of split(value, ",")) {
    const pair = keyAndValue(section);
    if (pair?.key === "image") add(report, pair.value, kind, Purpose.Build);
    if (pair?.key === "builder") add(report, pair.value, kind);
  }
}

function readPool(report: Report, value: Word, kind: string): void {
  for (const section of split(value, ",")) {
    const pair = keyAndValue(section);
    if (pair && /^(?:container-image-uri|executor-image-uri)$/.test(pair.key)) add(report, pair.value, kind);
  }
}

/** `gcloud container images add-tag A B`, `describe A`, and the same of Artifact Registry. */
function readImages(report: Report, kind: string, positional: readonly Word[]): void {
  const at = positional.findIndex(({ text }) => /^(?:add-tag|describe|add)$/.test(text));
  if (at < 0) return;
  const [from, ...to] = positional.slice(at + 1);
  add(report, from, kind);
  for (const word of to) add(report, word, kind, Purpose.Push);
}
