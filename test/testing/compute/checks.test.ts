import { ImagesClient } from "@google-cloud/compute";
import { type ComputeFake, startCompute } from "../../../testing/compute";
import { expect } from "../../support/chai";
import { rejection, useCompute } from "../../support/compute";

const project = "acme-images";

describe("the fake's checks", () => {
  let fake: ComputeFake;

  beforeEach(async () => {
    fake = await startCompute({ operationPolls: 0 });
    fake.addImage({ project, name: "web-1" });
  });
  afterEach(() => fake.close());

  /** What a client that does not keep to the descriptors would send. */
  async function send(method: string, path: string, body?: unknown): Promise<{ status: number; violations: string[] }> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const url = `http://127.0.0.1:${fake.port}/compute/v1/projects/${project}/${path}`;
    const { status } = await fetch(url, { method, body: text });
    return { status, violations: fake.violations.splice(0) };
  }

  const refused = async (method: string, path: string, body: unknown, violation: string) =>
    expect(await send(method, path, body), path).to.deep.equal({ status: 400, violations: [violation] });

  it("let pass what the descriptors allow", async () => {
    const body = { state: "DEPRECATED", deleted: "2026-06-01T00:00:00Z" };
    const requestId = "0f8fad5b-d9cb-469f-a165-70867728950e";
    expect(await send("POST", `global/images/web-1/deprecate?requestId=${requestId}`, body)).to.deep.equal({
      status: 200,
      violations: [],
    });
    const list = "global/images?maxResults=2&returnPartialSuccess=true&$alt=json&fields=items(name,labels/*)";
    expect(await send("GET", list)).to.deep.equal({ status: 200, violations: [] });
  });

  it("find fields, types and values that the messages do not have", async () => {
    const deprecate = "global/images/web-1/deprecate";
    const of = (what: string) => `images.deprecate: deprecationStatusResource.${what}`;
    await refused("POST", deprecate, { status: "DEPRECATED" }, of("status is not a field of DeprecationStatus"));
    await refused("POST", deprecate, { state: "RETIRED" }, of('state is none of the values of State: "RETIRED"'));
    await refused("POST", deprecate, { deleted: 5 }, of("deleted is not of type string: 5"));
    const insert = (what: string) => `images.insert: imageResource.${what}`;
    await refused("POST", "global/images", { diskSizeGb: 10 }, insert("diskSizeGb is not of type int64: 10"));
    await refused("POST", "global/images", { labels: ["a"] }, insert("labels is not a map"));
    await refused("POST", "global/images", { licenses: "a" }, insert("licenses is not a list"));
    const raw = "rawDisk is not an object of type RawDisk";
    await refused("POST", "global/images", { rawDisk: "gs://a/b" }, insert(raw));
    expect((await send("POST", "global/images", "{")).violations[0]).to.contain("the body is not JSON");
  });

  it("find parameters and masks that the requests do not have", async () => {
    await refused(
      "GET",
      "global/images?pageSize=5",
      undefined,
      "images.list: pageSize is not a field of ListImagesRequest",
    );
    await refused(
      "GET",
      "global/images?maxResults=few",
      undefined,
      'images.list: maxResults is not of type uint32: "few"',
    );
    const mask = "items.nam of the field mask is not a field of ImageList";
    await refused("GET", "global/images?fields=items(nam)", undefined, `images.list: ${mask}`);
    const twice = "images.get: project has its place in the path or the body";
    await refused("GET", "global/images/web-1?project=other", undefined, twice);
    await refused("DELETE", "global/images/web-1", { force: true }, "images.delete: images.delete takes no body");
    expect(fake.calls).to.deep.equal([]);
  });

  it("find methods that are not served", async () => {
    const { status, violations } = await send("GET", "global/snapshots");
    expect([status, violations.length]).to.deep.equal([404, 1]);
  });

  it("find what the fake itself would answer wrongly", async () => {
    Object.assign(fake.images(project)[0], { colour: "red", status: "SHINY" });
    expect(await send("GET", "global/images/web-1")).to.deep.equal({
      status: 200,
      violations: [
        'answer of images.get: status is none of the values of Status: "SHINY"',
        "answer of images.get: colour is not a field of Image",
      ],
    });
  });

  it("refuse seeds that no image could be, and take what a newer service would send", async () => {
    const state = "RETIRED";
    expect(() => fake.addImage({ project, name: "web-2", deprecated: { state } })).to.throw(
      TypeError,
      'images web-2: deprecated.state is none of the values of State: "RETIRED"',
    );
    const newer = await startCompute({ newEnumValues: [state] });
    newer.addImage({ project, name: "web-2", deprecated: { state } });
    const [image] = await new ImagesClient(newer.clientOptions()).get({ project, image: "web-2" });
    expect(image.deprecated!.state).to.equal(state);
    expect(newer.violations).to.deep.equal([]);
    await newer.close();
  });
});

describe("the fake's permissions", () => {
  const compute = useCompute({ operationPolls: 0 });

  it("are recorded with each call and refused where a test denies them", async () => {
    const client = new ImagesClient(compute().clientOptions());
    compute().addImage({ project, name: "web-1" });
    compute().deny(project, "compute.images.delete");
    const remove = () => client.delete({ project, image: "web-1" });
    const refusal = await rejection(remove());
    expect(refusal).to.include({ status: 403 });
    expect(refusal.message).to.contain("Required 'compute.images.delete' permission for 'projects/acme-images'");
    expect(compute().images(project)).to.have.length(1);
    compute().allow(project, "compute.images.delete");
    await remove();
    expect(compute().calls).to.have.length(2);
    expect(compute().calls[1]).to.deep.equal({
      number: 2,
      method: "images.delete",
      project,
      permissions: [{ project, permission: "compute.images.delete" }],
      request: { project, image: "web-1" },
    });
  });
});
