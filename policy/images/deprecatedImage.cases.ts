import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const instance = (image: Inputs[string]): CaseResource => ({
  type: "gcp:compute/instance:Instance",
  inputs: { machineType: "e2-small", bootDisk: { initializeParams: { image } } },
});

const SAYS = "bootDisk.initializeParams.image This operating system gets no security fixes any more";

export const cases: RuleCases = {
  good: [
    {
      title: "a supported release",
      resources: [instance("debian-cloud/debian-12"), instance("debian-cloud/debian-100")],
    },
    { title: "a golden image", resources: [instance("projects/acme-images/global/images/family/web")] },
    { title: "an old one that is wanted", resources: [instance("centos-cloud/centos-7")], config: { deprecated: [] } },
  ],
  bad: [
    { title: "Debian 10", resources: [instance("debian-cloud/debian-10")], says: [SAYS] },
    {
      title: "one image of CentOS 7",
      resources: [instance("projects/centos-cloud/global/images/centos-7-v20240611")],
      says: [SAYS],
    },
    {
      title: "a family of one's own that ended",
      resources: [instance("projects/acme-images/global/images/family/web-v1")],
      config: { deprecated: ["web-v1"] },
      says: [SAYS],
    },
    {
      title: "a golden image that is made from one",
      resources: [{ type: "gcp:compute/image:Image", inputs: { sourceImage: "ubuntu-os-cloud/ubuntu-1804-lts" } }],
      says: ["sourceImage This operating system"],
    },
  ],
  unknown: [{ title: "the image", resources: [instance(UNKNOWN)] }],
  secret: [{ title: "a secret image", resources: [instance(secretValue("hunter2/debian-9"))] }],
  absent: [{ title: "no image", resources: [instance(undefined)] }],
};
