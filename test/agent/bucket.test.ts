import { expect } from "chai";
import { type Bucket, bucketOf, NO_OBJECT } from "../../agent/bucket";
import { googleClients } from "../../agent/clients";
import { googleFrom } from "../../agent/endpoints";
import { LEASE_OBJECT, takeLease } from "../../agent/lease";
import { PATIENCE, retrying } from "../../agent/retry";
import { BucketServer, describeWithBuckets } from "../support/buckets";
import { TestHost } from "./support/factory";

describeWithBuckets("the factory's bucket", () => {
  let server: BucketServer;
  let bucket: Bucket;
  const host = new TestHost();

  before(async () => {
    server = await BucketServer.start();
    await server.create("acme-images-kiln");
    const clients = googleClients(googleFrom({ KILN_STORAGE_ENDPOINT: server.url }));
    bucket = bucketOf("acme-images-kiln", clients, retrying(host, PATIENCE));
  });

  after(() => server.stop());

  it("has no object that nobody wrote", async () => {
    expect(await bucket.read("families/none.json")).to.equal(undefined);
  });

  it("replaces an object of the generation alone that was read", async () => {
    const first = await bucket.write("a.json", "one", NO_OBJECT);
    expect(await bucket.read("a.json")).to.deep.equal({ text: "one", generation: first });
    expect(await bucket.write("a.json", "two", NO_OBJECT)).to.equal(undefined);
    const second = await bucket.write("a.json", "two", first);
    expect(second).to.be.a("string").and.not.equal(first);
    expect(await bucket.write("a.json", "three", first)).to.equal(undefined);
    expect((await bucket.read("a.json"))?.text).to.equal("two");
  });

  it("replaces any object where no generation is asked for", async () => {
    await bucket.write("latest.json", "one");
    await bucket.write("latest.json", "two");
    expect((await bucket.read("latest.json"))?.text).to.equal("two");
  });

  it("lists what begins with a prefix, with its size", async () => {
    await bucket.write("families/web.json", "{}");
    await bucket.write("families/db.json", "[1]");
    expect(await bucket.list("families/")).to.deep.equal([
      { name: "families/db.json", bytes: 3 },
      { name: "families/web.json", bytes: 2 },
    ]);
  });

  it("gives the lease to one of many that ask at once, and to another when it is given back", async () => {
    const asked = await Promise.all(["a", "b", "c", "d"].map((run) => takeLease(bucket, run, host)));
    const [lease, ...others] = asked.filter((answer) => "keep" in answer);
    expect(others).to.deep.equal([]);
    const { owner } = JSON.parse((await bucket.read(LEASE_OBJECT))?.text ?? "") as { owner: string };
    expect(await takeLease(bucket, "e", host)).to.include({ owner });
    await lease.release();
    expect(await takeLease(bucket, "e", host)).to.have.property("keep");
  });
});
