import { expect } from "chai";
import { auditEventsOf } from "../../../core/lifecycle/auditEvents";
import { type HistoryEvent, historyOf } from "../../../core/lifecycle/history";
import { type Image } from "../../../core/lifecycle/image";
import { auditEntry } from "./audit";
import { daysAgo, deprecatedImage, image, NOW } from "./samples";

const lines = (events: HistoryEvent[]) =>
  events.map(({ at, kind, image, standsFor = "nothing", moved, by }) =>
    [at?.slice(5, 10) ?? "?", kind, image, moved ? `-> ${standsFor}` : "", by ?? ""]
      .join(" ")
      .trim()
      .replace(/ +/g, " "),
  );
const history = (images: Image[], entries: object[] = []) =>
  lines(historyOf({ images, family: "web", audit: auditEventsOf("acme-images", entries), now: NOW }));

describe("historyOf", () => {
  it("tells from the images alone what the family stood for", () => {
    const images = [
      image(1),
      deprecatedImage(14, 7),
      image(21, {
        deprecated: { state: "OBSOLETE", deprecated: daysAgo(14), obsolete: daysAgo(2), deleted: daysAgo(-5) },
      }),
      image(5, { family: "db" }),
      image(3, { status: "FAILED" }),
    ];
    expect(history(images)).to.deep.equal([
      "05-11 added v21 -> v21",
      "05-18 added v14 -> v14",
      "05-18 deprecated v21",
      "05-25 deprecated v14 -> nothing",
      "05-30 obsolete v21",
      "05-31 added v1 -> v1",
    ]);
  });

  it("puts last what nobody dated, so that the end is what is so now", () => {
    const rolledBack = image(7, { deprecated: { state: "DEPRECATED" }, labels: { "kiln-hold": "rolled-back" } });
    const events = historyOf({ images: [image(14), rolledBack], family: "web", now: NOW });
    expect(lines(events)).to.deep.equal(["05-18 added v14 -> v14", "05-25 added v7 -> v7", "? deprecated v7 -> v14"]);
    expect(events[2]).to.deep.equal({
      kind: "deprecated",
      image: "v7",
      architecture: "X86_64",
      standsFor: "v14",
      moved: true,
      note: "kiln-hold=rolled-back",
    });
  });

  it("knows from the audit log who did what, and images that are gone", () => {
    const entries = [
      auditEntry("v1.compute.images.insert", "gone", "2026-05-02T00:00:00Z", { request: { family: "web" } }),
      auditEntry("v1.compute.images.patch", "v14", "2026-05-19T00:00:00Z", { request: { family: "web" } }),
      auditEntry("v1.compute.images.deprecate", "gone", "2026-05-20T00:00:00Z", { request: { state: "DEPRECATED" } }),
      auditEntry("v1.compute.images.delete", "gone", "2026-05-21T00:00:00Z"),
      auditEntry("v1.compute.images.deprecate", "v14", "2026-05-26T00:00:00Z", { request: { state: "OBSOLETE" } }),
      auditEntry("v1.compute.images.deprecate", "v14", "2026-05-27T00:00:00Z", { request: {} }),
      auditEntry("v1.compute.images.insert", "other", "2026-05-02T00:00:00Z", { request: { family: "db" } }),
    ];
    expect(history([image(14), deprecatedImage(7, 1)], entries)).to.deep.equal([
      "05-02 added gone -> gone ann@acme.example",
      "05-19 added v14 -> v14 ann@acme.example",
      "05-20 deprecated gone ann@acme.example",
      "05-21 deleted gone ann@acme.example",
      "05-25 added v7 -> v7",
      "05-26 obsolete v14 ann@acme.example",
      "05-27 activated v14 ann@acme.example",
      "05-31 deprecated v7 -> v14",
    ]);
  });

  it("keeps architectures apart", () => {
    expect(history([image(9, { architecture: "ARM64" }), image(8)])).to.deep.equal([
      "05-23 added v9 -> v9",
      "05-24 added v8 -> v8",
    ]);
  });
});
