import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const instance = (image: Inputs[string], inputs: Inputs = {}): CaseResource => ({
  type: "gcp:compute/instance:Instance",
  inputs: { machineType: "e2-small", bootDisk: { initializeParams: { image } }, ...inputs },
});
const template = (...images: Inputs[string][]): CaseResource => ({
  type: "gcp:compute/instanceTemplate:InstanceTemplate",
  inputs: { machineType: "e2-small", disks: images.map((sourceImage) => ({ sourceImage })) },
});

const made = (type: string, inputs: Inputs): CaseResource => ({ type: `gcp:compute/${type}`, inputs });
/** Everything that is made from a snapshot or a machine image. */
const copies = (project: string, inputs: Inputs = {}): CaseResource[] => {
  const snapshot = `projects/${project}/global/snapshots/web`;
  return [
    made("disk:Disk", { snapshot, ...inputs }),
    made("regionDisk:RegionDisk", { snapshot, replicaZones: [], ...inputs }),
    made("image:Image", { sourceSnapshot: snapshot, ...inputs }),
    made("instance:Instance", { bootDisk: { initializeParams: { snapshot } }, ...inputs }),
    made("instanceTemplate:InstanceTemplate", { disks: [{ boot: true, sourceSnapshot: snapshot }], ...inputs }),
    made("instanceFromMachineImage:InstanceFromMachineImage", {
      sourceMachineImage: `https://www.googleapis.com/compute/v1/projects/${project}/global/machineImages/web`,
      ...inputs,
    }),
  ];
};

const COPY_SAYS = "The project of this snapshot or machine image is not trusted";
const SAYS = "The image's project is not trusted";
const STRANGE = "projects/somebody-else/global/images/family/web";
const GOLDEN = "projects/acme-images/global/images/family/web";

export const cases: RuleCases = {
  good: [
    {
      title: "a family of the image project",
      resources: [instance(GOLDEN)],
      config: { trustedProjects: ["acme-images"] },
    },
    {
      title: "an image of Google's",
      resources: [instance("debian-cloud/debian-12"), template("ubuntu-os-cloud/ubuntu-2404-lts-amd64")],
    },
    {
      title: "its own project's, by name alone",
      resources: [instance("web"), template("global/images/family/web", "family/web")],
    },
    { title: "its own project's, in full", resources: [instance(GOLDEN, { project: "acme-images" })] },
    {
      title: "one family of another project",
      resources: [
        instance(STRANGE),
        template("https://www.googleapis.com/compute/v1/projects/somebody-else/global/images/family/web"),
      ],
      config: { trustedFamilies: ["somebody-else/web"] },
    },
    {
      title: "a name that is found in a public project, which is trusted",
      resources: [instance("debian-12"), template("family/ubuntu-2404-lts-amd64", "global/images/debian-12")],
    },
    {
      title: "snapshots and machine images of one's own and of a trusted project",
      resources: [
        ...copies("acme-shop", { project: "acme-shop" }),
        ...copies("acme-images"),
        made("disk:Disk", { snapshot: "web" }),
        made("image:Image", { sourceSnapshot: "global/snapshots/web" }),
      ],
      config: { trustedProjects: ["acme-images"] },
    },
    {
      title: "a disk that exists",
      resources: [{ type: "gcp:compute/instance:Instance", inputs: { bootDisk: { source: "web" } } }],
    },
  ],
  bad: [
    {
      title: "an instance",
      resources: [instance(STRANGE)],
      says: [`bootDisk.initializeParams.image ${SAYS}`],
    },
    {
      title: "the second disk of a template",
      resources: [template(GOLDEN, "somebody-else/web")],
      config: { trustedProjects: ["acme-images"] },
      says: [`disks[1].sourceImage ${SAYS}`],
    },
    {
      title: "disks, and an image that is made from another",
      resources: [
        { type: "gcp:compute/disk:Disk", inputs: { image: STRANGE } },
        { type: "gcp:compute/regionDisk:RegionDisk", inputs: { image: STRANGE, replicaZones: [] } },
        { type: "gcp:compute/image:Image", inputs: { sourceImage: STRANGE } },
      ],
      says: [`image ${SAYS}`, `image ${SAYS}`, `sourceImage ${SAYS}`],
    },
    {
      title: "a single image where its family is trusted",
      resources: [instance("projects/somebody-else/global/images/web")],
      config: { trustedFamilies: ["somebody-else/web"] },
      says: [SAYS],
    },
    {
      title: "Google's where only one's own are trusted",
      resources: [instance("debian-cloud/debian-12")],
      config: { trustedProjects: ["acme-images"] },
      says: [SAYS],
    },
    {
      title: "a stranger's snapshots and machine images",
      resources: copies("somebody-else"),
      says: [
        `snapshot ${COPY_SAYS}`,
        `snapshot ${COPY_SAYS}`,
        `sourceSnapshot ${COPY_SAYS}`,
        `bootDisk.initializeParams.snapshot ${COPY_SAYS}`,
        `disks[0].sourceSnapshot ${COPY_SAYS}`,
        `sourceMachineImage ${COPY_SAYS}`,
      ],
    },
    {
      title: "what is no image",
      resources: [instance("https://example.com/web.tar.gz")],
      says: ["This does not name an image"],
    },
  ],
  unknown: [
    { title: "the image", resources: [instance(UNKNOWN)] },
    { title: "a disk of a template", resources: [template(UNKNOWN)] },
    {
      title: "the disks of a template",
      resources: [{ type: "gcp:compute/regionInstanceTemplate:RegionInstanceTemplate", inputs: { disks: UNKNOWN } }],
    },
    {
      title: "whose image a name means that is also a public one's",
      resources: [instance("debian-12"), template("family/windows-2022")],
      config: { trustedProjects: ["acme-images"] },
    },
    { title: "a snapshot", resources: [made("image:Image", { sourceSnapshot: UNKNOWN })] },
    { title: "the project of a disk", resources: copies("somebody-else", { project: UNKNOWN }) },
    { title: "the instance's own project", resources: [instance(STRANGE, { project: UNKNOWN })] },
  ],
  secret: [{ title: "a secret image", resources: [instance(secretValue("hunter2/web"))] }],
  absent: [{ title: "no image", resources: [instance(undefined), template()] }],
};
