import { type Image } from "../core/lifecycle/image";

/** What somebody changed on an image since the plan was made, as far as it matters to what is done to it. */
export function differenceOf(planned: Image | undefined, now: Image): string | undefined {
  if (!planned) return "it was not there when the plan was made";
  if (planned.id !== now.id) return "another image has its name by now";
  const changed = (["family", "architecture", "status", "labels", "deprecated"] as const).filter(
    (key) => stable(planned[key]) !== stable(now[key]),
  );
  return changed.length > 0 ? `somebody changed its ${changed.join(", ")} since the plan was made` : undefined;
}

function stable(value: string | object | undefined): string {
  if (typeof value !== "object") return value ?? "";
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
