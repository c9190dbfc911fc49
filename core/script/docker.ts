import { Purpose } from "../scan/imageUse";
import { add, isName, type Report } from "./report";
import { after, keyAndValue, readArguments, split, type Options } from "./options";
import type { Word } from "./shellWords";

const set = (words: string) => new Set(words.split(/\s+/));

/** What stands between `docker` and its command: https://docs.docker.com/reference/cli/docker/ */
const GLOBAL: Options = {
  values: set(
    "-c --context --config -H --host -l --log-level --tlscacert --tlscert --tlskey -n --namespace -a --address --root --runroot --storage-driver --storage-opt --cgroup-manager --url --connection --identity --ssh --data-root --snapshotter --hosts-dir",
  ),
};

/** All other options of `run` and `create` take a value: https://docs.docker.com/reference/cli/docker/container/run/ */
const RUN: Options = {
  flags: set(
    "-d --detach -i --interactive -t --tty --rm --init --privileged -P --publish-all --read-only --no-healthcheck --oom-kill-disable --sig-proxy --disable-content-trust --help -q --quiet --use-api-socket --replace --rmi --tls-verify --no-hosts --no-hostname --env-host --http-proxy --passwd --read-only-tmpfs --unsetenv-all --no-trunc --insecure-registry --rootfs",
  ),
};

const VALUES: Options = {
  values: set(
    "--platform --policy --format -o --output --creds --authfile --cert-dir --signature-policy --sign-by --os --arch --variant --compress --digestfile --retry --retry-delay -a --author -m --message -c --change -f --file --file-name --decryption-key --encryption-key -n --namespace",
  ),
};

/** Of `pull` and `push`, `-a` stands alone. */
const TRANSFER: Options = { values: new Set([...(VALUES.values ?? [])].filter((name) => name !== "-a")) };

const BUILD: Options = {
  values: set(
    "-t --tag -f --file --build-arg --build-context --cache-from --cache-to --from --target --platform --label -o --output --progress --secret --ssh --network --builder --iidfile --metadata-file --add-host --memory -m --cpuset-cpus --shm-size --ulimit --cgroup-parent --isolation --security-opt --allow --attest --annotation --sbom --provenance --build-contexts --logfile -v --volume --layers --format --creds --authfile --manifest",
  ),
};

type Reader = (report: Report, program: string, words: readonly Word[]) => void;

const COMMANDS: Readonly<Record<string, Reader>> = {
  run: (report, program, words) => add(report, readArguments(words, RUN, true).positional[0], `${program} run`),
  create: (report, program, words) => add(report, readArguments(words, RUN, true).positional[0], `${program} create`),
  pull: each("pull", Purpose.Pull, TRANSFER),
  push: (report, program, words) => {
    const [image, target] = readArguments(words, TRANSFER).positional;
    add(report, stripped(target ?? image), `${program} push`, Purpose.Push);
  },
  save: each("save", Purpose.Pull),
  tag: (report, program, words) => {
    const [from, ...to] = readArguments(words, VALUES).positional;
    if (to.length === 0) return;
    add(report, from, `${program} tag`);
    for (const name of to) add(report, name, `${program} tag`, Purpose.Build);
  },
  commit: (report, program, words) =>
    add(report, readArguments(words, VALUES).positional[1], `${program} commit`, Purpose.Build),
  build: readBuild,
  bud: readBuild,
  from: (report, program, words) =>
    add(report, stripped(readArguments(words, RUN, true).positional[0]), `${program} from`),
};

/** Commands of two words that are others' long names, and those that have no short one. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, Reader>>>> = {
  container: COMMANDS,
  image: { ...COMMANDS, inspect: each("image inspect", Purpose.Pull) },
  builder: COMMANDS,
  buildx: { build: readBuild, b: readBuild },
  manifest: {
    inspect: each("manifest inspect", Purpose.Pull),
    create: readManifest,
    push: each("manifest push", Purpose.Push),
  },
  service: { create: COMMANDS.run },
  imagetools: {
    inspect: each("buildx imagetools inspect", Purpose.Pull),
    create: readImageTools,
  },
};

/** Reads a command of Docker, or of another program that takes Docker's commands. */
export function readDocker(report: Report, program: string, words: readonly Word[]): void {
  const { positional } = readArguments(words, GLOBAL, true);
  let [first, ...rest] = positional;
  if (first?.text === "buildx" && rest[0]?.text === "imagetools") [first, ...rest] = rest;
  if (first === undefined) return;
  const group = own(GROUPS, first.text);
  const reader = group ? own(group, rest[0]?.text ?? "") : own(COMMANDS, first.text);
  reader?.(report, program, group ? rest.slice(1) : rest);
}

/** What a table has for a word of a file. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function each(command: string, purpose: Purpose, options = VALUES): Reader {
  return (report, program, words) => {
    for (const word of readArguments(words, options).positional)
      add(report, stripped(word), `${program} ${command}`, purpose);
  };
}

/** `docker://` before a name, as skopeo, podman and buildah take it. */
export function stripped<T extends Word | undefined>(word: T): Word | T {
  return word?.text.startsWith("docker://") ? after(word, "docker://".length) : word;
}

/** https://docs.docker.com/reference/cli/docker/buildx/build/ */
function readBuild(report: Report, program: string, words: readonly Word[]): void {
  for (const { name, value } of readArguments(words, BUILD).options) {
    const pair = keyAndValue(value);
    if (name === "-t" || name === "--tag" || name === "--manifest")
      add(report, value, `${program} build ${name}`, Purpose.Build);
    else if (name === "--from") add(report, value, `${program} build ${name}`);
    else if (name === "--cache-from") readCache(report, value, `${program} build ${name}`, Purpose.Pull);
    else if (name === "--cache-to") readCache(report, value, `${program} build ${name}`, Purpose.Push);
    else if (name === "--build-context" && pair?.value.text.startsWith("docker-image://"))
      add(report, after(pair.value, "docker-image://".length), `${program} build ${name}`);
    else if (name === "--build-arg" && pair && isImageArgument(pair.key, pair.value.text))
      add(report, pair.value, `${program} build ${name} ${pair.key}`);
  }
}

function isImageArgument(key: string, value: string): boolean {
  return /image|^base$|_base$/i.test(key) && /[:/]/.test(value) && isName(value);
}

/** `NAME`, or `type=registry,ref=NAME`. */
function readCache(report: Report, value: Word, kind: string, purpose: Purpose): void {
  if (!value.text.includes("=")) return add(report, value, kind, purpose);
  for (const section of split(value, ","))
    if (section.text.startsWith("ref=")) add(report, after(section, "ref=".length), kind, purpose);
}

function readManifest(report: Report, program: string, words: readonly Word[]): void {
  const [list, ...images] = readArguments(words, { values: new Set() }).positional;
  add(report, list, `${program} manifest create`, Purpose.Build);
  for (const image of images) add(report, image, `${program} manifest create`);
}

function readImageTools(report: Report, program: string, words: readonly Word[]): void {
  const kind = `${program} buildx imagetools create`;
  const options = { values: set("-t --tag -f --file --builder --progress --annotation --platform --metadata-file") };
  const { options: given, positional } = readArguments(words, options);
  for (const { name, value } of given) if (/^(-t|--tag)$/.test(name)) add(report, value, kind, Purpose.Push);
  for (const word of positional) add(report, word, kind);
}
