import { expect } from "chai";
import fc from "fast-check";
import { rewriteTree } from "../../../core/rewrite/rewriteTree";
import { backwardTargets, forwardTargets } from "../../../core/rewrite/targets";
import { difference } from "../../../core/rewrite/verify";
import { Scanner } from "../../../core/scan/files";
import { scanFile } from "../../../core/scan/scanFile";
import { AR, planOf, SHA } from "./samples";

/** Images of the plan, each with where it goes. */
const IMAGES: [name: string, to: string][] = [
  ["nginx:1.25", `${AR}/docker-io/library/nginx:1.25`],
  ["docker.io/library/nginx:1.25", `${AR}/docker-io/library/nginx:1.25`],
  ["redis", `${AR}/docker-io-remote/library/redis`],
  ["index.docker.io/grafana/grafana:10.1.0", `${AR}/docker-io/grafana/grafana:10.1.0`],
  [`ghcr.io/acme/app:1@${SHA}`, `${AR}/ghcr-io/acme/app:1@${SHA}`],
  ["localhost.example:5000/a/b:2", `${AR}/localhost-example-5000/a/b:2`],
  ["other/unplanned:3", "other/unplanned:3"],
  [`${AR}/docker-io/library/nginx:1.25`, `${AR}/docker-io/library/nginx:1.25`],
];

const PLAN = planOf(...IMAGES.slice(0, 6).map(([name]) => name));

/** A part of a file: text around an image, and the image. */
interface Part {
  before: string;
  image?: [name: string, to: string];
  after: string;
}

const image = fc.constantFrom(...IMAGES);
const part = (before: string, after = "") => image.map((one): Part => ({ before, image: one, after }));
const plain = (...texts: string[]) => fc.constantFrom(...texts).map((before): Part => ({ before, after: "" }));

const dockerPart = fc.oneof(
  part("FROM ", " AS stage"),
  part("from --platform=linux/amd64\t", "  "),
  part("COPY --from=", " /nginx:1.25 /b"),
  part("RUN --mount=type=bind,from=", ",target=/x echo nginx:1.25"),
  part('FROM "', '"'),
  part("FROM ${NONE:-", "}"),
  plain("# FROM nginx:1.25 ü", "ENV A=nginx:1.25", "RUN echo 'FROM redis'", 'LABEL x="redis"', ""),
);
/** ARGs stand before the first FROM, which alone sees them there. */
const argParts = fc
  .array(image, { maxLength: 3 })
  .map((images) => [
    ...images.map((one, id): Part => ({ before: `ARG I${id}=`, image: one, after: "" })),
    ...images.map((_, id): Part => ({ before: `FROM \${I${id}}`, after: " AS x" })),
  ]);

const podPart = fc.oneof(
  part("  - image: ", " # nginx:1.25"),
  part('  - image: "', '"\n    name: redis'),
  part("  - {name: a, image: '", "'}"),
  plain("  - name: redis:7", "  # image: nginx:1.25", '  - args: ["ü", "nginx"]'),
);

interface Sample {
  scanner: Scanner;
  path: string;
  head: string;
  parts: Part[];
  newline: string;
  mark: string;
}

const style = { newline: fc.constantFrom("\n", "\r\n"), mark: fc.constantFrom("", "\ufeff") };
const dockerfile = fc.record({
  ...style,
  ...{ scanner: fc.constant(Scanner.Dockerfile), path: fc.constant("Dockerfile") },
  head: fc.constantFrom("", "# ü\n"),
  parts: fc.tuple(argParts, fc.array(dockerPart, { maxLength: 6 })).map((all) => all.flat()),
});
const pod = fc.record({
  ...style,
  ...{ scanner: fc.constant(Scanner.Manifest), path: fc.constant("pod.yaml") },
  head: fc.constant("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n"),
  parts: fc.array(podPart, { maxLength: 6 }),
});
const sample: fc.Arbitrary<Sample> = fc.oneof(dockerfile, pod);

function textOf({ head, parts, newline, mark }: Sample, at: 0 | 1): string {
  const lines = parts.map(({ before, image: one, after }) => `${before}${one?.[at] ?? ""}${after}`);
  return mark + `${head}${lines.join("\n")}`.replaceAll("\n", newline);
}

function rewrite({ scanner, path }: Sample, text: string, targetOf = forwardTargets(PLAN), pin = true) {
  const file = { path, text, scanner, scan: scanFile(scanner, path, text) };
  return rewriteTree([file], { targetOf, pin, likely: true }, (one, now) => scanFile(one.scanner, one.path, now))[0];
}

describe("rewriting generated files", () => {
  it("changes the names and nothing else, and nothing the second time", () => {
    fc.assert(
      fc.property(sample, (one) => {
        const result = rewrite(one, textOf(one, 0));
        expect(result.text).to.equal(textOf(one, 1));
        expect(rewrite(one, result.text).text).to.equal(result.text);
      }),
      { numRuns: 80 },
    );
  });

  it("goes there and back", () => {
    fc.assert(
      fc.property(sample, (one) => {
        const there = rewrite(one, textOf(one, 1), backwardTargets(PLAN), false);
        expect(there.left).to.deep.equal([]);
        expect(there.text).to.not.contain(AR);
        expect(rewrite(one, there.text).text).to.equal(textOf(one, 1));
      }),
      { numRuns: 40 },
    );
  });

  it("finds in files that somebody broke what it says, or leaves them", () => {
    const cut = fc.record({
      at: fc.nat(400),
      length: fc.nat(12),
      text: fc.constantFrom("", "\n", '"', "$A", ":", "{", "\\", "\u0000", "  ", "|-\n"),
    });
    fc.assert(
      fc.property(sample, fc.array(cut, { minLength: 1, maxLength: 3 }), (one, cuts) => {
        const broken = cuts.reduce(
          (text, { at, length, text: put }) => text.slice(0, at) + put + text.slice(at + length),
          textOf(one, 0),
        );
        const { text, expected } = rewrite(one, broken);
        expect(difference(scanFile(one.scanner, one.path, text), expected)).to.equal(undefined);
        expect(rewrite(one, text).text).to.equal(text);
      }),
      { numRuns: 80 },
    );
  });
});
