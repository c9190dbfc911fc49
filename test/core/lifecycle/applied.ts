import { LifecycleMode } from "../../../core/lifecycle/familyPolicy";
import { type Image } from "../../../core/lifecycle/image";
import { type Action, ActionKind } from "../../../core/lifecycle/action";

/** The images after a plan was carried out, as Compute Engine would have them. */
export function applied(images: readonly Image[], actions: readonly Action[]): Image[] {
  const byName = new Map(images.map((image) => [image.name, image]));
  for (const { kind, image, deprecated, mode } of actions) {
    if (mode === LifecycleMode.Report) continue;
    const before = byName.get(image);
    if (!before) throw new Error(`${kind} of ${image}, which is not there`);
    if (kind === ActionKind.Delete) byName.delete(image);
    else {
      const after = { ...before, deprecated };
      if (Object.keys(deprecated ?? {}).length === 0) delete after.deprecated;
      byName.set(image, after);
    }
  }
  return [...byName.values()];
}
