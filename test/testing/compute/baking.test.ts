import { DisksClient, ImagesClient, InstancesClient, ZoneOperationsClient } from "@google-cloud/compute";
import { expect } from "../../support/chai";
import { finished, rejection, type StartedCall, useCompute } from "../../support/compute";

const project = "acme-images";
const zone = "europe-west1-b";
const family = "projects/debian-cloud/global/images/family/debian-12";

describe("the fake's disks and instances", () => {
  const compute = useCompute();
  let instances: InstancesClient;
  let disks: DisksClient;

  beforeEach(() => {
    instances = new InstancesClient(compute().clientOptions());
    disks = new DisksClient(compute().clientOptions());
    compute().addImage({ project: "debian-cloud", name: "debian-12-v2", family: "debian-12", diskSizeGb: "12" });
  });

  const done = (call: StartedCall) =>
    finished(new ZoneOperationsClient(compute().clientOptions()), { project, zone }, call);
  const status = async (instance: string) => (await instances.get({ project, zone, instance }))[0].status;
  const boot = (name: string, autoDelete: boolean) =>
    instances.insert({
      project,
      zone,
      instanceResource: {
        name,
        machineType: `zones/${zone}/machineTypes/e2-small`,
        disks: [{ boot: true, autoDelete, initializeParams: { sourceImage: family } }],
        networkInterfaces: [{ subnetwork: "regions/europe-west1/subnetworks/build" }],
        labels: { "kiln-build-id": "1" },
      },
    });

  it("boot from an image, stop, and leave a disk to make the next image of", async () => {
    await done(boot("build-1", false));
    expect(await status("build-1")).to.equal("RUNNING");
    const [disk] = await disks.get({ project, zone, disk: "build-1" });
    expect(disk.sourceImage).to.match(/debian-cloud\/global\/images\/debian-12-v2$/);
    expect(disk).to.include({ sizeGb: "12" });
    const images = new ImagesClient(compute().clientOptions());
    const sourceDisk = `projects/${project}/zones/${zone}/disks/build-1`;
    const insert = () => images.insert({ project, imageResource: { name: "web-1", sourceDisk } });
    expect(await rejection(insert())).to.include({ status: 400 });
    expect(await rejection(disks.delete({ project, zone, disk: "build-1" }))).to.include({ status: 400 });
    await done(instances.stop({ project, zone, instance: "build-1" }));
    expect(await status("build-1")).to.equal("TERMINATED");
    await done(instances.delete({ project, zone, instance: "build-1" }));
    expect(await rejection(status("build-1"))).to.include({ status: 404 });
    await insert();
    await done(disks.delete({ project, zone, disk: "build-1" }));
    compute().finishOperations();
    expect(compute().images(project)[0]).to.include({ status: "READY", diskSizeGb: "12", sourceDisk });
  });

  it("take the permissions of all that an instance is made of", async () => {
    await boot("build-1", true);
    expect(compute().calls[0].permissions.map((needed) => `${needed.project} ${needed.permission}`)).to.deep.equal([
      "acme-images compute.instances.create",
      "acme-images compute.instances.setLabels",
      "acme-images compute.disks.create",
      "acme-images compute.subnetworks.use",
      "debian-cloud compute.images.useReadOnly",
    ]);
  });

  it("delete the disks that go with their instance", async () => {
    await done(boot("build-1", true));
    await done(instances.delete({ project, zone, instance: "build-1" }));
    expect(compute().find(`projects/${project}/zones/${zone}/disks/build-1`)).to.equal(undefined);
  });

  it("are made of no image that is obsolete or missing", async () => {
    compute().addImage({ project, name: "old", deprecated: { state: "OBSOLETE" } });
    const insert = (sourceImage: string) =>
      disks.insert({ project, zone, diskResource: { name: "data", sourceImage } });
    expect(await rejection(insert("global/images/old"))).to.include({ status: 400 });
    expect(await rejection(insert("global/images/none"))).to.include({ status: 404 });
    await done(insert(family));
    const [[disk]] = await disks.list({ project, zone });
    expect([disk.name, disk.status]).to.deep.equal(["data", "READY"]);
    expect(await rejection(insert(family))).to.include({ status: 409 });
  });
});
