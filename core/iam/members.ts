import { type Rule, shown } from "../rules";

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
