import { AssetServiceClient } from "@google-cloud/asset";
import { type AssetsFake, faults, startAssets } from "../../../testing/compute";
import { expect } from "../../support/chai";
import { rejection, useCompute } from "../../support/compute";

const sourceImage = "projects/acme-images/global/images/web-1";
const scope = "folders/1";

describe("the fake of Asset Inventory", () => {
  const compute = useCompute();
  let assets: AssetsFake;
  let client: AssetServiceClient;

  beforeEach(async () => {
    const scopes = { [scope]: ["acme-web", "acme-shop"], "organizations/2": ["acme-web", "acme-shop", "acme-other"] };
    assets = await startAssets({ compute: compute(), scopes, pageSize: 2 });
    client = new AssetServiceClient(assets.clientOptions());
    compute().addDisk({ project: "acme-web", name: "boot", sourceImage, labels: { team: "web" } });
    compute().addDisk({ project: "acme-shop", name: "boot", zone: "us-east1-b" });
    compute().addTemplate({ project: "acme-shop", name: "shop", properties: { machineType: "e2-small" } });
    compute().addDisk({ project: "acme-other", name: "other" });
  });
  afterEach(async () => {
    await assets.close();
    expect(assets.violations).to.deep.equal([]);
  });

  async function search(request: object) {
    const found = [];
    for await (const result of client.searchAllResourcesAsync({ scope, ...request })) found.push(result);
    return found;
  }
  const names = async (request: object) => (await search(request)).map(({ name }) => name?.split("/projects/")[1]);

  it("finds what the projects of a folder or organization hold now", async () => {
    const held = ["acme-shop/global/instanceTemplates/shop", "acme-shop/zones/us-east1-b/disks/boot"];
    const web = "acme-web/zones/europe-west1-b/disks/boot";
    expect(await names({})).to.deep.equal([...held, web]);
    expect(assets.calls).to.have.length(2);
    expect(assets.calls[0].permissions).to.deep.equal([
      { project: scope, permission: "cloudasset.assets.searchAllResources" },
    ]);
    expect(await names({ assetTypes: ["compute.googleapis.com/Disk"] })).to.deep.equal([held[1], web]);
    expect(await names({ scope: "organizations/2" })).to.have.length(4);
    expect(await names({ query: "labels.team=web AND location:europe" })).to.deep.equal([web]);
    compute().remove("projects/acme-web/zones/europe-west1-b/disks/boot");
    expect(await names({})).to.deep.equal(held);
    expect(await rejection(names({ query: "web OR shop" }))).to.include({ status: 501 });
  });

  it("shows a resource's own fields where the mask names them", async () => {
    const query = "labels.team:web";
    const [plain] = await search({ query });
    expect(plain.versionedResources).to.deep.equal([]);
    expect(plain).to.include({ assetType: "compute.googleapis.com/Disk", displayName: "boot", state: "READY" });
    expect(plain.project).to.match(/^projects\/\d+$/);
    const [whole] = await search({ query, readMask: { paths: ["name", "versioned_resources"] } });
    const fields = whole.versionedResources![0].resource!.fields!;
    expect([fields.sourceImage.stringValue, whole.displayName]).to.deep.equal([sourceImage, ""]);
  });

  it("lists assets with their resource", async () => {
    const found = [];
    const assetTypes = ["compute.googleapis.com/InstanceTemplate"];
    for await (const asset of client.listAssetsAsync({ parent: scope, assetTypes, contentType: "RESOURCE" }))
      found.push(asset);
    expect(found.map(({ resource }) => resource?.data?.fields?.name.stringValue)).to.deep.equal(["shop"]);
  });

  it("is refused, breaks and forgets its page tokens as the other one", async () => {
    assets.deny(scope, "cloudasset.assets.searchAllResources");
    const refused = await rejection(search({}));
    expect(refused).to.include({ status: 403 });
    expect(refused.message).to.contain("for 'folders/1'");
    assets.allow(scope, "cloudasset.assets.searchAllResources");
    assets.inject({ method: "assetService.searchAllResources", fault: faults.status(429) });
    expect(await rejection(search({}))).to.include({ status: 429 });
    assets.onCall(({ request }) => {
      if (request.pageToken) assets.expirePageTokens();
    });
    expect(await rejection(search({}))).to.include({ status: 400 });
  });
});
