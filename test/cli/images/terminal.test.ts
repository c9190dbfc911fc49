import { expect } from "chai";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { BucketServer, describeWithBuckets } from "../../support/buckets";
import { useCompute } from "../../support/compute";
import { KILN } from "../command";
import { addImage, BUCKET, deprecatedOn, environment, putPolicy, statesOf } from "./support";

/** util-linux's, which gives a command a terminal. */
const SCRIPT = "/usr/bin/script";

(existsSync(SCRIPT) ? describeWithBuckets : describe.skip)("kiln images on a terminal (fake-gcs-server)", () => {
  const fake = useCompute({ operationPolls: 1 });
  let buckets: BucketServer;

  beforeEach(async () => {
    buckets = await BucketServer.start();
    await buckets.create(BUCKET);
    await putPolicy(buckets, "web", { deleteAfter: "90d" });
    addImage(fake(), "web-1", "2023-01-01", deprecatedOn("2023-02-01"));
    addImage(fake(), "web-2", "2023-02-01");
    addImage(fake(), "web-3", "2023-03-01");
  });

  afterEach(() => buckets.stop());

  /** Runs a command on a terminal and types the keys once it asks. */
  async function onTerminal(keys: string, ...args: string[]): Promise<{ code: number | null; screen: string }> {
    const command = [process.execPath, KILN, "images", ...args].join(" ");
    const child = spawn(SCRIPT, ["--quiet", "--return", "--command", command, "/dev/null"], {
      env: environment({ fake: fake(), buckets }),
    });
    let screen = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (!screen.includes("[y/N]") && `${screen}${String(chunk)}`.includes("[y/N]")) child.stdin.write(keys);
      screen += String(chunk);
    });
    const code = await new Promise<number | null>((done) => child.on("close", done));
    return { code, screen: screen.replace(/\r\n/g, "\n") };
  }

  it("asks before it deletes, and deletes after a yes", async () => {
    const { code, screen } = await onTerminal("y\r", "enforce");
    expect(screen).to.include("Delete 1 image for good? [y/N] ").and.include("Succeeded: 3 images; actions: 2 done");
    expect(code, screen).to.equal(0);
    expect(statesOf(fake())).to.have.all.keys("web-2", "web-3");
  });

  for (const [what, keys, expected] of [
    ["anything else", "\r", 4],
    ["Ctrl-C", "\u0003", 130],
  ] as const)
    it(`changes nothing after ${what}`, async () => {
      const before = statesOf(fake());
      const { code, screen } = await onTerminal(keys, "enforce");
      expect(screen).to.include("nothing was changed\n");
      expect(code, screen).to.equal(expected);
      expect(statesOf(fake())).to.deep.equal(before);
    });

  it("asks nothing where nothing is deleted", async () => {
    await putPolicy(buckets, "web");
    const { code, screen } = await onTerminal("", "enforce");
    expect(screen).to.not.include("[y/N]");
    expect(code, screen).to.equal(0);
    expect(statesOf(fake())["web-2"]).to.equal("DEPRECATED");
  });
});
