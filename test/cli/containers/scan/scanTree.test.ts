import { expect } from "chai";
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { type ScanWarning } from "../../../../core/scan/report";
import { MOST_BYTES, readText } from "../../../../cli/containers/scan/readText";
import { findingsBelow, scannedBelow } from "../../../../cli/containers/scan/scanTree";
import { useTree } from "../tree";

describe("Scanning a tree", () => {
  const tree = useTree();

  function scanned(...roots: string[]): { found: string[]; warnings: string[] } {
    const warnings: ScanWarning[] = [];
    const files = [...findingsBelow(roots, { warn: (warning) => warnings.push(warning) })];
    const name = (path: string) => path.slice(path.lastIndexOf("/") + 1);
    return {
      found: files.flatMap(({ places }) =>
        places.map(({ file, line, column, reference }) => `${name(file)}:${line}:${column} ${reference}`),
      ),
      warnings: [...warnings, ...files.flatMap((one) => one.warnings)].map(
        ({ file, message }) => `${name(file)} ${message}`,
      ),
    };
  }

  it("reads each file with its scanner, and those without an extension by how they begin", () => {
    const root = tree({
      Dockerfile: "FROM debian:12\n",
      base: "FROM alpine:3 AS base\nRUN true\n",
      "pod.json": '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"nginx:1"}]}}',
      "pod.yaml": "\ufeffapiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: redis:7\n",
      LICENSE: "image: nginx\n",
    });
    expect(scanned(root)).to.deep.equal({
      found: ["Dockerfile:1:6 debian:12", "base:1:6 alpine:3", "pod.json:1:65 nginx:1", "pod.yaml:5:14 redis:7"],
      warnings: [],
    });
  });

  it("warns of binary, huge, UTF-16 and unreadable files, and reads what is not UTF-8 byte by byte", () => {
    const root = tree({
      "Dockerfile.binary": new Uint8Array([70, 82, 79, 77, 0, 1]),
      "Dockerfile.huge": new Uint8Array(MOST_BYTES + 1).fill(32),
      "Dockerfile.latin1": Buffer.from("# caf\xe9\nFROM debian:12\n", "latin1"),
      "Dockerfile.locked": "FROM locked",
      "Dockerfile.utf16": Buffer.from("\ufeffFROM debian", "utf16le"),
      "broken.yaml": 'a: "\nimage: [\n',
    });
    chmodSync(join(root, "Dockerfile.locked"), 0);
    const { found, warnings } = scanned(root);
    expect(found.filter((one) => !one.includes("locked"))).to.deep.equal(["Dockerfile.latin1:2:6 debian:12"]);
    expect(warnings.filter((one) => !/locked|broken/.test(one))).to.deep.equal([
      "Dockerfile.binary is binary",
      "Dockerfile.huge is larger than 5 MB",
      "Dockerfile.latin1 is not UTF-8; it was read byte by byte",
      "Dockerfile.utf16 is UTF-16, which no builder reads; save it as UTF-8",
    ]);
    // Root may read everything.
    if (process.getuid?.() !== 0) expect(warnings).to.include("Dockerfile.locked cannot be read (EACCES)");
  });

  it("says of a file whether its text is exact, since others must not be written back", () => {
    const root = tree({ "a.yaml": "image: nginx", "b.yaml": Buffer.from("a: \xe9", "latin1") });
    const read = [...scannedBelow([root], { warn: () => undefined })];
    expect(read.map(({ isExact }) => isExact)).to.deep.equal([true, false]);
  });

  it("reads each file once, although paths overlap", () => {
    const root = tree({ "a/Dockerfile": "FROM debian:12\n", "b/Dockerfile": "FROM alpine:3\n" });
    symlinkSync(root, join(root, "a/link"));
    expect(scanned(join(root, "a"), root, join(root, "a/link"), join(root, "b/Dockerfile")).found).to.deep.equal([
      "Dockerfile:1:6 debian:12",
      "Dockerfile:1:6 alpine:3",
    ]);
  });

  it("follows no link that takes a file's place between walk and reading", () => {
    const root = tree({ secret: "FROM secret" });
    symlinkSync(join(root, "secret"), join(root, "Dockerfile"));
    expect(readText(join(root, "Dockerfile"))).to.deep.equal({ problem: "cannot be read (ELOOP)" });
    expect(readText(root)).to.deep.equal({ problem: "is no regular file" });
  });

  it("survives files of any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "binary" }), (bytes, text) => {
        scanned(
          tree({ Dockerfile: bytes, "a.yaml": bytes, "a.json": text, "b.yaml": text, "Dockerfile.b": text, c: bytes }),
        );
      }),
      { numRuns: 30 },
    );
  });
});
