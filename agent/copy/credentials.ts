import { isObject } from "../../core/documents/fields";
import { type Http, type HttpAnswer } from "./http";

/** Name and password for a registry. */
export interface RegistryLogin {
  username: string;
  secret: string;
}

/** Finds who signs in at a registry, or nobody. */
export type FindLogin = (host: string) => Promise<RegistryLogin | undefined>;

/** Signs in as registries ask for it. https://distribution.github.io/distribution/spec/auth/token/ */
export interface Sessions {
  /** The header `authorization` for a repository, as far as it is known. */
  headerFor(host: string, repository: string): string | undefined;
  /** Signs in as the answer, a 401, demands; `false` where there is no way to. */
  renew(host: string, repository: string, answer: HttpAnswer): Promise<boolean>;
  /** Whether somebody signed in. */
  isSignedIn(host: string): boolean;
}

/** Nobody is signed in yet. */
export function sessionsOf(http: Http, findLogin: FindLogin): Sessions {
  const headers = new Map<string, string>();
  const logins = new Map<string, Promise<RegistryLogin | undefined>>();
  const signedIn = new Set<string>();
  const loginFor = (host: string, isAnew: boolean) => {
    const known = isAnew ? undefined : logins.get(host);
    const found = known ?? findLogin(host);
    logins.set(host, found);
    return found;
  };
  return {
    headerFor: (host, repository) => headers.get(`${host}/${repository}`),
    isSignedIn: (host) => signedIn.has(host),
    async renew(host, repository, { headers: { "www-authenticate": challenge = "" } }) {
      const key = `${host}/${repository}`;
      const login = await loginFor(host, headers.has(key));
      const header = /^basic\b/i.test(challenge)
        ? login && basic(login)
        : await bearer(http, challenge, repository, login, isLoopback(host));
      if (header === undefined) return false;
      if (login) signedIn.add(host);
      headers.set(key, header);
      return true;
    },
  };
}

/** Whether a host is this machine, where crane and gcrane speak plain HTTP too. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
}

function basic({ username, secret }: RegistryLogin): string {
  return `Basic ${Buffer.from(`${username}:${secret}`).toString("base64")}`;
}

async function bearer(
  http: Http,
  challenge: string,
  repository: string,
  login: RegistryLogin | undefined,
  isPlain: boolean,
): Promise<string | undefined> {
  const { realm, service, scope } = parametersOf(challenge);
  const url = realm !== undefined && URL.canParse(realm) ? new URL(realm) : undefined;
  // A password goes over TLS, or to this machine.
  if (!url || (url.protocol !== "https:" && !(isPlain && isLoopback(url.host)))) return undefined;
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scope ?? `repository:${repository}:pull`);
  // https://distribution.github.io/distribution/spec/auth/oauth/: such a login is a refresh token, which the tool handles.
  if (login?.username === "<token>") return undefined;
  const { status, body } = await http.ask(
    "GET",
    url.origin,
    url.pathname + url.search,
    login ? { authorization: basic(login) } : {},
  );
  const answer: unknown = status === 200 ? JSON.parse(body.toString()) : undefined;
  const token = isObject(answer) ? (answer.token ?? answer.access_token) : undefined;
  return typeof token === "string" ? `Bearer ${token}` : undefined;
}

function parametersOf(challenge: string): Record<string, string | undefined> {
  if (!/^bearer /i.test(challenge)) return {};
  return Object.fromEntries(
    [...challenge.slice(0, 4_000).matchAll(/([a-z]{1,32})="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
}
