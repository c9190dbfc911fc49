import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const image = (inputs: Inputs): CaseResource => ({
  type: "gcp:compute/image:Image",
  inputs: { family: "web", sourceDisk: "web-build", ...inputs },
});

const NONE = "labels The image has no labels";
const config = { requiredLabels: ["kiln-recipe", "team"] };

export const cases: RuleCases = {
  good: [
    { title: "a label", resources: [image({ labels: { team: "platform" } })] },
    {
      title: "all that are required",
      resources: [image({ labels: { team: "platform", "kiln-recipe": "web" } })],
      config,
    },
    { title: "a value to come", resources: [image({ labels: { team: UNKNOWN } })] },
  ],
  bad: [
    { title: "no label", resources: [image({ labels: {} })], says: [NONE] },
    {
      title: "one of two that are required",
      resources: [image({ labels: { team: "platform" } })],
      config,
      says: ["labels.kiln-recipe The image lacks a label that is required"],
    },
  ],
  unknown: [{ title: "all labels", resources: [image({ labels: UNKNOWN })] }],
  secret: [{ title: "a secret label", resources: [image({ labels: { team: secretValue("hunter2") } })], config }],
  absent: [{ title: "no labels", resources: [image({})], says: [NONE] }],
};
