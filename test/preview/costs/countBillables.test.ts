import { expect } from "chai";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { countBillables } from "../../../preview/costs/countBillables";
import { BILLABLE_KINDS } from "../../../preview/costs/kinds";
import { declared, graphOf } from "../graphs";

const GCP = join(__dirname, "../../../node_modules/@pulumi/gcp");
const DISK = "gcp:compute/disk:Disk";
const BUCKET = "gcp:storage/bucket:Bucket";
const REPOSITORY = "gcp:artifactregistry/repository:Repository";

describe("countBillables", () => {
  it("counts by kind, with what the program says of the bill", () => {
    const graph = graphOf([
      declared(DISK, "a", { inputs: { size: 10, type: "https://compute/zones/z/diskTypes/pd-ssd" } }),
      declared(DISK, "b", { inputs: { size: 20 } }),
      declared(DISK, "c", { inputs: { size: { $unknown: true }, type: { $unknown: true } } }),
      declared(BUCKET, "store", { inputs: { versioning: { enabled: true } } }),
    ]);
    expect(countBillables(graph).map(({ kind, count, details }) => ({ kind, count, details }))).to.deep.equal([
      { kind: "Buckets", count: 1, details: "classes: STANDARD 1; 1 keep old versions; 1 without lifecycle rules" },
      { kind: "Disks", count: 3, details: "types: [unknown] 1, pd-ssd 1, pd-standard 1; 30 GB, 1 not told" },
    ]);
  });

  it("tells how many there were, also where none is left", () => {
    const base = graphOf([declared(DISK, "a"), declared(BUCKET, "b")]);
    const head = graphOf([declared(DISK, "a"), declared(DISK, "b")]);
    expect(countBillables(head, base).map(({ kind, count, before }) => [kind, before, count])).to.deep.equal([
      ["Buckets", 1, 0],
      ["Disks", 1, 2],
    ]);
  });

  it("leaves out what costs nothing, is only read, or goes", () => {
    const graph = graphOf([
      declared("gcp:projects/iAMMember:IAMMember", "grant"),
      declared(REPOSITORY, "virtual", { inputs: { mode: "VIRTUAL_REPOSITORY" } }),
      declared("gcp:compute/address:Address", "internal", { inputs: { addressType: "INTERNAL" } }),
      declared(BUCKET, "read", { read: "b" }),
      declared(BUCKET, "gone", { change: { op: "delete", diffReasons: [], replaceReasons: [] } }),
    ]);
    expect(countBillables(graph)).to.deep.equal([]);
  });

  it("counts a repository for scanning unless it is told not to be scanned", () => {
    const scanned = (enablementConfig: string) =>
      countBillables(
        graphOf([declared(REPOSITORY, "r", { inputs: { vulnerabilityScanningConfig: { enablementConfig } } })]),
      )
        .map(({ kind }) => kind)
        .includes("Artifact Registry repositories that may be scanned");
    expect(scanned("INHERITED")).to.equal(true);
    expect(scanned("DISABLED")).to.equal(false);
  });

  it("knows types of @pulumi/gcp, in the order of their kinds, with Google's pages", () => {
    for (const { types, page } of BILLABLE_KINDS) {
      expect(page).to.match(/^[a-z/-]*pricing$/);
      for (const type of types) {
        const [module, file] = type.split(":")[0].split("/");
        const names = [file, `${file}Function`, file.toLowerCase()].map((name) => join(GCP, module, `${name}.d.ts`));
        expect(
          names.some((name) => existsSync(name)),
          type,
        ).to.equal(true);
      }
    }
    const kinds = BILLABLE_KINDS.map(({ kind }) => kind);
    expect(kinds).to.deep.equal([...kinds].sort());
  });
});
