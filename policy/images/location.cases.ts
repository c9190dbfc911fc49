import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const image = (storageLocations: Inputs[string]): CaseResource => ({
  type: "gcp:compute/image:Image",
  inputs: { family: "web", sourceDisk: "web-build", storageLocations },
});

const NONE = "storageLocations No location is given";
const config = { allowedLocations: ["eu", "europe-west1"] };

export const cases: RuleCases = {
  good: [
    { title: "an allowed multi-region", resources: [image(["EU"])], config },
    { title: "any, where none is configured", resources: [image(["us"])] },
  ],
  bad: [
    {
      title: "another location",
      resources: [image(["us"])],
      config,
      says: ["storageLocations[0] This location is not allowed"],
    },
    {
      title: "a snapshot without a location",
      resources: [{ type: "gcp:compute/snapshot:Snapshot", inputs: { sourceDisk: "web" } }],
      config,
      says: [NONE],
    },
  ],
  unknown: [
    { title: "the location", resources: [image([UNKNOWN])], config },
    { title: "the list", resources: [image(UNKNOWN)], config },
  ],
  secret: [{ title: "a secret location", resources: [image([secretValue("hunter2")])], config }],
  absent: [{ title: "no location", resources: [image(undefined)], says: [NONE] }],
};
