import { Document, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { readYamlDocument } from "../documents/yamlText";
import { type MigrationPlanDocument } from "./migrationPlan";

const HEAD = ` Where each image of somebody else's goes in Artifact Registry. Review it as you review code:

 1. rules: which registry goes into which repository. The longest prefix that fits holds.
 2. images: mode Copy keeps an image as it is; mode Remote follows a tag that moves.
    What stands here holds. After a change to rules, kiln containers plan --follow-rules makes the destinations anew.
 3. unused: images that no log has a pull of. Builds are in no log: look before you take a place away.

 kiln containers plan on this file again adds what is new and keeps what you changed.`;

const RULES = ` remote: the remote repository that images of mode Remote are pulled through.
 path: what to put before the rest of a name. mode: Copy or Remote for all images of a rule.`;

const IMAGES = ` In the order in which they are copied. Images of one batch are within one budget of Docker Hub.
 platforms: [linux/amd64] copies no other ones. digest: what the source was when it was copied.`;

/**
 * The file of a plan.
 *
 * @param before the file as it is, whose comments stay.
 */
export function writePlan(plan: MigrationPlanDocument, before?: string): string {
  const document = new Document(plan);
  const old = before === undefined ? undefined : readYamlDocument(before).document;
  document.commentBefore = old?.commentBefore ?? HEAD;
  document.comment = old?.comment ?? null;
  commentKey(document, "rules", RULES);
  commentKey(document, "images", IMAGES);
  spaceOut(document);
  if (old) keepComments(old, document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function commentKey(document: Document, key: string, comment: string): void {
  const pair = pairOf(document.get("spec"), key);
  if (isScalar(pair?.key)) [pair.key.commentBefore, pair.key.spaceBefore] = [comment, true];
}

/** An empty line between images, and platforms in one line. */
function spaceOut(document: Document): void {
  const images = document.getIn(["spec", "images"]);
  if (!isSeq(images)) return;
  for (const [index, image] of images.items.entries()) {
    if (!isMap(image)) continue;
    image.spaceBefore = index > 0;
    const platforms = image.get("platforms");
    if (isSeq(platforms)) platforms.flow = true;
  }
}

function pairOf(map: unknown, key: string): Pair | undefined {
  return isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;
}

/** What names an item of a list, so that its comments find it again. */
const NAMES: Readonly<Record<string, string>> = { rules: "prefix", images: "source" };

function keepComments(old: Document, document: Document): void {
  keepOfMap(old.contents, document.contents);
  const [oldSpec, spec] = [old.get("spec"), document.get("spec")];
  keepOfMap(oldSpec, spec);
  for (const [list, name] of Object.entries(NAMES)) {
    const items = new Map(mapsIn(oldSpec, list).map((item) => [item.get(name), item]));
    for (const item of mapsIn(spec, list)) {
      const before = items.get(item.get(name));
      if (before === undefined) continue;
      item.commentBefore = before.commentBefore;
      item.comment = before.comment;
      keepOfMap(before, item);
    }
  }
}

function mapsIn(spec: unknown, list: string): YAMLMap[] {
  const items = isMap(spec) ? spec.get(list) : undefined;
  return isSeq(items) ? items.items.filter((item): item is YAMLMap => isMap(item)) : [];
}

/** Comments before the keys of a map and behind its values. */
function keepOfMap(old: unknown, map: unknown): void {
  if (!isMap(old) || !isMap(map)) return;
  for (const { key, value } of map.items) {
    const before = isScalar(key) ? pairOf(old, String(key.value)) : undefined;
    if (isScalar(key) && isScalar(before?.key) && before.key.commentBefore)
      key.commentBefore = before.key.commentBefore;
    if (isScalar(value) && isScalar(before?.value)) value.comment = before.value.comment;
  }
}
