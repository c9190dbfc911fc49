import { expect } from "chai";
import fc from "fast-check";
import { type PullRow, pullsReport } from "../../../core/pulls/pullsReport";
import { readPulls } from "../../../core/pulls/readPulls";

const PERIOD = {
  dataset: "acme-logs.image_pull_logs",
  from: "2026-10-21T12:00:00.000Z",
  to: "2026-11-20T12:00:00.000Z",
};
const row = (image: string | null, pulls: number, third_party: boolean): PullRow => ({
  ...{ image, registry: image?.split("/")[0] ?? null, pulls, third_party },
  ...{ first_pull: "2026-11-01T00:00:00.000Z", last_pull: "2026-11-02T00:00:00.000Z" },
  ...{ clusters: ["acme-shop/europe-west1/shop"], namespaces: ["shop"] },
});
const ROWS = [
  row("europe-docker.pkg.dev/acme/images/api:v1", 900, false),
  row("ghcr.io/acme/b", 5, true),
  row(null, 3, false),
  row("docker.io/library/nginx:1.25", 7, true),
  row("docker.io/library/alpine", 5, true),
];
const text = (change: (report: ReturnType<typeof pullsReport>) => object = (report) => report) =>
  JSON.stringify(change(pullsReport(ROWS, PERIOD)), undefined, 2);
const problemsOf = (source: string) =>
  readPulls("p.json", source).problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);

describe("pullsReport", () => {
  it("puts third-party images first, the most pulled ones at the top, and counts what has no name apart", () => {
    const { images, unreadable } = pullsReport(ROWS, PERIOD);
    expect(images.map(({ image }) => image)).to.deep.equal([
      "docker.io/library/nginx:1.25",
      "docker.io/library/alpine",
      "ghcr.io/acme/b",
      "europe-docker.pkg.dev/acme/images/api:v1",
    ]);
    expect(unreadable).to.equal(3);
  });
});

describe("readPulls", () => {
  it("reads what the command prints", () => {
    expect(readPulls("p.json", text())).to.deep.equal({ document: pullsReport(ROWS, PERIOD), problems: [] });
  });

  it("tells all that is wrong, with its place", () => {
    const wrong = text((report) => {
      const [first, second, third, fourth] = report.images;
      const images = [
        { ...first, image: "nginx:1.25", pulls: -1 },
        { ...second, lastPull: "yesterday", note: "?" },
        { ...third, clusters: "shop" },
        { ...third, registry: 7 },
        { ...fourth, image: undefined },
      ];
      return { ...report, unreadable: 1.5, images };
    });
    expect(problemsOf(wrong)).to.deep.equal([
      "7 unreadable: must be a whole number from 0 to 9007199254740991 pulls, got 1.5",
      '10 images.0.image: must be the whole name "docker.io/library/nginx:1.25", got "nginx:1.25"',
      "13 images.0.pulls: must be a whole number from 0 to 9007199254740991 pulls, got -1",
      '36 images.1.note: is not known: take it away, or write one of image, registry, thirdParty, pulls, firstPull, lastPull, clusters, namespaces; its value is "?"',
      '29 images.1.lastPull: must be a time such as "2025-03-01T12:00:00Z", got "yesterday"',
      '45 images.2.clusters: must be a list of texts, got "shop"',
      "52 images.3.registry: must be text, got 7",
      '64 images.4.image: is missing: write it, such as "docker.io/library/nginx:1.25"',
      "51 images.3.image: is that of images.2 too: add them up in one",
    ]);
  });

  it("refuses what is no report, whatever it is", () => {
    expect(problemsOf('{"apiVersion":"kiln/v1","kind":"ImageScan"}')).to.deep.equal([
      '1 kind: must be "ImagePullsReport", the kind that belongs there, got "ImageScan"',
    ]);
    for (const source of ["", "[]", "7", "{", "nginx: [", "\u0000", "a: &b [*b]"])
      expect(problemsOf(source)).to.not.deep.equal([]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (source) => {
        expect(readPulls("p.json", source).problems).to.not.deep.equal([]);
      }),
      { numRuns: 50 },
    );
    const values = fc.oneof(fc.jsonValue(), fc.record({ image: fc.jsonValue(), pulls: fc.jsonValue() }));
    fc.assert(
      fc.property(fc.array(values, { minLength: 1 }), (images) => {
        const source = JSON.stringify({
          apiVersion: "kiln/v1",
          kind: "ImagePullsReport",
          ...PERIOD,
          unreadable: 0,
          images,
        });
        expect(readPulls("p.json", source).problems).to.not.deep.equal([]);
      }),
      { numRuns: 50 },
    );
  });
});
