import { expect } from "chai";
import * as fc from "fast-check";
import { kindOf, Scanner } from "../../../core/scan/files";
import { imageScan, scannedFile } from "../../../core/scan/report";
import { scanFile } from "../../../core/scan/scanFile";

/** Files that name one image, with the line and column where. */
const WRITERS: [string, (image: string) => string, number, number][] = [
  ["Dockerfile", (image) => `# a comment\nFROM ${image} AS base\nRUN true\n`, 2, 6],
  ["web.Dockerfile", (image) => `FROM scratch\nCOPY --from=${image} /a /b\n`, 2, 13],
  ["Containerfile", (image) => `ARG BASE=${image}\nFROM $BASE\n`, 2, 6],
  ["pod.yaml", (image) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: "${image}"\n`, 5, 15],
  ["pod.json", (image) => `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"${image}"}]}}`, 1, 65],
  ["compose.yml", (image) => `services:\r\n  web:\r\n    image: ${image}\r\n`, 3, 12],
  ["cloudbuild.yaml", (image) => `steps:\n- name: '${image}'\n  args: [x]\n`, 2, 10],
  [".gitlab-ci.yml", (image) => `test:\n  image: ${image}\n  script: [make]\n`, 2, 10],
  [".github/workflows/ci.yml", (image) => `jobs:\n  a:\n    container: ${image}\n    steps: []\n`, 3, 16],
  ["run.sh", (image) => `#!/bin/sh\ndocker pull ${image}\n`, 2, 13],
  ["Makefile", (image) => `run:\n\tdocker run --rm ${image} true\n`, 2, 18],
];

const word = fc.stringMatching(/^[a-z]{3,8}$/).filter((one) => !/^(?:image|scratch|your|base)/.test(one));
const image = fc
  .tuple(
    fc.constantFrom("", "ghcr.io/", "registry.acme.example:5000/", "europe-docker.pkg.dev/p/r/"),
    word,
    word,
    fc.nat(99),
  )
  .map(([registry, team, name, version]) => `${registry}${team}/${name}:1.${version}`);

describe("A tree of which it is known what it names", () => {
  it("is read by the scanner that each name asks for, with every place right, and nothing else", () => {
    const files = fc.uniqueArray(fc.tuple(fc.nat({ max: WRITERS.length - 1 }), image, word), {
      selector: ([writer, , folder]) => `${folder}/${writer}`,
      maxLength: 12,
    });
    fc.assert(
      fc.property(files, (all) => {
        const written = all.map(([at, name, folder]) => {
          const [file, write, line, column] = WRITERS[at];
          return { file: `${folder}/${file}`, text: write(name), line, column, reference: name };
        });
        const scanned = written.map(({ file, text }) => {
          const kind = kindOf(file);
          expect(kind, file).to.be.oneOf(Object.values(Scanner));
          return scannedFile(file, text, scanFile(kind as Scanner, file, text));
        });
        const { places, warnings } = imageScan({ files: scanned });
        expect(warnings).to.deep.equal([]);
        expect(places.map(({ file, line, column, reference }) => ({ file, line, column, reference }))).to.deep.equal(
          written.map(({ file, line, column, reference }) => ({ file, line, column, reference })),
        );
      }),
    );
  });
});
