import { expect } from "chai";
import { join } from "node:path";
import { expectGolden } from "../../support/golden";
import { BucketServer, describeWithBuckets } from "../../support/buckets";
import { useCompute } from "../../support/compute";
import { addImage, BUCKET, deprecatedOn, images, PROJECT, putPolicy, statesOf, timeless } from "./support";

const WAITS = { obsoleteAfter: "30d", deleteAfter: "90d" };

describeWithBuckets("kiln images, with policies (fake-gcs-server)", () => {
  const fake = useCompute({ operationPolls: 1 });
  let buckets: BucketServer;
  const run = (...args: string[]) => images(args, { fake: fake(), buckets });

  beforeEach(async () => {
    buckets = await BucketServer.start();
    await buckets.create(BUCKET);
    await putPolicy(buckets, "web", { ...WAITS, maxDeletesPerRun: 1, retainAtLeast: 2 });
    addImage(fake(), "web-1", "2023-01-01", deprecatedOn("2023-02-01"));
    addImage(fake(), "web-2", "2023-02-01", deprecatedOn("2023-03-01"));
    addImage(fake(), "web-3", "2023-03-01", { ...deprecatedOn("2023-04-01"), labels: { "kiln-hold": "audit" } });
    addImage(fake(), "web-4", "2023-04-01", deprecatedOn("2023-05-01"));
    addImage(fake(), "web-5", "2023-05-01");
    addImage(fake(), "web-6", "2023-06-01", { labels: { "kiln-tests": "passed" } });
    fake().addDisk({ project: "acme-web", name: "disk-4", sourceImage: `projects/${PROJECT}/global/images/web-4` });
  });

  afterEach(() => buckets.stop());

  it("prints what enforce would do, with reasons and refusals", async () => {
    const { code, stdout, stderr } = await run("plan", "--consumer", "acme-web");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expectGolden(timeless(stdout), join(__dirname, "plan.golden.txt"));
  });

  it("prints the same as JSON", async () => {
    const { stdout } = await run("plan", "--consumer", "acme-web", "--format", "json");
    const { actions, refusals, problems, unread } = JSON.parse(stdout) as Record<string, { image: string }[]>;
    expect(actions.map(({ image }) => image)).to.deep.equal(["web-4", "web-5", "web-2", "web-1"]);
    expect(refusals.map(({ image }) => image)).to.deep.equal(["web-2", "web-3", "web-4"]);
    expect({ problems, unread }).to.deep.equal({ problems: [], unread: [] });
  });

  it("enforces what it shows, writes the report, and has less to do the next time", async () => {
    const { code, stdout, stderr } = await run("enforce", "--yes", "--consumer", "acme-web");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^ACTION .*\n(?:.*\n)*\nSucceeded: 6 images; actions: \d done; \d refused\n$/);
    expect(statesOf(fake())).to.not.have.property("web-1");
    expect(statesOf(fake())["web-5"]).to.equal("DEPRECATED");
    expect(await buckets.objects(BUCKET)).to.include("lifecycle/reports/latest.json");
    expect((await run("plan", "--consumer", "acme-web")).stdout).to.match(/^ACTION .*\ndelete +web +web-2 .*\n/);
  });

  it("says why an image is not deleted", async () => {
    const { code, stdout } = await run("show", "web-4", "--consumer", "acme-web");
    expect(code).to.equal(0);
    expectGolden(timeless(stdout).replace(/\(\d+\)/, "(id)"), join(__dirname, "show.golden.txt"));
  });

  it("counts what it may not look at as in use, and says so", async () => {
    fake().deny("acme-web", "compute.disks.list");
    const { stdout, stderr } = await run("plan", "--consumer", "acme-web");
    expect(stderr).to.match(/^note: not looked at: the disks of acme-web: compute\.disks\.list is missing/);
    expect(stdout).to.not.match(/^delete +web +web-\d +due/m);
  });

  it("tells what is wrong with a policy, leaves its family alone and ends as failed", async () => {
    await putPolicy(buckets, "web", { retainAtLeast: 0 });
    const { code, stdout, stderr } = await run("plan");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "nothing is to be done\n" });
    expect(stderr).to.include("policy: families/web.json:1:").and.include("spec.retainAtLeast must be a whole number");
    expect((await run("enforce", "--yes")).code).to.equal(1);
    expect(statesOf(fake())["web-5"]).to.equal("ACTIVE");
  });

  it("promotes channel by channel, the restricted one with an approval, and each image once", async () => {
    await putPolicy(buckets, "web", { channels: [{ name: "staging" }, { name: "production", restricted: true }] });
    expect(await run("promote", "web")).to.deep.equal({
      code: 0,
      stdout: "copy        web-6-staging  promoted from web-6, into web-staging\n",
      stderr: "",
    });
    expect(await run("promote", "web")).to.deep.equal({
      code: 0,
      stdout: "",
      stderr: "note: web-6 is in staging already, as web-6-staging (READY)\n",
    });
    expect(await run("promote", "web", "--to", "production")).to.deep.equal({
      code: 1,
      stdout: "",
      stderr:
        "error: production is restricted: web-6-staging needs the label kiln-approved-by; give --approve-by NAME\n",
    });
    expect((await run("promote", "web", "--to", "production", "--approve-by", "ann")).stdout).to.equal(
      [
        "mark        web-6-staging  ann approves of it for production",
        "copy        web-6-production  promoted from web-6-staging, into web-production",
        "",
      ].join("\n"),
    );
    expect((await run("promote", "web", "--from", "production")).stderr).to.equal(
      'error: "production" is the last channel of web: nothing comes after it\n',
    );
    const { id } =
      fake()
        .images(PROJECT)
        .find(({ name }) => name === "web-6-staging") ?? {};
    expect(statesOf(fake())["web-6-production"]).to.equal(
      `ACTIVE kiln-tests=passed kiln-parent-id=${String(id)} kiln-channel=production`,
    );
  });
});
