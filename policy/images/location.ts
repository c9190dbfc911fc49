import { type Finding, type ResourceRule } from "../rule";
import { entries, UNKNOWN } from "../value";

const INPUT = "storageLocations";

/** Images and snapshots lie where they may. */
export const location: ResourceRule = {
  id: "images-location",
  what: "Images and snapshots are stored in allowed locations.",
  why: "An image is a copy of a disk, and laws or contracts may say where its content lies. Where no location is given, Compute Engine chooses the multi-region next to the source, which is not always in the same jurisdiction.",
  fix: "Name one of the `allowedLocations` in `storageLocations`.",
  severity: "medium",
  level: "disabled",
  link: "https://cloud.google.com/compute/docs/images/create-custom#selecting_image_storage_location",
  config: {
    properties: {
      allowedLocations: {
        type: "array",
        items: { type: "string" },
        description:
          "Regions and multi-regions in which images and snapshots may lie; where the list is empty, each has to name some location.",
        default: [],
      },
    },
  },
  types: ["gcp:compute/image:Image", "gcp:compute/snapshot:Snapshot"],
  check: ({ inputs }, { allowedLocations }) => {
    const locations = entries(inputs[INPUT]);
    if (locations.length === 0) return [{ path: INPUT, violation: "No location is given." }];
    const allowed = (Array.isArray(allowedLocations) ? (allowedLocations as unknown[]) : []).map(lowerCase);
    return locations.flatMap((location, place): Finding[] => {
      const path = `${INPUT}[${place}]`;
      if (location === UNKNOWN) return [{ path, cannotTell: true }];
      if (allowed.length === 0 || allowed.includes(lowerCase(location))) return [];
      return [{ path, violation: "This location is not allowed." }];
    });
  },
};

function lowerCase(location: unknown): unknown {
  return typeof location === "string" ? location.toLowerCase() : location;
}
