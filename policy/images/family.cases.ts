import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const image = (inputs: Inputs): CaseResource => ({
  type: "gcp:compute/image:Image",
  inputs: { sourceDisk: "web-build", ...inputs },
});

const SAYS = "family The image belongs to no family";

export const cases: RuleCases = {
  good: [{ title: "a family", resources: [image({ family: "web" })] }],
  bad: [
    { title: "an image for one occasion", resources: [image({ name: "web-backup" })], says: [SAYS] },
    { title: "an empty name", resources: [image({ family: "" })], says: [SAYS] },
  ],
  unknown: [{ title: "the family", resources: [image({ family: UNKNOWN })] }],
  secret: [{ title: "a secret name", resources: [image({ name: secretValue("hunter2") })] }],
  absent: [{ title: "no family", resources: [image({})], says: [SAYS] }],
};
