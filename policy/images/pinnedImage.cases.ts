import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const template = (...images: Inputs[string][]): CaseResource => ({
  type: "gcp:compute/instanceTemplate:InstanceTemplate",
  inputs: { machineType: "e2-small", disks: images.map((sourceImage) => ({ sourceImage })) },
});

const SAYS = "The template names one image";

export const cases: RuleCases = {
  good: [
    { title: "a family", resources: [template("projects/acme-images/global/images/family/web")] },
    { title: "short names of families", resources: [template("debian-cloud/debian-12", "family/web-20270101")] },
    {
      title: "an instance",
      resources: [
        {
          type: "gcp:compute/instance:Instance",
          inputs: { bootDisk: { initializeParams: { image: "web-20270101" } } },
        },
      ],
    },
  ],
  bad: [
    {
      title: "one image",
      resources: [template("projects/acme-images/global/images/web-20270101-0930")],
      says: [`disks[0].sourceImage ${SAYS}`],
    },
    {
      title: "short names with dates",
      resources: [template("debian-cloud/debian-12-bookworm-v20270101", "web-20270101")],
      says: [`disks[0].sourceImage ${SAYS}`, `disks[1].sourceImage ${SAYS}`],
    },
    {
      title: "a link, of a region's template",
      resources: [
        {
          type: "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate",
          inputs: {
            disks: [{ sourceImage: "https://www.googleapis.com/compute/v1/projects/acme-images/global/images/web-7" }],
          },
        },
      ],
      says: [SAYS],
    },
  ],
  unknown: [{ title: "the image", resources: [template(UNKNOWN)] }],
  secret: [{ title: "a secret image", resources: [template(secretValue("projects/p/global/images/hunter2"))] }],
  absent: [{ title: "no image", resources: [template(undefined)] }],
};
