import { expect } from "chai";
import fc from "fast-check";
import { bytesLeft, bytesText, durationText, timeLeft } from "../../../core/copy/progress";
import { type Manifest, ManifestError, readManifest } from "../../../core/copy/manifest";
import { copyArguments, isSelection, manifestsRead, selectionOf } from "../../../core/copy/selection";

const DIGESTS = ["a", "b", "c", "d"].map((letter) => `sha256:${letter.repeat(64)}`);

const INDEX: Manifest = {
  blobs: [],
  manifests: ["linux/amd64", "linux/arm/v6", "linux/arm/v7", "unknown/unknown"].map((platform, index) => ({
    ...{ digest: DIGESTS[index], bytes: 1, mediaType: "m", platform },
  })),
};

describe("what is copied of an image", () => {
  it("is all of it, one manifest, or some of the index", () => {
    expect(selectionOf(INDEX, undefined)).to.deep.equal({ kind: "whole" });
    expect(selectionOf(undefined, ["linux/amd64"])).to.deep.equal({ kind: "whole" });
    expect(selectionOf(INDEX, ["linux/amd64"])).to.deep.equal({ kind: "one", digest: DIGESTS[0] });
    const several = selectionOf(INDEX, ["linux/arm", "linux/amd64"]);
    expect(several).to.deep.equal({ kind: "several", manifests: INDEX.manifests?.slice(0, 3) });
    expect(selectionOf(INDEX, ["linux/arm64", "linux/amd64"])).to.deep.equal({
      ...{ kind: "lacking", missing: ["linux/arm64"], platforms: ["linux/amd64", "linux/arm/v6", "linux/arm/v7"] },
    });
    if (several.kind !== "several") throw new Error("several");
    expect(manifestsRead(several, INDEX)).to.equal(4);
    expect(manifestsRead({ kind: "whole" }, INDEX)).to.equal(5);
    expect(isSelection(several, { blobs: [], manifests: several.manifests })).to.equal(true);
    expect(isSelection(several, INDEX)).to.equal(false);
  });

  it("is told to the tool by digest", () => {
    const names = {
      from: "ghcr.io/a@sha256:1",
      to: "pkg.dev/a:1",
      platforms: ["linux/arm"],
      nameFor: (digest: string) => `ghcr.io/a@${digest}`,
    };
    expect(copyArguments({ kind: "whole" }, names)).to.deep.equal(["copy", "ghcr.io/a@sha256:1", "pkg.dev/a:1"]);
    expect(copyArguments({ kind: "one", digest: "sha256:2" }, names)).to.deep.equal([
      "copy",
      "ghcr.io/a@sha256:2",
      "pkg.dev/a:1",
    ]);
    expect(copyArguments({ kind: "several", manifests: [] }, names)).to.deep.equal([
      ...["index", "filter", "ghcr.io/a@sha256:1", "--platform", "linux/arm", "--tag", "pkg.dev/a:1"],
    ]);
  });

  it("is read from manifests, and from nothing else", () => {
    const image = {
      schemaVersion: 2,
      config: { digest: DIGESTS[0], size: 5 },
      layers: [
        { digest: DIGESTS[1], size: 7 },
        { digest: DIGESTS[2], mediaType: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip" },
      ],
    };
    expect(readManifest(JSON.stringify(image)).blobs.map(({ digest, bytes }) => [digest, bytes])).to.deep.equal([
      [DIGESTS[0], 5],
      [DIGESTS[1], 7],
    ]);
    expect(() => readManifest('{"schemaVersion":1,"fsLayers":[]}')).to.throw(ManifestError, "Docker's first format");
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          readManifest(text);
        } catch (error) {
          expect(error).to.be.instanceOf(ManifestError);
        }
      }),
    );
  });
});

describe("the progress of a copy", () => {
  it("takes what is not known to be like the others", () => {
    const half = { images: 4, done: 2, failed: 0, copied: 2, copiedBytes: 200, known: 1, knownBytes: 300 };
    expect(bytesLeft(half)).to.be.closeTo(300 + 500 / 3, 1e-9);
    expect(timeLeft(half, 1_000)).to.be.closeTo((bytesLeft(half) / 200) * 1_000, 1e-9);
    expect(timeLeft({ ...half, copied: 0, copiedBytes: 0 }, 1_000)).to.equal(undefined);
  });

  it("is written for people", () => {
    expect([0, 999, 1_000, 3_440_000, 12e9].map(bytesText)).to.deep.equal([
      "0 B",
      "999 B",
      "1.0 kB",
      "3.4 MB",
      "12 GB",
    ]);
    expect([0, 1, 119_000, 121_000, 7_199_000, 19_200_000].map(durationText)).to.deep.equal([
      "0 s",
      "1 s",
      "119 s",
      "2 min",
      "2 h",
      "5 h 20 min",
    ]);
  });
});
