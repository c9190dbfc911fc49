/** What reads a file. */
export const Scanner = {
  Dockerfile: "Dockerfile",
  /** YAML, JSON and templates of them. */
  Manifest: "manifest",
  /** Command lines, settings and programs. */
  Script: "script",
} as const;
export type Scanner = (typeof Scanner)[keyof typeof Scanner];

/** What a name says about who reads the file; `content` where its beginning says it, nothing where nobody does. */
export type FileKind = Scanner | "content" | undefined;

/** Longer beginnings are not needed to tell what a file without an extension is. */
export const BEGINNING = 4096;

/** Templates are read as what they make: `Dockerfile.tmpl`, `deployment.yaml.j2`. */
const TEMPLATE = /(?:\.(?:tmpl|tpl|templ|template|gotmpl|j2|jinja2?|erb|mustache|in|sample|example|dist)){1,3}$/;

const DOCKERFILE = /^(?:docker|container)file|[._-](?:docker|container)file$/;

const MANIFEST = new Set(["yaml", "yml", "json", "jsonc", "json5"]);

const SCRIPT = new Set(
  "sh bash zsh ksh dash fish bats envrc env ps1 psm1 bat cmd mk mak make just groovy jenkinsfile container kube image".split(
    " ",
  ),
);

/** Programs and settings that Kiln does not read, and whose images are worth a look. */
const INFRASTRUCTURE = new Set("tf tfvars hcl nomad bicep jsonnet libsonnet cue dhall star bzl bazel".split(" "));

/** Languages of Pulumi programs, which are looked at in a Pulumi project alone. */
const PULUMI = new Set("ts mts cts js mjs cjs py go cs fs vb java kt scala".split(" "));

/** What is named like a Dockerfile and is none: programs, their tests, documents, pictures, archives. */
const OTHER = new Set([
  ...PULUMI,
  ...(
    "tsx jsx vue rb rs c h cc cpp hpp m mm swift php pl pm lua r ex exs erl hs clj css scss less html htm xml svg png jpg jpeg gif " +
    "webp ico pdf md mdx markdown rst adoc txt log diff patch snap golden toml ini cfg conf properties csv tsv sql proto graphql " +
    "zip tar gz tgz bz2 xz zst jar war whl so dll exe class pyc map lock sum dockerignore containerignore gitignore pem crt key asc sig"
  ).split(" "),
]);

/** Names that say what is in the file whatever comes after a period. */
const SCRIPT_NAME =
  /^(?:(?:gnu)?makefile|justfile|jenkinsfile|vagrantfile|earthfile|tiltfile|rakefile|\.env)(?:$|[._-])/;
const INFRASTRUCTURE_NAME = /^(?:build|workspace)$|\.tf\.json$/;

/** What programs write to know exact versions of packages; nothing in them is an image. */
const LOCK = /^npm-shrinkwrap\.json$|[._-]lock\.(?:json|ya?ml)$/;

/** Workflows that a program writes are called so too, and run: https://github.github.com/gh-aw/reference/compilation-process/ */
const WORKFLOW = /(?:^|\/)\.github\/workflows\/[^/]+$/;

/**
 * Who reads a file, as far as its name says.
 *
 * @param path path with slashes; its last part counts.
 * @param isPulumi whether it belongs to a Pulumi project, whose programs are looked at.
 */
export function kindOf(path: string, isPulumi = false): FileKind {
  const { name, isTemplate } = nameOf(path);
  if (LOCK.test(name) && !WORKFLOW.test(path)) return undefined;
  if (INFRASTRUCTURE_NAME.test(name)) return Scanner.Script;
  const extension = extensionOf(name);
  if (extension !== undefined) {
    const kind = kindByExtension(extension, isPulumi);
    if (kind !== undefined) return kind;
    if (OTHER.has(extension)) return undefined;
  }
  if (SCRIPT_NAME.test(name)) return Scanner.Script;
  if (DOCKERFILE.test(name)) return Scanner.Dockerfile;
  return extension === undefined || isTemplate ? "content" : undefined;
}

function kindByExtension(extension: string, isPulumi: boolean): Scanner | undefined {
  if (MANIFEST.has(extension)) return Scanner.Manifest;
  const isScript = SCRIPT.has(extension) || INFRASTRUCTURE.has(extension) || (isPulumi && PULUMI.has(extension));
  return isScript ? Scanner.Script : undefined;
}

/** Who reads a file whose name does not say it, by its first characters. */
export function kindOfContent(path: string, beginning: string): Scanner | undefined {
  const lines = beginning.replace(/^\ufeff/, "").split("\n", MOST_LINES);
  if (SHELL.test(lines[0].slice(0, MOST_SHEBANG))) return Scanner.Script;
  if (isDockerfile(lines)) return Scanner.Dockerfile;
  return nameOf(path).isTemplate && !lines.some((line) => PROGRAM.test(line)) ? Scanner.Manifest : undefined;
}

/** Templates of programs and pages name images in texts alone. */
const PROGRAM = /^(?:package [\w.]+;?\s*$|import ["\w{(]|#include|<[?!a-z])/i;

const MOST_LINES = 200;
const MOST_SHEBANG = 200;
const SHELL = /^#!.*\b(?:(?:ba|z|k|da|fi)?sh|make|bats)\b/;
const FROM = /^[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?[^\s-]\S*(?:[ \t]+AS[ \t]+\S+)?\s*$/i;

/** The first instruction is FROM, or ARG with a FROM later on. */
function isDockerfile(lines: readonly string[]): boolean {
  const first = lines.findIndex((line) => !/^\s*(?:#|$)/.test(line));
  if (first < 0) return false;
  return (
    FROM.test(lines[first]) || (/^[ \t]*ARG[ \t]+\w+/i.test(lines[first]) && lines.some((line) => FROM.test(line)))
  );
}

function nameOf(path: string): { name: string; isTemplate: boolean } {
  const whole = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const name = whole.replace(TEMPLATE, "");
  return { name, isTemplate: name !== whole };
}

/** What stands after the last period. */
function extensionOf(name: string): string | undefined {
  const at = name.lastIndexOf(".");
  return at >= 0 && at < name.length - 1 ? name.slice(at + 1) : undefined;
}
