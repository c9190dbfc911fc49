import { expect } from "chai";
import { googleClients, type GoogleClients } from "../../../agent/clients";
import { PATIENCE, retrying } from "../../../agent/retry";
import { readUsage } from "../../../agent/usage/usage";
import { type AssetsFake, type ComputeFake, faults, startAssets, startCompute } from "../../../testing/compute";
import { TestHost } from "../support/factory";

const PROJECT = "acme-images";
const IMAGE = `https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/images/web-1`;
const disks = [{ boot: true, initializeParams: { sourceImage: IMAGE } }];

describe("reading who uses images", () => {
  let compute: ComputeFake;
  let assets: AssetsFake;
  let clients: GoogleClients;

  before(async () => {
    compute = await startCompute({ pageSize: 1 });
    assets = await startAssets({ compute, scopes: { "folders/1": ["shop", "blog"] }, pageSize: 2 });
    clients = googleClients({ compute: compute.clientOptions(), assets: assets.clientOptions() });
    for (const project of ["shop", "blog"]) {
      compute.addDisk({ project, name: "disk", sourceImage: IMAGE });
      compute.addInstance({ project, name: "vm", disks });
      compute.addTemplate({ project, name: "template", properties: { disks } });
      compute.addTemplate({ project, name: "regional", region: "europe-west1", properties: { disks } });
      compute.addTemplate({
        ...{ project, name: "of-family" },
        properties: { disks: [{ initializeParams: { sourceImage: `projects/${PROJECT}/global/images/family/web` } }] },
      });
      compute.addGroup({
        project,
        name: "group",
        instanceTemplate: `projects/${project}/global/instanceTemplates/template`,
      });
      compute.addMachineImage({ project, name: "machine", instanceProperties: { disks } });
    }
  });

  after(async () => {
    await Promise.all([compute.close(), assets.close()]);
    expect([...compute.violations, ...assets.violations]).to.deep.equal([]);
  });

  const read = async (scope: { consumers?: string[]; assetScope?: string }) => {
    const images = [{ id: "1001", name: "web-1", creationTimestamp: "", status: "READY" }];
    const retry = retrying(new TestHost(), PATIENCE);
    const { users, unread } = await readUsage({ project: PROJECT, consumers: [], ...scope }, images, clients, retry);
    return { users: users.get("web-1") ?? [], unread };
  };
  const wanted = (project: string) => [
    `projects/${project}/global/instanceTemplates/template`,
    `projects/${project}/global/machineImages/machine`,
    `projects/${project}/regions/europe-west1/instanceTemplates/regional`,
    `projects/${project}/zones/europe-west1-b/disks/disk`,
    `projects/${project}/zones/europe-west1-b/instanceGroupManagers/group (projects/${project}/global/instanceTemplates/template)`,
    `projects/${project}/zones/europe-west1-b/instances/vm`,
  ];

  it("finds every kind of resource in the consumers, page by page", async () => {
    const { users, unread } = await read({ consumers: ["shop", "blog"] });
    expect(users).to.have.members([...wanted("shop"), ...wanted("blog")]);
    expect(unread).to.deep.equal([]);
  });

  it("finds the same by one query of the inventory of a folder", async () => {
    const before = assets.calls.length;
    const asked = compute.calls.length;
    const { users, unread } = await read({ assetScope: "folders/1" });
    expect(users).to.have.members([...wanted("shop"), ...wanted("blog")]);
    expect(unread).to.deep.equal([]);
    const calls = assets.calls.slice(before);
    expect(new Set(calls.map(({ method }) => method))).to.deep.equal(new Set(["assetService.searchAllResources"]));
    expect(new Set(compute.calls.slice(asked).map(({ project }) => project))).to.deep.equal(new Set([PROJECT]));
  });

  it("counts all as perhaps used where the inventory refuses, and says which role is missing", async () => {
    assets.deny("folders/1", "cloudasset.assets.searchAllResources");
    const { unread } = await read({ assetScope: "folders/1" });
    assets.allow("folders/1", "cloudasset.assets.searchAllResources");
    expect(unread).to.have.length(1);
    expect(unread[0]).to.match(
      /^all projects below folders\/1: cloudasset.assets.searchAllResources is missing: give the controller roles\/cloudasset.viewer on folders\/1/,
    );
  });

  it("counts a project as perhaps used where Compute Engine is off, and says what to do", async () => {
    const off = faults.status(403, { reason: "accessNotConfigured", message: "Compute Engine API has not been used" });
    compute.inject({ fault: off, project: "blog", times: Infinity });
    const { unread } = await read({ consumers: ["blog"] });
    compute.clearFaults();
    expect(unread).to.have.length(5);
    expect(unread[0]).to.equal(
      "the disks of blog: compute.googleapis.com is off there: switch it on, or take blog out of the list (HTTP 403: Compute Engine API has not been used)",
    );
  });
});
