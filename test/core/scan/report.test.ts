import Ajv from "ajv";
import { expect } from "chai";
import * as fc from "fast-check";
import { Certainty, type FileScan, type ImageUse, Purpose } from "../../../core/scan/imageUse";
import { byImage, byRegistry } from "../../../core/scan/groups";
import { imageScan, scannedFile } from "../../../core/scan/report";
import schema from "../../../core/scan/report.schema.json";
import { scanFile } from "../../../core/scan/scanFile";
import { Scanner } from "../../../core/scan/files";
import { selected } from "../../../core/scan/select";

const isScan = new Ajv().compile(schema);

function scanOf(files: Record<string, [Scanner, string]>, firstParty?: string[]) {
  const scanned = Object.entries(files).map(([file, [scanner, text]]) =>
    scannedFile(file, text, scanFile(scanner, file, text)),
  );
  return imageScan({ files: scanned, ...(firstParty && { firstParty }) });
}

const COMPOSE = `services:
  web: { build: ., image: "acme/web:1" }
  cache: { image: "redis:7" }
  odd: { image: "\${REGISTRY}/odd" }
`;
const KUBERNETES = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: web, image: "docker.io/acme/web:2" }
    - { name: proxy, image: "gcr.io/acme/proxy:1" }
    - { name: own, image: europe-docker.pkg.dev/p/r/x }
`;

describe("The report of a scan", () => {
  const scan = scanOf({
    "compose.yaml": [Scanner.Manifest, COMPOSE],
    "k8s/pod.yaml": [Scanner.Manifest, KUBERNETES],
    Dockerfile: [Scanner.Dockerfile, "FROM redis:7 AS r\nFROM alpine:$TAG\nARG TAG\nCOPY --from=r / /\n"],
  });

  it("joins files: what one builds is not third-party in another", () => {
    expect(
      scan.places.map(({ file, line, column, reference, party }) => `${file}:${line}:${column} ${reference} ${party}`),
    ).to.deep.equal([
      "compose.yaml:2:28 acme/web:1 own",
      "compose.yaml:3:20 redis:7 third",
      "compose.yaml:4:18 ${REGISTRY}/odd unknown",
      "k8s/pod.yaml:6:28 docker.io/acme/web:2 own",
      "k8s/pod.yaml:7:30 gcr.io/acme/proxy:1 third",
      "k8s/pod.yaml:8:27 europe-docker.pkg.dev/p/r/x first",
      "Dockerfile:1:6 redis:7 third",
      "Dockerfile:2:6 alpine:$TAG third",
    ]);
    expect(scan.summary).to.deep.equal({
      ...{ filesRead: 3, files: 3, places: 8, images: 6 },
      parties: { own: 1, first: 1, third: 3, unknown: 1 },
    });
  });

  it("is what its schema says", () => expect(isScan(scan), JSON.stringify(isScan.errors)).to.equal(true));

  it("takes first-party registries", () => {
    const { places } = scanOf({ "pod.yaml": [Scanner.Manifest, KUBERNETES] }, ["gcr.io/acme"]);
    expect(places.map(({ party }) => party)).to.deep.equal(["third", "first", "first"]);
  });

  it("groups by image and by registry, the most used first", () => {
    expect(byImage(scan).map(({ name, places }) => [name, places.length])).to.deep.equal([
      ["docker.io/library/redis:7", 2],
      ["${REGISTRY}/odd", 1],
      ["alpine:$TAG", 1],
      ["docker.io/acme/web:2", 1],
      ["europe-docker.pkg.dev/p/r/x", 1],
      ["gcr.io/acme/proxy:1", 1],
    ]);
    expect(byRegistry(scan).map(({ name, parties, images }) => [name, parties.join(" "), images])).to.deep.equal([
      ["docker.io", "own third", 3],
      ["behind variables", "unknown", 1],
      ["europe-docker.pkg.dev", "first", 1],
      ["gcr.io", "third", 1],
    ]);
  });

  it("selects what is asked for, and counts it anew", () => {
    const third = selected(scan, { thirdParty: true, certainty: Certainty.Certain });
    expect(third.places.map(({ reference }) => reference)).to.deep.equal([
      ...["redis:7", "gcr.io/acme/proxy:1", "redis:7", "alpine:$TAG"],
    ]);
    expect(third.summary).to.deep.include({ filesRead: 3, files: 3, places: 4, images: 3 });
  });

  it("knows the repository of Helm's values although the chart gives the tag", () => {
    const values = 'image:\n  repository: percona/mongodb_exporter\n  tag: ""\n';
    const [place] = scanOf({ "charts/x/values.yaml": [Scanner.Manifest, values] }).places;
    expect(place).to.deep.include({ repository: "docker.io/percona/mongodb_exporter", party: "third" });
    expect(place.open).to.have.lengthOf(1);
  });

  it("holds for uses of any kind", () => {
    const text = fc.string();
    const use = fc.record({
      reference: text,
      open: fc.array(text, { maxLength: 2 }),
      purpose: fc.constantFrom(...Object.values(Purpose)),
      certainty: fc.constantFrom(...Object.values(Certainty)),
      kind: text,
      span: fc.nat({ max: 20 }).map((start) => ({ start, end: start })),
      pieces: fc.constant<ImageUse["pieces"]>([]),
    });
    const file = fc.record({ uses: fc.array(use, { maxLength: 4 }), problems: fc.constant<FileScan["problems"]>([]) });
    fc.assert(
      fc.property(fc.array(file, { maxLength: 4 }), (files) => {
        const made = imageScan({ files: files.map((one, at) => scannedFile(`${at}`, "a\nb\n", one)) });
        expect(isScan(made), JSON.stringify(isScan.errors)).to.equal(true);
        const { images, parties } = made.summary;
        expect(Object.values(parties).reduce((sum, count) => sum + count)).to.equal(images);
      }),
    );
  });
});
