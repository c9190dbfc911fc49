import { type Rule, shown } from "../rules";
import { Purpose } from "./imageUse";
import { type KnownName, withAlikeVariables } from "./openName";

/** Whose an image is. */
export const Party = {
  /** The repository builds or pushes it itself. */
  Own: "own",
  /** It comes from a registry of one's own. */
  First: "first",
  /** It comes from somebody else's registry. */
  Third: "third",
  /** Variables hide the registry. */
  Unknown: "unknown",
} as const;
export type Party = (typeof Party)[keyof typeof Party];

/**
 * Artifact Registry is the place to go. `gcr.io` is not here, since it holds images of anybody, such as
 * `gcr.io/distroless`. https://cloud.google.com/artifact-registry/docs/docker/names
 */
export const FIRST_PARTY = ["*-docker.pkg.dev"];

const PREFIX = /^\*?[A-Za-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/;

/** A rule for what first-party names begin with. */
export const firstPartyPrefix: Rule<string> = (value) =>
  PREFIX.test(value) && value.split("/")[0].includes(".")
    ? undefined
    : `must be a registry, which may begin with *, and a path if need be, such as gcr.io/acme-prod, got ${shown(value)}`;

/** Tells by the beginnings of canonical names whether images are one's own; a part of a path counts as a whole. */
export function firstPartyBy(prefixes: readonly string[]): (name: string) => boolean {
  const tests = prefixes.map((prefix) => {
    const isAny = prefix.startsWith("*");
    const [host, ...path] = (isAny ? prefix.slice(1) : prefix).split("/");
    return { isAny, host, path: path.join("/") };
  });
  return (name) => {
    const slash = `${name}/`.indexOf("/");
    const [host, path] = [name.slice(0, slash), name.slice(slash + 1)];
    return tests.some(
      (one) =>
        (one.isAny ? host.endsWith(one.host) : host === one.host) &&
        (one.path === "" || path === one.path || path.startsWith(`${one.path}/`)),
    );
  };
}

/** A place as far as it says whose an image is. */
export interface NamedPlace extends KnownName {
  reference: string;
  purpose: Purpose;
}

/**
 * Tells whether the repository makes an image itself: some place of it builds or pushes one of that name, whatever the
 * version. Variables stand for each other: `gcr.io/$PROJECT_ID/web` is `gcr.io/${PROJECT}/web`.
 */
export function ownBy(places: readonly NamedPlace[]): (place: NamedPlace) => boolean {
  const made = new Set(places.filter(({ purpose }) => purpose !== Purpose.Pull).map(comparable));
  made.delete(undefined);
  return (place) => place.purpose !== Purpose.Pull || made.has(comparable(place));
}

/** A name without version and with variables alike; nothing where variables are all that it has, but for a known registry. */
function comparable({ reference, repository }: NamedPlace): string | undefined {
  if (repository !== undefined) return repository;
  const name = withAlikeVariables(reference).split("@")[0];
  const above = name.slice(0, name.lastIndexOf("/") + 1);
  const last = name.slice(above.length).split(":")[0];
  return /^[*._-]*$/.test(last) && /^$|\*/.test(above) ? undefined : `${above}${last}`;
}

/** Whose the image of a place is. */
export function partyOf(
  place: NamedPlace,
  isOwn: (place: NamedPlace) => boolean,
  isFirst: (name: string) => boolean,
): Party {
  if (isOwn(place)) return Party.Own;
  const name = place.repository ?? place.registry;
  if (name === undefined) return Party.Unknown;
  return isFirst(name) ? Party.First : Party.Third;
}
