import { DOCKER_HUB } from "../reference/reference";
import { compare, type InventoryItem } from "./inventory";

/** The greatest risk first: what is pulled or runs, from a registry that limits pulls, the most often pulled. */
export function byRisk(a: InventoryItem, b: InventoryItem): number {
  const [one, other] = [risks(a), risks(b)];
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? compare(a.source, b.source) : other[at] - one[at];
}

function risks({ reference, pulls = 0, running = 0, uses }: InventoryItem): number[] {
  const isUsed = pulls > 0 || running > 0;
  return [Number(isUsed), Number(reference.domain === DOCKER_HUB), pulls, running, uses];
}

/** Why an image stands where it stands; nothing where nothing is to be said. */
export function orderReason({ reference, pulls, running, uses }: InventoryItem): string | undefined {
  if (uses === 0) return pulls || running ? "no file names it" : "nothing names it any more";
  if (pulls === 0 && !running) return "no log has a pull of it";
  if (reference.domain !== DOCKER_HUB) return undefined;
  return pulls ? `Docker Hub limits its ${pulls} pulls` : "Docker Hub limits pulls";
}
