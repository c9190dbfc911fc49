import { isPublic, memberFindings } from "../iam/members";
import { type ResourceRule } from "../rule";
import { isImageGrantType } from "./grantTypes";

/** No image is public. */
export const publicImage: ResourceRule = {
  id: "images-public-image",
  what: "No image, disk, snapshot or instance is granted to `allUsers` or `allAuthenticatedUsers`.",
  why: "An image is a copy of a whole disk: programs, configuration, keys that were forgotten on it. Whoever may use a public image can boot it and read all of that, and `allAuthenticatedUsers` is everybody with any Google account.",
  fix: "Name in `member` or `members` the groups that use the image, or share it with `kiln.ImageSharing`.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloud.google.com/compute/docs/images/managing-access-custom-images#share-images-publicly",
  types: isImageGrantType,
  check: (resource) => memberFindings(resource, isPublic, "Everybody on the internet gets the disk's content."),
};
