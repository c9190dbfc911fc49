import { expect } from "chai";
import { readFileSync } from "node:fs";
import { copy, DESTINATION_HOST, type Planned, writePlan } from "../../test/support/copies";
import { BucketServer, describeWithBuckets } from "../../test/support/buckets";
import { type FaultyProxy, startFaultyProxy } from "../../test/support/faultyProxy";
import { describeWithRegistries, digestAt, pushImage, Registry } from "../../test/support/registries";

const BUCKET = "acme-images-kiln";
const TASKS = 4;

describeWithRegistries("kiln containers copy of many images", function () {
  this.timeout(120_000);
  let [source, destination]: Registry[] = [];
  let [front, back]: FaultyProxy[] = [];
  let standIns: Record<string, string>;

  before(async () => {
    [source, destination] = await Promise.all([Registry.start(), Registry.start()]);
    [front, back] = await Promise.all([startFaultyProxy(source.host), startFaultyProxy(destination.host)]);
    standIns = { "ghcr.io": front.host, "docker.io": front.host, [DESTINATION_HOST]: back.host };
  });

  after(async () => {
    await Promise.all([front, back].map((proxy) => proxy.down()));
    await Promise.all([source, destination].map((registry) => registry.stop()));
  });

  const at = (path: string, version: string) => digestAt(destination.host, `acme-images/mirror/${path}`, version);

  it("copies what is new in a repository with 10,000 tags", async () => {
    const { digest } = await pushImage(source.host, "big/app", "0", { seed: "big" });
    await tagAll(source.host, "big/app", digest, 10_000);
    await pushImage(destination.host, "acme-images/mirror/big/app", "0", { seed: "big" });
    await tagAll(destination.host, "acme-images/mirror/big/app", digest, 2_000);
    const plan = writePlan(Array.from({ length: 2_005 }, (_, tag) => ({ source: `ghcr.io/big/app:${tag}` })));
    const { code, stdout, stderr } = await copy([plan], { standIns });
    expect([code, stdout.split(" in ")[0].replace(/\(.*\)/, "")], stderr).to.deep.equal([
      0,
      "5 images copied , 2000 there already",
    ]);
    expect(await at("big/app", "2004")).to.equal(digest);
    expect(back.asked.filter(({ method }) => method === "PUT")).to.have.length(5);
  });

  describeWithBuckets("as four tasks of a Cloud Run job (fake-gcs-server)", () => {
    let buckets: BucketServer;
    const images: Planned[] = [];

    before(async () => {
      buckets = await BucketServer.start();
      await buckets.create(BUCKET);
      for (let repository = 0; repository < 7; repository++)
        for (let tag = 0; tag < 3; tag++) {
          const name = `many/app${repository}`;
          await pushImage(source.host, name, String(tag), { seed: `${name} ${tag}`, layers: ["shared ".repeat(200)] });
          images.push({ source: `ghcr.io/${name}:${tag}` });
        }
      const text = readFileSync(writePlan(images), "utf8");
      await fetch(`${buckets.url}/upload/storage/v1/b/${BUCKET}/o?uploadType=media&name=migration/plan.yaml`, {
        ...{ method: "POST", body: text, headers: { "content-type": "application/yaml" } },
      });
    });

    after(() => buckets.stop());

    const task = (index: number, execution: string) =>
      copy(["gs://acme-images-kiln/migration/plan.yaml", "--ledger", "gs://acme-images-kiln/migration/ledgers/"], {
        standIns,
        env: {
          ...{ KILN_STORAGE_ENDPOINT: buckets.url, CLOUD_RUN_EXECUTION: execution },
          ...{ CLOUD_RUN_TASK_INDEX: String(index), CLOUD_RUN_TASK_COUNT: String(TASKS) },
        },
      });

    const all = (execution: string) => Promise.all(Array.from({ length: TASKS }, (_, index) => task(index, execution)));

    it("copies all images once, each task with a ledger of its own", async () => {
      back.asked.length = 0;
      const results = await all("mirror-1");
      expect(results.map(({ code, stderr }) => [code, stderr])).to.deep.equal(results.map(() => [0, ""]));
      const counts = results.map(({ stdout }) => Number(/^(\d+) images? copied/.exec(stdout)?.[1]));
      expect(counts.reduce((sum, count) => sum + count)).to.equal(images.length);
      expect(Math.max(...counts)).to.be.at.most(6);
      for (const { source: name } of images) {
        const [, path, tag] = /^ghcr\.io\/(.*):(.*)$/.exec(name) ?? [];
        expect(await at(path, tag), name).to.be.a("string");
      }
      const puts = back.asked.filter(({ method, path }) => method === "PUT" && path.includes("/manifests/"));
      expect(puts).to.have.length(images.length);
      const ledgers = new Set((await buckets.objects(BUCKET)).map((name) => name.replace(/[^/]*$/, "")));
      expect([...ledgers].sort()).to.deep.equal([
        "migration/",
        ...Array.from({ length: TASKS }, (_, index) => `migration/ledgers/mirror-1/task-${index}-of-4/`),
      ]);
    });

    it("goes on with the ledger of its execution, and begins anew in the next", async () => {
      const again = await task(0, "mirror-1");
      expect(again.stdout).to.match(/^0 images copied .* there already/);
      await pushImage(source.host, "many/app0", "0", { seed: "moved" });
      const codes = (await all("mirror-2")).map(({ code }) => code).sort();
      // One task finds the moved tag, and overwrites nothing unasked.
      expect(codes).to.deep.equal([0, 0, 0, 5]);
    });
  });
});

/** Gives one manifest further tags, from 0. */
async function tagAll(host: string, repository: string, digest: string, tags: number): Promise<void> {
  const url = `http://${host}/v2/${repository}/manifests/`;
  const read = await fetch(`${url}${digest}`);
  const [body, type] = [await read.text(), read.headers.get("content-type") ?? ""];
  for (let from = 0; from < tags; from += 200)
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        fetch(`${url}${from + index}`, { method: "PUT", body, headers: { "content-type": type } }),
      ),
    );
}
