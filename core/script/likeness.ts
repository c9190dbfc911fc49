import { readReference } from "../reference/reference";

/** Registries whose host says that what follows is an image. */
const REGISTRY =
  /^(?:(?:index\.|registry-1\.)?docker\.io|(?:[a-z]+\.|k8s\.)?gcr\.io|[a-z0-9-]+-docker\.pkg\.dev|docker\.pkg\.dev|ghcr\.io|quay\.io|registry\.k8s\.io|public\.ecr\.aws|\d+\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com|mcr\.microsoft\.com|[a-z0-9]+\.azurecr\.io|registry\.gitlab\.com|nvcr\.io|icr\.io|[a-z]+\.icr\.io|docker\.elastic\.co|registry\.(?:access\.)?redhat\.(?:com|io)|registry\.opensuse\.org|lscr\.io|cgr\.dev|docker\.n8n\.io|container-registry\.oracle\.com|[a-z]+\.ocir\.io|registry\.hub\.docker\.com|docker\.mirror\.[a-z.]+|mirror\.gcr\.io|registry\.suse\.com|gitea\.com|docker\.redpanda\.com|xpkg\.upbound\.io|images\.[a-z-]+\.(?:com|io|dev))$/;

/** Hosts of code, whose paths look like images: `github.com/owner/name`. */
const CODE =
  /^(?:(?:www\.)?github\.com|gitlab\.com|bitbucket\.org|golang\.org|gopkg\.in|go\.[a-z.]+|google\.golang\.org|k8s\.io|sigs\.k8s\.io|cloud\.google\.com|[a-z0-9-]+\.googleapis\.com|registry\.terraform\.io|registry\.npmjs\.org|app\.terraform\.io|example\.com|schemas?\..*|raw\.githubusercontent\.com|.*\.github\.io)$/;

/** Last parts of hosts that are endings of files. */
const FILE =
  /\.(?:js|ts|py|go|java|sh|json|ya?ml|tf|md|html?|css|txt|png|svg|jpe?g|tgz|gz|zip|jar|cfg|conf|toml|xml|lock|sql|tpl|tmpl)$/i;

/** Whether it names a well-known registry. */
export function hasKnownRegistry(text: string): boolean {
  const slash = text.indexOf("/");
  return slash > 0 && slash < 100 && REGISTRY.test(text.slice(0, slash));
}

/** Whether nothing but an image is likely to be written so: a registry, a path, and mostly a tag or digest. */
export function isFull(text: string): boolean {
  const { reference } = readReference(text);
  const slash = text.indexOf("/");
  if (reference === undefined || slash < 0) return false;
  const host = text.slice(0, slash);
  const segments = reference.path.split("/").length;
  const isVersioned = reference.tag !== undefined || reference.digest !== undefined;
  if (REGISTRY.test(host)) return isVersioned || segments >= (/pkg\.dev$/.test(host) ? 3 : 2);
  if (!/\.|:\d/.test(host) || FILE.test(host) || FILE.test(reference.path)) return false;
  return isVersioned && /(?:^localhost|\.[a-z]{2,}|^\d+\.\d+\.\d+\.\d+)(?::\d{2,5})?$/i.test(host);
}

/** Images of virtual machines, and files, that are written where containers' images are. */
export function isOtherImage(text: string): boolean {
  return (
    /^(?:projects\/|[a-z]+(?:-[a-z]+)*-cloud\/|ami-|img-|packer|global\/|family\/|Canonical[:/]|MicrosoftWindows|https?:|ko:)/.test(
      text,
    ) ||
    /^(?:image|application|video|audio|text|font)\/[\w.+-]+$/.test(text) ||
    FILE.test(text.replace(/[:@].*$/, "")) ||
    CODE.test(text.split("/", 1)[0])
  );
}
