import { expect } from "chai";
import { auditEventsOf } from "../../../core/lifecycle/auditEvents";
import { auditEntry } from "./audit";

describe("auditEventsOf", () => {
  it("takes what was asked from the first entry of an operation, and the time from its last", () => {
    const entries = [
      auditEntry("v1.compute.images.insert", "v1", "2026-05-01T10:05:00.5Z", {
        operation: { id: "operation-1", last: true },
        request: undefined,
      }),
      auditEntry("v1.compute.images.insert", "v1", "2026-05-01T10:00:00Z", {
        operation: { id: "operation-1", first: true },
        request: { family: "web", architecture: "ARM64" },
      }),
    ];
    expect(auditEventsOf("acme-images", entries)).to.deep.equal([
      {
        at: "2026-05-01T10:05:00.5Z",
        method: "insert",
        image: "v1",
        by: "ann@acme.example",
        family: "web",
        architecture: "ARM64",
      },
    ]);
  });

  it("reads all versions of the API, oldest first", () => {
    const entries = [
      auditEntry("beta.compute.images.delete", "v1", "2026-05-03T10:00:00Z"),
      auditEntry("v1.compute.images.deprecate", "v1", "2026-05-02T10:00:00Z", { request: { state: "DEPRECATED" } }),
    ];
    expect(auditEventsOf("acme-images", entries).map(({ method, state }) => [method, state])).to.deep.equal([
      ["deprecate", "DEPRECATED"],
      ["delete", undefined],
    ]);
  });

  it("passes over what failed, what is of another project, and what is no such entry", () => {
    const entries = [
      auditEntry("v1.compute.images.delete", "v1", "2026-05-03T10:00:00Z", { status: { code: 7, message: "denied" } }),
      auditEntry("v1.compute.images.setLabels", "v1", "2026-05-03T10:00:00Z"),
      auditEntry("v1.compute.images.delete", "v1", "yesterday"),
      { ...auditEntry("v1.compute.images.delete", "v1", "2026-05-03T10:00:00Z"), timestamp: 7 },
      auditEntry("v1.compute.images.delete", "v1", "2026-05-03T10:00:00Z", {
        resourceName: "projects/other/global/images/v1",
      }),
      null,
      "text",
      { protoPayload: null },
      {},
    ];
    expect(auditEventsOf("acme-images", entries)).to.deep.equal([]);
  });
});
