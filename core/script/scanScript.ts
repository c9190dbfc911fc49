import { scanDockerfile } from "../dockerfile/scanDockerfile";
import { Certainty, type FileScan, type ImageUse } from "../scan/imageUse";
import { assignedImages, type Assignment } from "./assignments";
import { inOrder, scanCommand } from "./command";
import { Environment } from "./environment";
import { readHereDocument } from "./hereDocument";
import { lookHere } from "./lookHere";
import { scanMakefile } from "./makefile";

/** How a file is read. */
const Kind = {
  Shell: "shell",
  PowerShell: "PowerShell",
  Batch: "batch",
  Make: "make",
  Just: "just",
  /** Programs and settings that Kiln does not read. */
  Look: "look",
  Groovy: "Groovy",
  Earthfile: "Earthfile",
  /** systemd units of containers: https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html */
  Quadlet: "Quadlet",
} as const;
type Kind = (typeof Kind)[keyof typeof Kind];

const NAMES: [RegExp, Kind][] = [
  [/^(?:gnu)?makefile(?:$|[._-])|\.(?:mk|mak|make)$/, Kind.Make],
  [/^\.?justfile(?:$|[._-])|\.just$/, Kind.Just],
  [/^jenkinsfile(?:$|[._-])|\.(?:groovy|jenkinsfile)$/, Kind.Groovy],
  [/^earthfile(?:$|[._-])/, Kind.Earthfile],
  [/\.(?:container|kube|image)$/, Kind.Quadlet],
  [/\.(?:ps1|psm1)$/, Kind.PowerShell],
  [/\.(?:bat|cmd)$/, Kind.Batch],
  [
    /^(?:build|workspace|module)(?:\.bazel)?$|^(?:tiltfile|rakefile|vagrantfile)(?:$|[._-])|\.(?:tf|tfvars|tf\.json|hcl|nomad|bicep|jsonnet|libsonnet|cue|dhall|star|bzl|bazel|[mc]?[jt]sx?|py|go|cs|fs|vb|java|kts?|scala|rb)$/,
    Kind.Look,
  ],
];

/** Languages of Terraform and its kind, where `image` may be a virtual machine's. */
const HAS_MACHINES = /\.(?:tf|tfvars|tf\.json|hcl|bicep)$|^vagrantfile/;

/** Templates are read as what they make: `deploy.sh.tmpl`. */
const TEMPLATE = /\.(?:tmpl|tpl|templ|template|gotmpl|j2|jinja2?|erb|mustache|in|sample|example|dist)$/;

/** Images that a script's commands name, and what looks like one in a program. */
export function scanScript(path: string, text: string): FileScan {
  const name = path
    .slice(path.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(TEMPLATE, "");
  const kind = NAMES.find(([names]) => names.test(name))?.[1] ?? Kind.Shell;
  return { uses: usesOf(kind, name, text), problems: [] };
}

function usesOf(kind: Kind, name: string, text: string): ImageUse[] {
  switch (kind) {
    case Kind.Shell:
      return scanShell(text);
    case Kind.PowerShell:
      return scanShell(text.replace(/`\r?\n/g, (joined) => "\0".repeat(joined.length)).replaceAll("`", "\0"));
    case Kind.Batch:
      return scanShell(text.replace(/\^\r?\n/g, (joined) => "\0".repeat(joined.length)).replace(/[\\^`']/g, "\0"));
    case Kind.Make:
      return withAssigned(scanMakefile(text, /^\t[@+\- \t]*/, CONTEXT));
    case Kind.Just:
      return withAssigned(scanMakefile(text, /^[ \t]+[@+\-]*/, CONTEXT));
    case Kind.Look:
      return lookHere(text, !HAS_MACHINES.test(name));
    case Kind.Groovy:
      return scanGroovy(text);
    case Kind.Earthfile:
      return scanDockerfile(text).uses;
    case Kind.Quadlet:
      return scanQuadlet(text);
  }
}

const CONTEXT = { hereDocument: readHereDocument };

function scanShell(text: string): ImageUse[] {
  const environment = new Environment();
  const uses = scanCommand(text, 0, { ...CONTEXT, environment });
  return withAssigned({ uses, assignments: environment.assignments });
}

function withAssigned({ uses, assignments }: { uses: ImageUse[]; assignments: readonly Assignment[] }): ImageUse[] {
  return inOrder([...uses, ...assignedImages(assignments, uses)]);
}

const STEP = /\b(?:sh|bat|powershell)\b[ \t]*\(?(?:\s*script:)?\s*('''|"""|'|")/g;

/** `image 'maven:3'`, and texts of `sh` steps: https://www.jenkins.io/doc/book/pipeline/docker/ */
function scanGroovy(text: string): ImageUse[] {
  const uses: ImageUse[] = lookHere(text, false).map((use) => ({ ...use, certainty: Certainty.Likely }));
  let after = 0;
  for (const found of text.matchAll(STEP)) {
    const start = found.index + found[0].length;
    if (start < after) continue;
    const end = text.indexOf(found[1], start);
    if (end < 0) break;
    uses.push(...scanCommand(text.slice(start, end), start, CONTEXT));
    after = end;
  }
  return inOrder(uses);
}

function scanQuadlet(text: string): ImageUse[] {
  const lines = [...text.matchAll(/^Image=([^\s%]+)[ \t]*\r?$/gm)];
  return lines.flatMap((found) =>
    scanCommand(`docker pull ${found[1]}`, found.index + "Image=".length - "docker pull ".length, {
      certainty: Certainty.Certain,
    }).map((use) => ({ ...use, kind: "Image=" })),
  );
}
