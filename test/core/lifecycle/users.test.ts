import { expect } from "chai";
import { groupUseOf, usesOf, type UsingResource } from "../../../core/lifecycle/resourceUses";
import { pathOfLink, usageCollector } from "../../../core/lifecycle/users";

const API = "https://www.googleapis.com/compute/v1/";
const IMAGES = [
  { id: "1001", name: "web-1" },
  { id: "1002", name: "web-2" },
];
const WEB_1 = `${API}projects/acme-images/global/images/web-1`;

function usersOf(...resources: UsingResource[]): Record<string, readonly string[]> {
  const collector = usageCollector("acme-images", IMAGES);
  for (const resource of resources) {
    for (const use of usesOf(resource)) collector.add(use);
    const group = groupUseOf(resource);
    if (group) collector.addGroup(group);
  }
  return Object.fromEntries(collector.usage([]).users);
}

const link = (path: string) => `${API}projects/shop/${path}`;
const disk = (more: object) => ({ selfLink: link("zones/europe-west1-b/disks/d"), sourceImage: WEB_1, ...more });
const template = { properties: { disks: [{ initializeParams: { sourceImage: WEB_1 } }, {}] } };

describe("who uses images", () => {
  it("are disks, with the instance that they are attached to", () => {
    expect(usersOf(disk({ users: [link("zones/europe-west1-b/instances/vm")] }))).to.deep.equal({
      "web-1": ["projects/shop/zones/europe-west1-b/disks/d of projects/shop/zones/europe-west1-b/instances/vm"],
    });
  });

  for (const [what, sourceImage] of [
    ["a path", "projects/acme-images/global/images/web-1"],
    ["the number of a project", `${API}projects/123456789012/global/images/web-1`],
    ["another host", "https://compute.googleapis.com/compute/beta/projects/acme-images/global/images/web-1"],
    ["a full resource name", "//compute.googleapis.com/projects/acme-images/global/images/web-1"],
  ])
    it(`link to them by ${what}`, () => {
      expect(Object.keys(usersOf(disk({ sourceImage })))).to.deep.equal(["web-1"]);
    });

  for (const [what, sourceImage] of [
    ["another project", `${API}projects/debian-cloud/global/images/web-1`],
    ["a family", `${API}projects/acme-images/global/images/family/web-1`],
    ["a snapshot", `${API}projects/acme-images/global/snapshots/web-1`],
    ["an image that is not there", `${API}projects/acme-images/global/images/web-0`],
  ])
    it(`are not those of ${what}`, () => {
      expect(usersOf(disk({ sourceImage }))).to.deep.equal({});
    });

  it("are told from those of an image that had the same name", () => {
    expect(usersOf(disk({ sourceImageId: "900" }))).to.deep.equal({});
    expect(Object.keys(usersOf(disk({ sourceImageId: "1001" })))).to.deep.equal(["web-1"]);
    const byNumber = `${API}projects/123456789012/global/images/web-1`;
    expect(usersOf(disk({ sourceImage: byNumber, sourceImageId: "900" }))).to.deep.equal({});
  });

  it("are global and regional templates, machine images and instances", () => {
    expect(
      usersOf(
        { selfLink: link("global/instanceTemplates/t"), ...template },
        { selfLink: link("regions/europe-west1/instanceTemplates/r"), ...template },
        { selfLink: link("global/machineImages/m"), instanceProperties: template.properties },
        { selfLink: link("zones/europe-west1-b/instances/vm"), disks: template.properties.disks },
        {
          selfLink: link("global/instanceTemplates/of-instance"),
          sourceInstanceParams: { diskConfigs: [{ customImage: WEB_1 }] },
        },
      ),
    ).to.deep.equal({
      "web-1": [
        "projects/shop/global/instanceTemplates/of-instance",
        "projects/shop/global/instanceTemplates/t",
        "projects/shop/global/machineImages/m",
        "projects/shop/regions/europe-west1/instanceTemplates/r",
        "projects/shop/zones/europe-west1-b/instances/vm",
      ],
    });
  });

  it("are groups whose versions have a template that uses them, in whatever order they are read", () => {
    const group = {
      selfLink: link("zones/europe-west1-b/instanceGroupManagers/g"),
      instanceTemplate: link("global/instanceTemplates/other"),
      versions: [{ instanceTemplate: link("global/instanceTemplates/t") }],
    };
    expect(usersOf(group, { selfLink: link("global/instanceTemplates/t"), ...template })["web-1"]).to.deep.equal([
      "projects/shop/global/instanceTemplates/t",
      "projects/shop/zones/europe-west1-b/instanceGroupManagers/g (projects/shop/global/instanceTemplates/t)",
    ]);
  });

  it("keep what could not be read", () => {
    expect(usageCollector("acme-images", IMAGES).usage(["b", "a"])).to.deep.equal({
      users: new Map(),
      unread: ["a", "b"],
    });
  });
});

describe("a link's path", () => {
  it("begins with the project", () => {
    expect(pathOfLink("//compute.googleapis.com/projects/shop/zones/z/disks/projects")).to.equal(
      "projects/shop/zones/z/disks/projects",
    );
    expect(pathOfLink("global/images/web")).to.equal("global/images/web");
  });
});
