import { computeName } from "../names";
import { type Rule, shown } from "../rules";

/** A place on the way of an image, such as staging: a family of its own. */
export interface Channel {
  /**
   * Name of the channel; its images are in the family `FAMILY-NAME`.
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$
   * @maxLength 30
   */
  name: string;
  /** Whether an image needs the label `kiln-approved-by` to get there. */
  restricted?: boolean;
}

/** Rule for the channels of a family, in the order in which images go through them. */
export const channels: Rule<readonly Channel[]> = (value) => {
  if (!Array.isArray(value)) return `must be a list of channels, got ${shown(value)}`;
  const names = new Set<string>();
  for (const channel of value as readonly (Partial<Channel> | null)[]) {
    const problem = channelProblem(channel, names);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

function channelProblem(channel: Partial<Channel> | null, names: Set<string>): string | undefined {
  const { name, restricted, ...rest } = channel ?? {};
  if (typeof name !== "string" || name.length > 30 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
    return `must have names of at most 30 lower-case letters, digits and hyphens, got ${shown(name)}`;
  if (restricted !== undefined && typeof restricted !== "boolean")
    return `must have restricted as true or false, got ${shown(restricted)} for ${name}`;
  if (Object.keys(rest).length > 0)
    return `must have name and restricted alone, got ${Object.keys(rest).map(shown).join(", ")} for ${name}`;
  if (names.has(name)) return `must have every channel once, got ${shown(name)} twice`;
  names.add(name);
  return undefined;
}

/** The family that holds the images of a channel; those that were never promoted are in the family itself. */
export function channelFamily(family: string, channel: string | undefined): string {
  return channel === undefined ? family : `${family}-${channel}`;
}

/** What is wrong with the family of a channel, if its name gets too long. */
export function channelFamilyProblem(family: string, channel: string): string | undefined {
  const problem = computeName(channelFamily(family, channel));
  return problem && `the channel's family ${channelFamily(family, channel)} ${problem}`;
}
