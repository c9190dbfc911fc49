import { Purpose } from "../scan/imageUse";
import { own, stripped } from "./docker";
import { after, readArguments, type Options } from "./options";
import { add, type Report } from "./report";
import type { Word } from "./shellWords";

const set = (words: string) => new Set(words.split(/\s+/));

/** What a command's arguments are, in order; nothing for what is no image. */
type Places = (Purpose | undefined)[];

/** https://github.com/google/go-containerregistry/blob/main/cmd/crane/doc/crane.md */
const CRANE: Readonly<Record<string, Places>> = {
  pull: [Purpose.Pull],
  push: [undefined, Purpose.Push],
  copy: [Purpose.Pull, Purpose.Push],
  cp: [Purpose.Pull, Purpose.Push],
  digest: [Purpose.Pull],
  manifest: [Purpose.Pull],
  config: [Purpose.Pull],
  export: [Purpose.Pull],
  validate: [Purpose.Pull],
  tag: [Purpose.Pull],
  flatten: [Purpose.Pull],
  mutate: [Purpose.Pull],
};

const CRANE_OPTIONS: Options = {
  values: set(
    "--platform -j --jobs -t --tag -b --base --new_tag --new_base --old_base --rebased -f --new_layer -o --output --format --annotation --label --entrypoint --cmd --env -e -l -a --user -u --workdir -w --append --repo --set-platform -c --cache_path --remote",
  ),
};

const CRANE_NAMED: Readonly<Record<string, Purpose>> = {
  "-b": Purpose.Pull,
  "--base": Purpose.Pull,
  "--new_base": Purpose.Pull,
  "--old_base": Purpose.Pull,
  "--remote": Purpose.Pull,
  "-t": Purpose.Push,
  "--tag": Purpose.Push,
  "--new_tag": Purpose.Push,
  "--rebased": Purpose.Push,
};

/** crane and gcrane. */
export function readCrane(report: Report, program: string, words: readonly Word[]): void {
  const { positional, options } = readArguments(words, CRANE_OPTIONS);
  const [command, ...rest] = positional;
  if (command === undefined) return;
  addPlaces(report, rest, own(CRANE, command.text), `${program} ${command.text}`);
  for (const { name, value } of options) {
    const purpose = own(CRANE_NAMED, name);
    if (purpose && /^(?:append|mutate|rebase|flatten|validate)$/.test(command.text))
      add(report, value, `${program} ${command.text} ${name}`, purpose);
  }
}

function addPlaces(report: Report, words: readonly Word[], places: Places | undefined, kind: string): void {
  if (places === undefined) return;
  places.forEach((purpose, i) => {
    if (purpose !== undefined) add(report, words[i], kind, purpose);
  });
}

/** Only `docker://` names a registry's image. https://github.com/containers/skopeo */
export function readSkopeo(report: Report, program: string, words: readonly Word[]): void {
  const [command, ...rest] = words.filter((word) => !word.text.startsWith("-"));
  if (!command || !/^(?:copy|inspect|delete|list-tags|manifest-digest|sync)$/.test(command.text)) return;
  const last = rest[rest.length - 1];
  for (const word of rest) {
    if (!word.text.startsWith("docker://")) continue;
    const isTarget = command.text === "copy" && word === last && rest.length > 1;
    add(report, stripped(word), `${program} ${command.text}`, isTarget ? Purpose.Push : Purpose.Pull);
  }
}

/** ctr, crictl and `k3s ctr`: https://github.com/containerd/containerd/blob/main/docs/getting-started.md */
export function readCtr(report: Report, program: string, words: readonly Word[]): void {
  const global = {
    values: set(
      "-n --namespace -a --address --timeout --connect-timeout -r --runtime-endpoint -i --image-endpoint -c --config",
    ),
  };
  const [first, ...rest] = readArguments(words, global, true).positional;
  if (first === undefined) return;
  const isGroup = /^(?:images?|i|containers?|c)$/.test(first.text);
  const command = isGroup ? rest[0]?.text : first.text;
  const given = isGroup ? rest.slice(1) : rest;
  const kind = `${program} ${isGroup ? `${first.text} ` : ""}${command ?? ""}`;
  const options = {
    values: set(
      "--platform --user -u --creds --auth --label --snapshotter --hosts-dir --tlscacert --tlscert --tlskey --max-concurrent-downloads --mount --env --env-file --runtime --cwd --gpus --net-host-name --annotation --pod-config",
    ),
  };
  const { positional } = readArguments(given, options);
  const places = own(CTR, command ?? "");
  if (command === "import" || command === "export") for (const word of positional.slice(1)) add(report, word, kind);
  else addPlaces(report, positional, places, kind);
}

const CTR: Readonly<Record<string, Places>> = {
  pull: [Purpose.Pull],
  run: [Purpose.Pull],
  create: [Purpose.Pull],
  push: [Purpose.Push],
  tag: [Purpose.Pull, Purpose.Build],
  inspecti: [Purpose.Pull],
};

/** Images that are loaded into local clusters: kind, minikube, k3d. */
export function readCluster(report: Report, program: string, words: readonly Word[]): void {
  const options = { values: set("--name --nodes -p --profile -c --cluster --image -i --config -t --tag -f --file -n") };
  const { positional, options: given } = readArguments(words, options);
  const [first, second, ...rest] = positional.map(({ text }) => text);
  const loads = `${first} ${second}`;
  if (/^(?:load docker-image|image (?:load|pull|import)|images import|cache add)$/.test(loads))
    for (const word of positional.slice(2)) add(report, word, `${program} ${loads}`);
  if (loads === "image tag" && rest.length > 1) addPlaces(report, positional.slice(2), CTR.tag, `${program} image tag`);
  for (const { name, value } of given) {
    if (loads === "image build" && /^(?:-t|--tag)$/.test(name))
      add(report, value, `${program} image build`, Purpose.Build);
    if (name === "-i" && program === "k3d") add(report, value, `${program} ${name}`);
  }
}

/** https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/cli/pack_build/ */
export function readPack(report: Report, program: string, words: readonly Word[]): void {
  const options: Options = {
    flags: set(
      "--publish --trust-builder --clear-cache --verbose -v -q --quiet --no-color --timestamps --interactive --force",
    ),
  };
  const { positional, options: given } = readArguments(words, options);
  if (positional[0]?.text !== "build") return;
  add(report, positional[1], `${program} build`, Purpose.Build);
  for (const { name, value } of given)
    if (/^(?:-B|--builder|--run-image|--lifecycle-image)$/.test(name)) add(report, value, `${program} build ${name}`);
    else if (/^(?:-t|--tag)$/.test(name)) add(report, value, `${program} build ${name}`, Purpose.Build);
    else if (/^(?:-b|--buildpack)$/.test(name) && /^docker:\/\//.test(value.text))
      add(report, after(value, "docker://".length), `${program} build ${name}`);
}
