import { all, type Rule, shown } from "../rules";

/** Members that stand for everybody. https://cloud.google.com/iam/docs/principals-overview */
const PUBLIC = ["allUsers", "allAuthenticatedUsers"];

const MEMBER =
  /^((user|group|serviceAccount):[^\s@:]+@[^\s@:]+\.[^\s@:]+|serviceAccount:[^\s:]+\.svc\.id\.goog\[[^\s\]]+\/[^\s\]]+\]|domain:[^\s@:]+\.[^\s@:]+|principal(Set)?:\/\/iam\.googleapis\.com\/\S+|project(Owner|Editor|Viewer):[^\s:]+)$/;

/**
 * A rule for members of IAM policies.
 *
 * @param allowPublic whether `allUsers` and `allAuthenticatedUsers` pass.
 */
export function iamMember(allowPublic: boolean): Rule<string> {
  return (value) => {
    if (PUBLIC.includes(value))
      return allowPublic
        ? undefined
        : `must not be ${value}, which is everybody on the internet; set allowPublic to true if that is what you want`;
    if (typeof value === "string" && MEMBER.test(value)) return undefined;
    return `must be an IAM member with its prefix, such as group:platform@acme.example or serviceAccount:…, got ${shown(value)}`;
  };
}

/** Whether a member stands for everybody; a value that is still to come does not, as far as one can tell. */
export function isPublic(member: unknown): boolean {
  return typeof member === "string" && PUBLIC.includes(member);
}

/**
 * A rule for members who must never be everybody, whatever is allowed elsewhere.
 *
 * @param exception what can be given to everybody, for the message.
 */
export function neverEverybody(exception: string): Rule<string> {
  return all(
    (value) => (isPublic(value) ? `must not be ${value}, which is everybody on the internet; ${exception}` : undefined),
    iamMember(false),
  );
}

/** A rule for members who get more than the use of images. */
export const namedMember: Rule<string> = neverEverybody("only the use of images can be given to everybody");
