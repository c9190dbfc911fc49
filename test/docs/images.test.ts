import { join } from "node:path";
import { expect } from "chai";
import { addImage, BUCKET, deprecatedOn, images, PROJECT, putPolicy } from "../cli/images/support";
import { BucketServer, describeWithBuckets } from "../support/buckets";
import { useCompute } from "../support/compute";
import { markdownBlocks, ROOT } from "./blocks";
import { expectOutputs } from "./outputs";

const PAGE = join(ROOT, "docs/images.md");
const DAY = 86_400_000;
/** The day on which the page plays. */
const ON = Date.parse("2026-06-01");
const TODAY = Math.floor(Date.now() / DAY) * DAY;

const daysAgo = (days: number) => new Date(TODAY - days * DAY).toISOString().slice(0, 10);

/** What is printed, with dates as if it were that day, at midnight. */
function asOnTheDay(text: string): string {
  return text.replace(/(20\d\d-\d\d-\d\d)([ T])\d\d:\d\d/g, (_, date: string, between: string) => {
    const shifted = new Date(Date.parse(date) - TODAY + ON).toISOString().slice(0, 10);
    return `${shifted}${between}00:00`;
  });
}

describeWithBuckets("docs/images.md (fake-gcs-server)", () => {
  const fake = useCompute({ operationPolls: 1 });
  let buckets: BucketServer;
  const run = (line: string) => images(line.replace("npx kiln images ", "").split(" "), { fake: fake(), buckets });

  beforeEach(async () => {
    buckets = await BucketServer.start();
    await buckets.create(BUCKET);
    const channels = [{ name: "staging" }, { name: "production", restricted: true }];
    await putPolicy(buckets, "web", { obsoleteAfter: "30d", deleteAfter: "90d", retainAtLeast: 2, channels });
    const [tested, ofBase] = [{ "kiln-tests": "passed" }, { "kiln-parent-id": "7001" }];
    addImage(fake(), "base-v1", daysAgo(90), { family: "base", id: "7001" });
    addImage(fake(), "base-v2", daysAgo(20), { family: "base", id: "7002" });
    addImage(fake(), "web-v1", daysAgo(140), { id: "8001", labels: tested, ...deprecatedOn(daysAgo(110)) });
    addImage(fake(), "web-v2", daysAgo(110), { id: "8002", labels: tested, ...deprecatedOn(daysAgo(80)) });
    addImage(fake(), "web-v3", daysAgo(80), { id: "8003", labels: tested, ...deprecatedOn(daysAgo(20)) });
    addImage(fake(), "web-v4", daysAgo(20), { id: "8004", labels: { ...tested, ...ofBase } });
    fake().addDisk({ project: "acme-web", name: "web-7", sourceImage: `projects/${PROJECT}/global/images/web-v1` });
  });

  afterEach(() => buckets.stop());

  it("shows what its commands print, one after the other; UPDATE=1 npm test writes it anew", async () => {
    await expectOutputs(PAGE, async (line) => {
      const { code, stdout, stderr } = await run(line);
      expect(code, `${line}\n${stderr}`).to.equal(0);
      return asOnTheDay(line.includes("deprecate") ? `${stderr}${stdout}` : stdout);
    });
  });

  it("and every other page name commands and options that exist", async () => {
    const lines = markdownBlocks()
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => text.split("\n"))
      .map((line) => line.replace(/\s+#.*$/, ""))
      .filter((line) => line.startsWith("npx kiln images "));
    expect(lines.length).to.be.greaterThan(10);
    for (const line of lines) {
      const { code, stderr } = await run(line);
      const mayAsk = line.includes("enforce") && !line.includes("--yes");
      expect(code === 2, `${line}\n${stderr}`).to.equal(mayAsk);
    }
  });
});
