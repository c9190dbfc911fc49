import { rules as containers } from "./containers";
import { rules as factory } from "./factory";
import { rules as iam } from "./iam";
import { rules as images } from "./images";
import { rules as logs } from "./logs";
import { type Rule } from "./rule";

/** All rules by domain, in the order in which the documentation shows them. */
export const domains: Readonly<Record<string, readonly Rule[]>> = { images, iam, containers, logs, factory };

/** All rules. */
export const rules: readonly Rule[] = Object.values(domains).flat();

/**
 * Where a rule is written, without `.ts`: `containers-immutable-tags` stands in `containers/immutableTags`, its cases
 * beside it in `containers/immutableTags.cases`.
 */
export function moduleOf(id: string): string {
  const [domain = "", ...words] = id.split("-");
  return `${domain}/${words.map((word, place) => (place === 0 ? word : capitalized(word))).join("")}`;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
