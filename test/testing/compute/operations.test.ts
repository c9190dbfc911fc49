import { GlobalOperationsClient, ImagesClient } from "@google-cloud/compute";
import { faults } from "../../../testing/compute";
import { expect } from "../../support/chai";
import { finished, rejection, useCompute } from "../../support/compute";

const project = "acme-images";

describe("the fake's operations", () => {
  let now = new Date("2026-01-05T00:00:00Z");
  const compute = useCompute({ operationPolls: 3, clock: () => now });
  let images: ImagesClient;
  let operations: GlobalOperationsClient;

  beforeEach(() => {
    images = new ImagesClient(compute().clientOptions());
    operations = new GlobalOperationsClient(compute().clientOptions());
    compute().addImage({ project, name: "web-1" });
  });

  /** Starts a deprecation and gives the name of its operation. */
  async function deprecate(requestId?: string, image = "web-1"): Promise<string> {
    const deprecationStatusResource = { state: "DEPRECATED" };
    const [started] = await images.deprecate({ project, image, requestId, deprecationStatusResource });
    return (started.latestResponse as { name: string }).name;
  }

  const deprecated = () => compute().images(project)[0].deprecated;

  it("are DONE after as many looks as the test says, and have their effect then", async () => {
    const operation = await deprecate();
    const seen: unknown[] = [];
    for (let look = 0; look < 3; look++) {
      expect(deprecated()).to.equal(undefined);
      const [{ status }] =
        look === 1 ? await operations.wait({ project, operation }) : await operations.get({ project, operation });
      seen.push(status);
    }
    expect(seen).to.deep.equal(["RUNNING", "RUNNING", "DONE"]);
    expect(deprecated()).to.deep.equal({ state: "DEPRECATED" });
    const [done] = await operations.get({ project, operation });
    expect(done).to.include({ status: "DONE", progress: 100, operationType: "compute.images.deprecate" });
    expect(done.targetLink).to.match(/projects\/acme-images\/global\/images\/web-1$/);
  });

  it("are DONE as well when the clock has gone on, or when the test says so", async () => {
    await deprecate();
    now = new Date(now.getTime() + 60_000);
    await images.get({ project, image: "web-1" });
    expect(deprecated()).to.deep.equal({ state: "DEPRECATED" });
    await images.delete({ project, image: "web-1" });
    compute().finishOperations();
    expect(compute().images(project)).to.deep.equal([]);
  });

  it("are the same for the same request id, without a second effect", async () => {
    const requestId = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const first = await deprecate(requestId);
    expect(await deprecate(requestId)).to.equal(first);
    compute().finishOperations();
    compute().images(project)[0].deprecated = undefined;
    expect(await deprecate(requestId)).to.equal(first);
    compute().finishOperations();
    expect(deprecated()).to.equal(undefined);
    expect(await deprecate()).not.to.equal(first);
    compute().addImage({ project, name: "web-2" });
    expect(await rejection(deprecate(requestId, "web-2"))).to.include({ status: 400 });
    expect(await rejection(deprecate("again"))).to.include({ status: 400 });
    const [all] = await operations.list({ project });
    expect(all.map(({ name }) => name))
      .to.have.length(2)
      .and.to.include(first);
  });

  it("end in the error that was injected, without effect", async () => {
    compute().inject({ method: "images.delete", fault: faults.operationError("QUOTA_EXCEEDED", "too many", 403) });
    const call = images.delete({ project, image: "web-1" });
    await finished(operations, { project }, call);
    const [operation] = await operations.get({ project, operation: (await call)[0].latestResponse.name });
    expect(operation.error?.errors).to.have.length(1);
    expect(operation.error?.errors?.[0]).to.include({ code: "QUOTA_EXCEEDED", message: "too many" });
    expect(operation.httpErrorStatusCode).to.equal(403);
    expect(compute().images(project)[0].status).to.equal("READY");
  });

  it("are 404 where there are none", async () => {
    expect(await rejection(operations.get({ project, operation: "operation-1" }))).to.include({ status: 404 });
  });
});
