import {
  DisksClient,
  ImagesClient,
  InstanceGroupManagersClient,
  InstanceTemplatesClient,
  MachineImagesClient,
  RegionInstanceGroupManagersClient,
  RegionInstanceTemplatesClient,
} from "@google-cloud/compute";
import { expect } from "../../support/chai";
import { rejection, useCompute } from "../../support/compute";

const project = "acme";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe("the fake's lists", () => {
  const compute = useCompute({ pageSize: 2 });
  const images = () => new ImagesClient(compute().clientOptions());
  const names = async (request: object) =>
    (await collect(images().listAsync({ project, ...request }))).map(({ name }) => name);

  function addImages(): void {
    const at = (day: number) => `2026-01-0${day}T00:00:00.000-08:00`;
    compute().addImage({ project, name: "web-3", family: "web", creationTimestamp: at(3) });
    compute().addImage({ project, name: "web-1", family: "web", creationTimestamp: at(1), labels: { hold: "yes" } });
    compute().addImage({ project, name: "db-2", family: "db", creationTimestamp: at(2), diskSizeGb: "200" });
    compute().addImage({ project, name: "old", creationTimestamp: at(4), deprecated: { state: "OBSOLETE" } });
    compute().addImage({ project, name: "api-1", creationTimestamp: at(5) });
  }

  it("come in pages of at most the fake's size, by name or newest first", async () => {
    addImages();
    expect(await names({})).to.deep.equal(["api-1", "db-2", "old", "web-1", "web-3"]);
    expect(compute().calls).to.have.length(3);
    expect(await names({ orderBy: "creationTimestamp desc" })).to.deep.equal([
      "api-1",
      "old",
      "web-3",
      "db-2",
      "web-1",
    ]);
    expect(await rejection(names({ orderBy: "family" }))).to.include({ status: 400 });
  });

  it("lose nothing when what was listed goes away between two pages", async () => {
    addImages();
    compute().onCall(({ number }) => {
      if (number === 2) compute().remove(`projects/${project}/global/images/db-2`);
    });
    expect(await names({})).to.deep.equal(["api-1", "db-2", "old", "web-1", "web-3"]);
  });

  it("refuse a page token that has expired, or is that of another list", async () => {
    addImages();
    const page = async (request: object) =>
      (await images().list({ project, ...request }, { autoPaginate: false }))[2] as { nextPageToken?: string };
    const { nextPageToken: pageToken } = await page({});
    expect((await page({ pageToken })).nextPageToken).to.be.a("string");
    expect(await rejection(page({ pageToken, filter: "family = web" }))).to.include({ status: 400 });
    compute().expirePageTokens();
    const refused = await rejection(page({ pageToken }));
    expect(refused).to.include({ status: 400 });
    expect(refused.message).to.contain("Invalid value for field 'pageToken'");
  });

  it("are filtered", async () => {
    addImages();
    expect(await names({ filter: "family = web" })).to.deep.equal(["web-1", "web-3"]);
    expect(await names({ filter: '(family eq "w.*") (name != web-1)' })).to.deep.equal(["web-3"]);
    expect(await names({ filter: "family = db OR labels.hold:*" })).to.deep.equal(["db-2", "web-1"]);
    expect(await names({ filter: "family:* AND NOT labels.hold = yes" })).to.deep.equal(["db-2", "web-3"]);
    expect(await names({ filter: "diskSizeGb > 20" })).to.deep.equal(["db-2"]);
    expect(await names({ filter: "deprecated.state = OBSOLETE" })).to.deep.equal(["old"]);
    expect(await names({ filter: '-family:web creationTimestamp >= "2026-01-04T08:00:00Z"' })).to.deep.equal([
      "api-1",
      "old",
    ]);
    for (const filter of ["famly = web", "family =", "(family = web", "family = web)"])
      expect(await rejection(names({ filter })), filter).to.include({ status: 400 });
  });

  it("hold the fields of a mask alone", async () => {
    addImages();
    const headers = { "x-goog-fieldmask": "items(name,deprecated/state),nextPageToken" };
    const found = await collect(images().listAsync({ project }, { otherArgs: { headers } }));
    expect(found.map(({ name, family, deprecated }) => [name, family, deprecated?.state])).to.deep.equal([
      ["api-1", undefined, undefined],
      ["db-2", undefined, undefined],
      ["old", undefined, "OBSOLETE"],
      ["web-1", undefined, undefined],
      ["web-3", undefined, undefined],
    ]);
  });

  it("join the scopes of a project", async () => {
    const sourceImage = "projects/acme-images/global/images/web-1";
    for (const zone of ["europe-west1-b", "europe-west1-c", "us-east1-b"])
      compute().addDisk({ project, zone, name: "boot", sourceImage });
    const disks = new DisksClient(compute().clientOptions());
    const places = async (request: object = {}) =>
      (await collect(disks.aggregatedListAsync({ project, ...request })))
        .filter(([, scoped]) => scoped.disks?.length)
        .map(([scope]) => scope);
    expect(await places()).to.have.members(["zones/europe-west1-b", "zones/europe-west1-c", "zones/us-east1-b"]);
    const [[disk]] = await disks.list({ project, zone: "us-east1-b" });
    expect(disk).to.include({ name: "boot", sourceImage });
    compute().makeUnreachable(project, "zones/us-east1-b");
    expect(await rejection(places())).to.include({ status: 503 });
    const partial = await places({ returnPartialSuccess: true });
    expect(partial).to.have.members(["zones/europe-west1-b", "zones/europe-west1-c"]);
  });

  it("hold templates, groups and machine images, global, regional and zonal", async () => {
    const options = compute().clientOptions();
    const region = "europe-west1";
    compute().addTemplate({ project, name: "web" });
    compute().addTemplate({ project, region, name: "web-regional" });
    compute().addGroup({ project, name: "zonal", instanceTemplate: "global/instanceTemplates/web" });
    compute().addGroup({ project, region, name: "regional" });
    compute().addMachineImage({ project, name: "backup" });
    const templates = await collect(new InstanceTemplatesClient(options).aggregatedListAsync({ project }));
    expect(templates.flatMap(([, scoped]) => scoped.instanceTemplates ?? []).map(({ name }) => name)).to.have.members([
      "web",
      "web-regional",
    ]);
    const [regional] = await new RegionInstanceTemplatesClient(options).list({ project, region });
    expect(regional.map(({ name }) => name)).to.deep.equal(["web-regional"]);
    const groups = await collect(new InstanceGroupManagersClient(options).aggregatedListAsync({ project }));
    expect(groups.flatMap(([, scoped]) => scoped.instanceGroupManagers ?? [])).to.have.length(2);
    const groupClient = new RegionInstanceGroupManagersClient(options);
    const [group] = await groupClient.get({ project, region, instanceGroupManager: "regional" });
    expect(group.name).to.equal("regional");
    const [machines] = await new MachineImagesClient(options).list({ project });
    expect(machines.map(({ name, status }) => [name, status])).to.deep.equal([["backup", "READY"]]);
  });
});
