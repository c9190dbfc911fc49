import { type Action, ActionKind } from "./action";
import { LifecycleMode } from "./familyPolicy";
import { type Image } from "./image";

/**
 * The images after actions were carried out, as Compute Engine would have them; those that are only reported change nothing.
 *
 * @throws RangeError for an action on an image that is not there.
 */
export function applied(images: readonly Image[], actions: readonly Action[]): Image[] {
  const byName = new Map(images.map((image) => [image.name, image]));
  for (const action of actions) {
    if (action.mode === LifecycleMode.Report) continue;
    const before = byName.get(action.image);
    if (!before) throw new RangeError(`${action.kind} of ${action.image}, which is not there`);
    if (action.kind === ActionKind.Delete) byName.delete(action.image);
    else byName.set(action.image, changed(before, action));
  }
  return [...byName.values()];
}

function changed(image: Image, { deprecated, labels }: Action): Image {
  const after = { ...image };
  if (deprecated) after.deprecated = deprecated;
  if (deprecated && Object.keys(deprecated).length === 0) delete after.deprecated;
  if (labels) after.labels = withLabels(image.labels, labels);
  return after;
}

/** Labels after some were set and those given as `null` were taken away. */
export function withLabels(
  before: Record<string, string> | undefined,
  changes: Record<string, string | null>,
): Record<string, string> {
  const entries = Object.entries({ ...before, ...changes });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}
