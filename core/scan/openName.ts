import { canonicalName, DOCKER_HUB, readReference, repositoryOf } from "../reference/reference";

/** What a name says of its image although variables in it are open. */
export interface KnownName {
  /** Canonical name, where the whole name is known. */
  image?: string;
  /** Registry and path, where both are known. */
  repository?: string;
  /** Host, where it is known. */
  registry?: string;
}

/** Stands for a variable while a name is taken apart; no name of an image has it. */
const OPEN = "0kiln0open0";

/** Variables as shells, Make, Kubernetes, Azure, Go templates, Jinja, Windows and Skaffold write them. */
const VARIABLE =
  /\$\{\{[^{}]*\}\}|\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|\$(?:[A-Za-z_]\w*|\d)|%[A-Za-z_]\w*%|<[^<>]*>|\[\[[^[\]]*\]\]|@[A-Z_]+@/g;

/** The variables of a name, all written alike, so that names can be compared. */
export function withAlikeVariables(reference: string, variable = "*"): string {
  return reference.replace(VARIABLE, variable);
}

/** Whether some variable stands in a name. */
export function hasVariables(reference: string): boolean {
  return withAlikeVariables(reference, OPEN).includes(OPEN);
}

/** What is known of a name; a text that is none says nothing. */
export function knownName(reference: string, isOpen: boolean): KnownName {
  if (isOpen) return knownOfOpen(withAlikeVariables(reference, OPEN));
  const { reference: read } = readReference(reference);
  return read === undefined
    ? {}
    : { image: canonicalName(read), repository: repositoryOf(read), registry: read.domain };
}

/** `nginx:${TAG}` is of Docker Hub; what `${NAME}/nginx` is of nobody knows. */
function knownOfOpen(text: string): KnownName {
  const [name, digest] = text.split("@");
  const first = name.includes("/") ? name.slice(0, name.indexOf("/")) : name.split(":")[0];
  if (first.includes(OPEN)) return {};
  const { reference: read } = readReference(digest?.includes(OPEN) ? name : text);
  if (read === undefined) return {};
  // What is open is left out of the text.
  if (!text.includes(OPEN)) return read.domain === DOCKER_HUB ? {} : { registry: read.domain };
  return { registry: read.domain, ...(read.path.includes(OPEN) ? {} : { repository: repositoryOf(read) }) };
}
