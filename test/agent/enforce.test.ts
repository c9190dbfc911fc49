import Ajv from "ajv";
import { expect } from "chai";
import { enforceLifecycle } from "../../agent/enforce";
import { LATEST_REPORT_OBJECT, type LifecycleReportDocument, RunOutcome } from "../../core/lifecycle/report";
import schema from "../../core/lifecycle/report.schema.json";
import { CONSUMER_PERMISSIONS, IMAGE_PROJECT_PERMISSIONS } from "../../core/lifecycle/permissions";
import { ENFORCED, NOW, TestCloud, type TestFactory, UNTOUCHED } from "./support/factory";

const CHANGES = ["images.deprecate", "images.delete", "images.setLabels", "images.patch", "images.insert"];

describe("a run of the agent", () => {
  let cloud: TestCloud;

  before(async () => {
    cloud = await TestCloud.start();
  });

  after(async () => {
    await cloud.fake.close();
    expect(cloud.fake.violations).to.deep.equal([]);
  });

  beforeEach(() => {
    cloud.host.lines.length = 0;
  });

  const rowsOf = ({ actions }: LifecycleReportDocument) =>
    actions.map(({ kind, image, outcome }) => `${kind} ${image}: ${outcome}`);

  it("deprecates, makes obsolete and deletes what is due, in this order", async () => {
    const factory = cloud.factory();
    const report = await enforceLifecycle(factory.connect());
    expect(rowsOf(report)).to.deep.equal([
      "deprecate web-4: done",
      "obsolete web-3: done",
      "delete web-1: done",
      "delete web-2: done",
    ]);
    expect(report.summary).to.include({ outcome: RunOutcome.Succeeded, images: 5, refusals: 0, problems: 0 });
    expect(factory.states()).to.deep.equal(ENFORCED);
  });

  it("writes all three dates and the replacement into what it deprecates", async () => {
    const factory = cloud.factory();
    await enforceLifecycle(factory.connect());
    expect(factory.find("global/images/web-4")?.deprecated).to.deep.equal({
      state: "DEPRECATED",
      replacement: `https://www.googleapis.com/compute/v1/projects/${factory.project}/global/images/web-5`,
      deprecated: "2026-06-01T00:00:00Z",
      obsolete: "2026-07-01T00:00:00Z",
      deleted: "2026-08-30T00:00:00Z",
    });
  });

  it("has nothing to do when it is run again", async () => {
    const factory = cloud.factory();
    await enforceLifecycle(factory.connect());
    const before = factory.calls().length;
    const report = await enforceLifecycle(factory.connect());
    expect(report.actions).to.deep.equal([]);
    expect(factory.calls().slice(before)).to.deep.equal(["images.list"]);
  });

  it("writes a report that keeps to its schema, by its date and as the latest", async () => {
    const factory = cloud.factory();
    const report = await enforceLifecycle(factory.connect());
    const written = factory.bucket.json<LifecycleReportDocument>(LATEST_REPORT_OBJECT);
    expect(written).to.deep.equal(report);
    const dated = `lifecycle/reports/2026/06/01/${report.summary.run}.json`;
    expect(factory.bucket.json(dated)).to.deep.equal(report);
    const validate = new Ajv({ strict: true }).compile(schema);
    expect(validate(written), JSON.stringify(validate.errors)).to.equal(true);
  });

  it("logs every decision as one line of JSON that the controller's metric and alerts select", async () => {
    const factory = cloud.factory([], { retainAtLeast: 4 });
    factory.bucket.put("families/db.json", { apiVersion: "kiln/v9" });
    await enforceLifecycle(factory.connect());
    const { host } = factory;
    const told = host
      .logged("action")
      .map(({ severity, kiln: { kind, image, outcome } }) => [severity, kind, image, outcome]);
    expect(told).to.have.deep.members([
      ["NOTICE", "deprecate", "web-2", "done"],
      ["NOTICE", "deprecate", "web-3", "done"],
      ["NOTICE", "deprecate", "web-4", "done"],
      ["NOTICE", "delete", "web-1", "done"],
    ]);
    expect(host.logged("refusal").map(({ kiln: { rule, image } }) => [rule, image])).to.deep.equal([
      ["retainAtLeast", "web-2"],
      ["retainAtLeast", "web-3"],
    ]);
    expect(host.logged("policy").map(({ severity, message }) => [severity, message])).to.deep.equal([
      ["ERROR", 'families/db.json:2:17: apiVersion must be "kiln/v1", the version that this Kiln reads, got "kiln/v9"'],
    ]);
    expect(host.logged("summary").map(({ severity, kiln: { outcome } }) => [severity, outcome])).to.deep.equal([
      ["ERROR", RunOutcome.Failed],
    ]);
  });

  it("only reports under the mode Report", async () => {
    const factory = cloud.factory([], { mode: "Report" });
    const report = await enforceLifecycle(factory.connect());
    expect(report.summary.actions).to.deep.equal({ reported: 4 });
    expect(factory.states()).to.deep.equal(UNTOUCHED);
    expect(factory.calls().filter((method) => CHANGES.includes(method))).to.deep.equal([]);
  });

  it("goes on with other families where a policy is wrong, and ends as failed", async () => {
    const factory = cloud.factory();
    factory.bucket.put("families/db.json", { kind: "FamilyPolicy", metadata: { family: "db" } });
    cloud.fake.addImage({
      name: "db-1",
      project: factory.project,
      family: "db",
      deprecated: { state: "OBSOLETE", deleted: "2026-01-01T00:00:00Z" },
    });
    const report = await enforceLifecycle(factory.connect());
    expect(report.summary.outcome).to.equal(RunOutcome.Failed);
    expect(factory.states()).to.deep.equal({ "db-1": "OBSOLETE", ...ENFORCED });
  });

  it("names families whose policy has no active image", async () => {
    const factory = cloud.factory();
    factory.setPolicy("api", {});
    const report = await enforceLifecycle(factory.connect());
    expect(report.familiesWithoutActiveImage).to.deep.equal(["api"]);
  });

  it("calls each list once a page, and each change once", async () => {
    const factory = cloud.factory(["shop-1"]);
    await enforceLifecycle(factory.connect());
    const count = (method: string) => factory.calls().filter((call) => call === method).length;
    expect({
      list: count("images.list"),
      deprecate: count("images.deprecate"),
      delete: count("images.delete"),
    }).to.deep.equal({ list: 1, deprecate: 2, delete: 2 });
  });

  it("asks for the fields alone that it looks at", async () => {
    const factory = cloud.factory();
    await enforceLifecycle(factory.connect());
    const images = await factory.connect().images.list();
    expect(Object.keys(images[0])).to.have.members([
      "id",
      "name",
      "family",
      "creationTimestamp",
      "status",
      "deprecated",
    ]);
  });

  it("uses just the permissions that its roles hold", async () => {
    const factory = cloud.factory(["shop-2"]);
    const before = cloud.fake.calls.length;
    await enforceLifecycle(factory.connect());
    const used = (wanted: string) => [
      ...new Set(
        cloud.fake.calls
          .slice(before)
          .flatMap(({ permissions }) => permissions)
          .filter(({ project }) => project === wanted)
          .map(({ permission }) => permission),
      ),
    ];
    expect(used(factory.project)).to.have.members([...IMAGE_PROJECT_PERMISSIONS]);
    expect(used("shop-2")).to.have.members([...CONSUMER_PERMISSIONS]);
  });

  describe("leaves alone", () => {
    const disk = (factory: TestFactory, image: string, project = "shop") =>
      cloud.fake.addDisk({
        project,
        name: `${factory.project}-${image}`,
        sourceImage: `projects/${factory.project}/global/images/${image}`,
      });

    it("what a consumer uses, and says where", async () => {
      const factory = cloud.factory(["shop"]);
      disk(factory, "web-1");
      const report = await enforceLifecycle(factory.connect());
      expect(factory.states()).to.deep.equal({ "web-1": "OBSOLETE", ...ENFORCED });
      expect(report.refusals.map(({ image, rule, reason }) => [image, rule, reason])).to.deep.equal([
        ["web-1", "protectInUse", `used by projects/shop/zones/europe-west1-b/disks/${factory.project}-web-1`],
      ]);
    });

    it("everything where a consumer refuses to be looked at, and says which role is missing", async () => {
      const factory = cloud.factory(["shop-closed"]);
      cloud.fake.deny("shop-closed", "compute.instanceTemplates.list");
      const report = await enforceLifecycle(factory.connect());
      expect(factory.states()).to.deep.equal({ ...UNTOUCHED, "web-4": "DEPRECATED" });
      expect(report.unread).to.deep.equal([
        "the instance templates of shop-closed: compute.instanceTemplates.list is missing: give the controller a role with it on shop-closed, such as roles/compute.viewer (HTTP 403: Required 'compute.instanceTemplates.list' permission for 'projects/shop-closed')",
      ]);
      expect(report.refusals.map(({ rule }) => rule)).to.deep.equal(["protectInUse", "protectInUse", "protectInUse"]);
    });

    it("everything where a zone cannot be reached", async () => {
      const factory = cloud.factory(["shop-dark"]);
      cloud.fake.makeUnreachable("shop-dark", "zones/europe-west1-b");
      const report = await enforceLifecycle(factory.connect());
      expect(factory.states()).to.deep.equal({ ...UNTOUCHED, "web-4": "DEPRECATED" });
      expect(report.unread[0]).to.equal("the disks of shop-dark in zones/europe-west1-b, which cannot be reached now");
    });

    it("an image that came into use between plan and deletion", async () => {
      const factory = cloud.factory(["shop"]);
      const stop = cloud.fake.onCall(({ method, project }) => {
        if (method !== "images.deprecate" || project !== factory.project) return;
        stop();
        disk(factory, "web-2");
      });
      const report = await enforceLifecycle(factory.connect());
      expect(factory.states()).to.deep.equal({ "web-2": "DEPRECATED", ...ENFORCED });
      const row = report.actions.find(({ image }) => image === "web-2");
      expect(row?.outcome).to.equal("changed");
      expect(row?.message).to.match(/^used by projects\/shop\//);
    });

    for (const [what, change, message] of [
      [
        "that somebody took hold of",
        { labels: { "kiln-hold": "incident" } },
        "somebody changed its labels since the plan was made",
      ],
      [
        "that somebody activated",
        { deprecated: { state: "ACTIVE" } },
        "somebody changed its deprecated since the plan was made",
      ],
      ["whose name another one has by now", { id: "7999999999999999999" }, "another image has its name by now"],
    ] as const)
      it(`an image ${what} just before its deletion`, async () => {
        const factory = cloud.factory();
        const stop = cloud.fake.onCall(({ method, project, request }) => {
          if (method !== "images.get" || project !== factory.project || request.image !== "web-1") return;
          stop();
          Object.assign(factory.find("global/images/web-1") ?? {}, change);
        });
        const report = await enforceLifecycle(factory.connect());
        expect(Object.keys(factory.states())).to.include("web-1");
        const row = report.actions.find(({ image }) => image === "web-1");
        expect([row?.outcome, row?.message]).to.deep.equal(["changed", message]);
      });
  });

  it("counts an image that somebody else deleted as gone", async () => {
    const factory = cloud.factory();
    const stop = cloud.fake.onCall(({ method, project }) => {
      if (method !== "images.delete" || project !== factory.project) return;
      stop();
      cloud.fake.remove(`projects/${factory.project}/global/images/web-1`);
      cloud.fake.remove(`projects/${factory.project}/global/images/web-2`);
    });
    const report = await enforceLifecycle(factory.connect());
    expect(report.summary).to.deep.include({ outcome: RunOutcome.Succeeded, actions: { done: 2, gone: 2 } });
  });

  it("stops in time and says what is left", async () => {
    const factory = cloud.factory();
    const stop = cloud.fake.onCall(({ method, project }) => {
      if (method === "images.deprecate" && project === factory.project) cloud.host.time = NOW + 600_000;
    });
    const report = await enforceLifecycle(factory.connect(), { stopAt: NOW + 480_000 });
    stop();
    expect(rowsOf(report)).to.deep.equal([
      "deprecate web-4: done",
      "obsolete web-3: left",
      "delete web-1: left",
      "delete web-2: left",
    ]);
    expect(report.summary.outcome).to.equal(RunOutcome.Incomplete);
    expect(report.actions[1].message).to.equal("the time was up; the next run goes on");
    await enforceLifecycle(factory.connect());
    expect(factory.states()).to.deep.equal(ENFORCED);
  });

  it("does of the plan what a review leaves of it", async () => {
    const factory = cloud.factory();
    const review = ({ actions }: { actions: LifecycleReportDocument["actions"] }) =>
      Promise.resolve(actions.filter(({ kind }) => kind !== "delete"));
    await enforceLifecycle(factory.connect(), { review: review as never });
    expect(Object.keys(factory.states())).to.deep.equal(Object.keys(UNTOUCHED));
  });
});
