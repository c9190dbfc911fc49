import { planMigration } from "../../../core/migration/planner";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { ModeChoice } from "../../../core/migration/modes";
import { sourceName } from "../../../core/migration/names";
import { readReference } from "../../../core/reference/reference";
import { placeOf } from "../migration/samples";

/** What the destinations of the plans begin with. */
export const AR = "europe-west1-docker.pkg.dev/acme-images";

/** A digest. */
export const SHA = `sha256:${"ab".repeat(32)}`;

/** The plan of images, some with the digest that a copy recorded. */
export function planOf(...images: (string | { source: string; digest: string })[]): MigrationPlanDocument {
  const names = images.map((one) => (typeof one === "string" ? one : one.source));
  const scan = { places: names.map((name) => placeOf(name)), running: [] };
  const destination = { location: "europe-west1", project: "acme-images" };
  const { document } = planMigration({ scan, destination, mode: ModeChoice.Auto, budget: 100 });
  for (const one of images) {
    if (typeof one === "string") continue;
    const { reference } = readReference(one.source);
    const planned = document.spec.images.find(({ source }) => reference && source === sourceName(reference));
    if (planned) planned.digest = one.digest;
  }
  return document;
}
