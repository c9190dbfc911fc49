import { readRateLimit, type RateLimit } from "../../core/copy/budget";
import { FailureKind, kindOfStatus, kindOfText } from "../../core/copy/failures";
import { readRetryAfter } from "../../core/copy/retries";
import { type LoggedAnswer } from "../../core/copy/toolLog";
import { CopyFailure } from "./copyFailure";
import { isLoopback, type Sessions } from "./credentials";
import { type Http, type HttpAnswer } from "./http";
import { type RunOptions } from "./runTool";

/** A repository of images: its registry as names have it, and its path. */
export interface Repository {
  domain: string;
  path: string;
}

/** How registries are reached. */
export interface RegistryOptions extends RunOptions {
  /** The program. */
  tool: string;
  /** Hosts that stand in for others, for tests. */
  standIns: ReadonlyMap<string, string>;
  /** Is told what a registry says of its limit. */
  onRateLimit(domain: string, limit: RateLimit): void;
  /** Is told that a login was found for a registry. */
  onSignedIn(domain: string): void;
}

/** What questions are asked with. */
export interface Asking {
  http: Http;
  sessions: Sessions;
  options: RegistryOptions;
  hostOf(domain: string): string;
  /** Hosts that HTTP does not get through to. */
  viaTool: Set<string>;
}

/** Asks by HTTP; nothing where that does not get through. */
export async function ask(
  context: Asking,
  method: "GET" | "HEAD",
  { domain, path }: Repository,
  what: string,
  headers: Record<string, string>,
): Promise<HttpAnswer | undefined> {
  const { http, sessions, options, viaTool } = context;
  const host = context.hostOf(domain);
  if (viaTool.has(host) || isBehindProxy(host)) return undefined;
  const origin = `${isLoopback(host) ? "http" : "https"}://${host}`;
  const once = () => {
    const authorization = sessions.headerFor(host, path);
    return http.ask(method, origin, `/v2/${path}/${what}`, {
      ...headers,
      ...(authorization === undefined ? {} : { authorization }),
    });
  };
  try {
    const first = await onceMore(once);
    const answer = first.status === 401 && (await sessions.renew(host, path, first)) ? await onceMore(once) : first;
    if (sessions.isSignedIn(host)) options.onSignedIn(domain);
    noteLimit(options, domain, answer.headers);
    return answer;
  } catch (error) {
    options.signal.throwIfAborted();
    const failure = connectionFailure(error, method, host);
    if (isLoopback(host) || failure.kind === FailureKind.Connection) throw failure;
    viaTool.add(host);
    return undefined;
  }
}

/** A connection that was kept may have been closed at the other end meanwhile. */
async function onceMore(once: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await once();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
    return once();
  }
}

/** Node's own client knows no proxies; the tool does. */
function isBehindProxy(host: string): boolean {
  return !isLoopback(host) && ["HTTPS_PROXY", "https_proxy"].some((name) => process.env[name]);
}

/** Takes in what an answer says of a limit. */
export function noteLimit(
  options: RegistryOptions,
  domain: string,
  headers: LoggedAnswer["headers"] | HttpAnswer["headers"],
) {
  const [limit, remaining] = [headers["ratelimit-limit"], headers["ratelimit-remaining"]].map(String);
  const read = readRateLimit(limit, remaining);
  if (read) options.onRateLimit(domain, read);
}

function connectionFailure(error: unknown, method: string, host: string): CopyFailure {
  const { code = "", message } = error as NodeJS.ErrnoException;
  const text = TEXTS[code] ?? message;
  return new CopyFailure(kindOfText(text), `${method} ${host}: ${text}`);
}

/** Node's names for what the tool has words for. */
const TEXTS: Record<string, string> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset by peer",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "Temporary failure in name resolution",
  ETIMEDOUT: "i/o timeout",
  EPIPE: "broken pipe",
  EHOSTUNREACH: "no route to host",
  ENETUNREACH: "network is unreachable",
};

/** What an answer that is none means. */
export function failureOf({ status, headers, body }: HttpAnswer, what: string): CopyFailure {
  const said = body.length > 0 ? `: ${body.toString().slice(0, 300)}` : "";
  const wait = readRetryAfter(headers["retry-after"], Date.now());
  return new CopyFailure(kindOfStatus(status), `${what}: status code ${status}${said}`, wait);
}
