import { GlobalOperationsClient, ImagesClient } from "@google-cloud/compute";
import { expect } from "../../support/chai";
import { finished, rejection, type StartedCall, useCompute } from "../../support/compute";

const project = "acme-images";

describe("the fake's images", () => {
  let now = new Date("2026-01-05T00:00:00Z");
  const compute = useCompute({ clock: () => now });
  let client: ImagesClient;

  beforeEach(() => {
    now = new Date("2026-01-05T00:00:00Z");
    client = new ImagesClient(compute().clientOptions());
  });

  const image = async (name: string) => (await client.get({ project, image: name }))[0];

  const done = (call: StartedCall) =>
    finished(new GlobalOperationsClient(compute().clientOptions()), { project }, call);

  it("have an id, a link and the time of the fake's clock", async () => {
    compute().addImage({ project, name: "web-1", family: "web" });
    const { id, selfLink, creationTimestamp, status, deprecated } = await image("web-1");
    expect(String(id)).to.match(/^7\d{18}$/);
    expect(selfLink).to.equal("https://www.googleapis.com/compute/v1/projects/acme-images/global/images/web-1");
    expect(Date.parse(creationTimestamp!)).to.equal(now.getTime());
    expect([status, deprecated]).to.deep.equal(["READY", undefined]);
    expect(await rejection(client.get({ project, image: "web-2" }))).to.include({ status: 404 });
  });

  it("are PENDING until their operation ends, and copied from another", async () => {
    compute().addImage({ project: "acme-bakes", name: "web-1", diskSizeGb: "20", labels: { a: "b" } });
    const sourceImage = "projects/acme-bakes/global/images/web-1";
    const insert = client.insert({ project, imageResource: { name: "web-1", family: "web", sourceImage } });
    await insert;
    expect((await image("web-1")).status).to.equal("PENDING");
    expect(await rejection(client.getFromFamily({ project, family: "web" }))).to.include({ status: 404 });
    await done(insert);
    const { status, diskSizeGb, labels } = await image("web-1");
    expect({ status, diskSizeGb, labels }).to.deep.equal({ status: "READY", diskSizeGb: "20", labels: {} });
    expect(compute().calls[0].permissions).to.deep.equal([
      { project, permission: "compute.images.create" },
      { project: "acme-bakes", permission: "compute.images.useReadOnly" },
    ]);
  });

  it("are refused where the name is taken, wrong, or the source is missing", async () => {
    compute().addImage({ project, name: "web-1" });
    compute().addImage({ project, name: "gone", deprecated: { state: "OBSOLETE" } });
    const insert = (name: string, source?: string) =>
      rejection(client.insert({ project, imageResource: { name, sourceImage: source } }));
    expect(await insert("web-1", "global/images/web-1")).to.include({ status: 409 });
    expect(await insert("Web", "global/images/web-1")).to.include({ status: 400 });
    expect(await insert("web-2", "global/images/none")).to.include({ status: 404 });
    expect(await insert("web-2", "global/images/gone")).to.include({ status: 400 });
    expect(await insert("web-2")).to.include({ status: 400 });
    const rawDisk = { source: "https://storage.googleapis.com/acme/disk.tar.gz" };
    await done(client.insert({ project, imageResource: { name: "raw", rawDisk } }));
    expect((await image("raw")).status).to.equal("READY");
  });

  it("answer the newest of a family that is not deprecated", async () => {
    const family = "web";
    for (const name of ["web-1", "web-2", "web-3"]) {
      compute().addImage({ project, name, family });
      now = new Date(now.getTime() + 1);
    }
    const newest = async () => (await client.getFromFamily({ project, family }))[0].name;
    expect(await newest()).to.equal("web-3");
    const deprecate = (name: string) =>
      done(client.deprecate({ project, image: name, deprecationStatusResource: { state: "DEPRECATED" } }));
    await deprecate("web-3");
    expect(await newest()).to.equal("web-2");
    await deprecate("web-2");
    await deprecate("web-1");
    expect(await rejection(newest())).to.include({ status: 404 });
  });

  it("have their whole deprecation replaced, and cleared by nothing", async () => {
    compute().addImage({ project, name: "web-1" });
    const set = (status: object) =>
      done(client.deprecate({ project, image: "web-1", deprecationStatusResource: status }));
    const deleted = "2026-06-01T00:00:00Z";
    await set({ state: "DEPRECATED", replacement: "global/images/web-2" });
    await set({ state: "OBSOLETE", deleted });
    const { deprecated } = await image("web-1");
    expect(deprecated).to.include({ state: "OBSOLETE", deleted });
    expect(deprecated!.replacement).not.to.be.ok;
    now = new Date("2027-01-01T00:00:00Z");
    expect((await image("web-1")).deprecated!.state).to.equal("OBSOLETE");
    await set({});
    expect((await image("web-1")).deprecated).to.equal(undefined);
    expect(await rejection(set({ deleted: "in June" }))).to.include({ status: 400 });
  });

  it("can be patched in family, description and deprecation alone", async () => {
    compute().addImage({ project, name: "web-1" });
    await done(client.patch({ project, image: "web-1", imageResource: { family: "web", description: "tested" } }));
    expect(await image("web-1")).to.include({ family: "web", description: "tested" });
    await done(client.patch({ project, image: "web-1", imageResource: { family: "" } }));
    expect((await image("web-1")).family).to.equal(undefined);
    const other = client.patch({ project, image: "web-1", imageResource: { diskSizeGb: "20" } });
    expect(await rejection(other)).to.include({ status: 400 });
  });

  it("take labels with the fingerprint of those that are there", async () => {
    compute().addImage({ project, name: "web-1", labels: { team: "web" } });
    const { labelFingerprint } = await image("web-1");
    const set = (labels: Record<string, string>) =>
      client.setLabels({ project, resource: "web-1", globalSetLabelsRequestResource: { labels, labelFingerprint } });
    await done(set({ team: "web", "kiln-hold": "yes" }));
    expect((await image("web-1")).labels).to.deep.equal({ team: "web", "kiln-hold": "yes" });
    expect(await rejection(set({}))).to.include({ status: 412 });
  });

  it("are DELETING until their operation ends, then gone", async () => {
    compute().addImage({ project, name: "web-1" });
    const call = client.delete({ project, image: "web-1" });
    await call;
    expect((await image("web-1")).status).to.equal("DELETING");
    expect(await rejection(client.delete({ project, image: "web-1" }))).to.include({ status: 400 });
    await done(call);
    expect(await rejection(image("web-1"))).to.include({ status: 404 });
    expect(compute().images(project)).to.deep.equal([]);
  });
});
