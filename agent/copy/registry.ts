import { createHash } from "node:crypto";
import { FailureKind } from "../../core/copy/failures";
import { MANIFEST_TYPES } from "../../core/copy/manifest";
import { readRetryAfter } from "../../core/copy/retries";
import { type LoggedAnswer } from "../../core/copy/toolLog";
import { DOCKER_HUB } from "../../core/reference/reference";
import { ask, type Asking, failureOf, noteLimit, type RegistryOptions, type Repository } from "./ask";
import { CopyFailure } from "./copyFailure";
import { type FindLogin, sessionsOf } from "./credentials";
import { httpClient } from "./http";
import { runTool } from "./runTool";

/** What a name stands for. */
export interface Found {
  digest: string;
  mediaType: string;
}

/** A manifest as the registry has it. */
export interface ReadManifestText extends Found {
  text: string;
}

/** Reads what registries say of images. */
export interface Registries {
  /** What a tag or digest stands for; nothing where there is none. Costs nothing where manifests are counted. */
  find(repository: Repository, version: string): Promise<Found | undefined>;
  /** What a tag or digest stands for, with its text; nothing where there is none. */
  read(repository: Repository, version: string): Promise<ReadManifestText | undefined>;
  /** Whether a layer or configuration is there; nothing where nobody can say. */
  hasBlob(repository: Repository, digest: string): Promise<boolean | undefined>;
  /** Milliseconds for which a registry wants to be left alone, asked for where the tool was refused. */
  retryAfter(repository: Repository, refusal: string): Promise<number | undefined>;
  /** How the tool writes a name. */
  nameFor(repository: Repository, version: string): string;
  close(): void;
}

/** The registries, asked by HTTP; where that does not get through, such as behind a proxy, the tool is asked. */
export function registriesOf(options: RegistryOptions): Registries {
  const http = httpClient(options.signal);
  const context: Asking = {
    ...{ http, options, sessions: sessionsOf(http, findLoginWith(options)) },
    hostOf: (domain) => options.standIns.get(domain) ?? (domain === DOCKER_HUB ? HUB_HOST : domain),
    viaTool: new Set(),
  };
  const nameFor = ({ domain, path }: Repository, version: string) =>
    `${context.hostOf(domain)}/${path}${version.includes(":") ? "@" : ":"}${version}`;
  return {
    nameFor,
    find: (repository, version) => find(context, repository, version, nameFor(repository, version)),
    read: (repository, version) => read(context, repository, version, nameFor(repository, version)),
    retryAfter: (repository, refusal) => retryAfter(context, repository, refusal),
    hasBlob: (repository, digest) => hasBlob(context, repository, digest),
    close: () => http.close(),
  };
}

/** As crane names it, for which Docker's config holds the login. */
const HUB_HOST = "index.docker.io";

/** The tool knows every way in which Docker and Google keep logins; it answers over a pipe. */
function findLoginWith({ tool, ...options }: RegistryOptions): FindLogin {
  return async (host) => {
    const answer = await runTool(tool, ["auth", "get", host], options).catch((error: unknown) => {
      options.signal.throwIfAborted();
      if (error instanceof CopyFailure) return undefined;
      throw error;
    });
    if (!answer) return undefined;
    const { Username: username = "", Secret: secret = "" } = JSON.parse(answer.stdout) as Record<string, string>;
    return secret === "" ? undefined : { username, secret };
  };
}

async function find(context: Asking, repository: Repository, version: string, name: string) {
  const accept = { accept: MANIFEST_TYPES };
  const answer = await ask(context, "HEAD", repository, `manifests/${version}`, accept);
  if (!answer) return findWithTool(context, repository, name);
  const { status, headers } = answer;
  if (status === 404) return undefined;
  const mediaType = headers["content-type"]?.split(";")[0] ?? "";
  const digest = headers["docker-content-digest"];
  if (status === 200 && typeof digest === "string") return { digest, mediaType };
  if (status !== 200) throw failureOf(answer, `HEAD ${name}`);
  return findWithTool(context, repository, name);
}

async function findWithTool({ options }: Asking, { domain }: Repository, name: string): Promise<Found | undefined> {
  try {
    const { stdout, answers } = await runTool(options.tool, ["digest", name], options);
    return { digest: stdout.trim(), mediaType: noteLast(options, domain, answers) };
  } catch (error) {
    if (error instanceof CopyFailure && error.kind === FailureKind.NotFound) return undefined;
    throw error;
  }
}

async function read(context: Asking, repository: Repository, version: string, name: string) {
  const answer = await ask(context, "GET", repository, `manifests/${version}`, { accept: MANIFEST_TYPES });
  if (!answer) return readWithTool(context, repository, name);
  const { status, headers, body } = answer;
  if (status === 404) return undefined;
  if (status !== 200) throw failureOf(answer, `GET ${name}`);
  // Tags stand for SHA-256; a digest of another kind is taken at its word, since the tool checks it when it copies.
  const digest = /^(?!sha256:)[^:]+:/.test(version) ? version : `sha256:${sha256(body)}`;
  const said = version.includes(":") ? version : headers["docker-content-digest"];
  if (said !== undefined && said !== digest)
    throw new CopyFailure(
      FailureKind.Corrupt,
      `GET ${name}: what arrived is ${digest} and does not match ${String(said)}`,
    );
  return { digest, mediaType: headers["content-type"]?.split(";")[0] ?? "", text: body.toString() };
}

async function readWithTool({ options }: Asking, { domain }: Repository, name: string) {
  try {
    const { stdout, answers } = await runTool(options.tool, ["manifest", name], options);
    const mediaType = noteLast(options, domain, answers);
    return { digest: `sha256:${sha256(stdout)}`, mediaType, text: stdout };
  } catch (error) {
    if (error instanceof CopyFailure && error.kind === FailureKind.NotFound) return undefined;
    throw error;
  }
}

/** Takes in the last answer that had a manifest, and tells its type. */
function noteLast(options: RegistryOptions, domain: string, answers: readonly LoggedAnswer[]): string {
  const last = answers.filter(({ status, url }) => status === 200 && url.includes("/manifests/")).at(-1);
  noteLimit(options, domain, last?.headers ?? {});
  return last?.headers["content-type"]?.split(";")[0] ?? "";
}

function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

async function hasBlob(context: Asking, repository: Repository, digest: string): Promise<boolean | undefined> {
  const answer = await ask(context, "HEAD", repository, `blobs/${digest}`, {});
  if (!answer) return undefined;
  if (answer.status === 404) return false;
  // Some registries keep layers elsewhere, and say where.
  if (answer.status === 200 || (answer.status >= 300 && answer.status < 400)) return true;
  throw failureOf(answer, `HEAD ${repository.domain}/${repository.path}@${digest}`);
}

/** `GET https://ghcr.io/v2/acme/web/manifests/1: TOOMANYREQUESTS` */
const REFUSED = /\b(?:GET|HEAD) https?:\/\/[^/\s]+\/v2\/([^\s]+?)\/((?:manifests|blobs)\/[^\s:]+(?::[a-f0-9]{64})?)/;

/** Asks once more for what was refused, without its body, which costs nothing: the tool does not tell the headers. */
async function retryAfter(context: Asking, repository: Repository, refusal: string): Promise<number | undefined> {
  const [, path, what] = REFUSED.exec(refusal) ?? [];
  if (path !== repository.path) return undefined;
  const answer = await ask(context, "HEAD", repository, what, { accept: MANIFEST_TYPES }).catch((error: unknown) => {
    if (error instanceof CopyFailure) return undefined;
    throw error;
  });
  return readRetryAfter(answer?.headers["retry-after"], Date.now());
}
