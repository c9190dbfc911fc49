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
    {
      title: "supported releases of Windows and SQL Server",
      resources: [instance("windows-cloud/windows-2022"), instance("windows-sql-cloud/sql-std-2022-win-2022")],
    },
    { title: "a golden image", resources: [instance("projects/acme-images/global/images/family/web")] },
    { title: "an old one that is wanted", resources: [instance("centos-cloud/centos-7")], config: { deprecated: [] } },
  ],
  bad: [
    { title: "Debian 10", resources: [instance("debian-cloud/debian-10")], says: [SAYS] },
    ...[
      "debian-cloud/debian-11-arm64",
      "ubuntu-os-cloud/ubuntu-2004-lts",
      "ubuntu-os-cloud/ubuntu-minimal-1804-lts",
      "windows-cloud/windows-2012-r2",
      "windows-cloud/windows-server-2012-r2-dc-v20231011",
      "windows-sql-cloud/sql-std-2014-win-2012-r2",
      "windows-sql-cloud/sql-2014-standard-windows-2012-r2-dc-v20231011",
    ].map((name) => ({ title: name, resources: [instance(name)], says: [SAYS] })),
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
