import { expect } from "chai";
import fc from "fast-check";
import { scanManifest } from "../../../core/manifest/scanManifest";
import { KUBERNETES } from "./cases/kubernetes";
import { PIPELINES } from "./cases/pipelines";
import { TEXTS } from "./cases/templates";
import { TOOLS } from "./cases/tools";
import { documents } from "./generated";
import { checked } from "./support";

const FILES = Object.values({ ...KUBERNETES, ...PIPELINES, ...TEXTS, ...TOOLS });

const PATHS = [...new Set(FILES.map(({ path }) => path)), "a.json", "b.tpl"];

/** What parsers stumble over. */
const TOKENS =
  "\n|\r\n|\t|  |- |: |? |# |---\n|...\n|[|]|{|}|,|\"|'|\\|*a|&a |<<: *a\n|!!binary |!Sub |@|${|${A:-|$(|{{|}}|{%|<%|<<|>>|%|>-\n|" +
  '|\n|image: |"image": |repository: |tag: |name: |kind: |apiVersion: |params|\u0000|\uFEFF|\uE123|\ud800|nginx:1|steps:\n|args: ';

interface Change {
  at: number;
  length: number;
  put: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(2000),
  length: fc.oneof(fc.constant(0), fc.nat(40)),
  put: fc.oneof(fc.constantFrom(...TOKENS.split("|"), "|", "|\n"), fc.string({ maxLength: 8, unit: "binary" })),
});

function changed(text: string, changes: Change[]): string {
  return changes.reduce((now, { at, length, put }) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + put + now.slice(from + length);
  }, text);
}

/** Whatever way a document is written in, its images are found. */
export function findsGenerated(numRuns: number): void {
  fc.assert(
    fc.property(documents, ({ text, images }) => {
      const scan = scanManifest("a/b.yaml", text);
      checked(text, scan);
      expect(scan.uses.map(({ reference }) => reference)).to.deep.equal(images);
      for (const { span, reference, certainty } of scan.uses) {
        expect(text.slice(span.start, span.end)).to.equal(reference);
        expect(certainty).to.equal("certain");
      }
    }),
    { numRuns },
  );
}

/** Whatever happens to a file, it is read without a throw, and what is found is whole. */
export function survivesChanges(numRuns: number): void {
  fc.assert(
    fc.property(
      fc.constantFrom(...FILES),
      fc.constantFrom(...PATHS),
      fc.boolean(),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      ({ path, text }, other, isOther, changes) => {
        const broken = changed(text, changes);
        checked(broken, scanManifest(isOther ? other : path, broken));
      },
    ),
    { numRuns },
  );
}

/** Files that are made to take forever. */
export function bombs(size: number): Record<string, string> {
  const bomb = Array.from(
    { length: 40 },
    (_, at) => `a${at}: &a${at} [${at === 0 ? "image" : `*a${at - 1}, *a${at - 1}`}]`,
  ).join("\n");
  const merges = Array.from(
    { length: 40 },
    (_, at) => `m${at}: &m${at} {<<: [*m${at - 1}, *m${at - 1}], image${at}: a/b:1}`,
  ).join("\n");
  return {
    bomb,
    merges: `m-1: &m-1 {image: a/b:2}\n${merges}`,
    fans: Array.from(
      { length: 12 },
      (_, at) => `f${at}: &f${at} {<<: [${`*f${at - 1},`.repeat(at === 0 ? 0 : size / 20)}{}], imageTag: a}`,
    ).join("\n"),
    itself: "a: &a {image: nginx:1, b: *a, <<: *a}",
    lists: `image: ${"[".repeat(size)}`,
    mappings: `image: ${"{a: ".repeat(size)}`,
    items: `image:\n${"- ".repeat(size)}a`,
    quotes: `image: ${'"'.repeat(size)}`,
    unclosed: `image: Pod\n${'a: ["\n'.repeat(size)}`,
    braces: `image: ${"{{ ".repeat(size)}`,
    variables: `services: {a: {image: "${"${A:-".repeat(size)}"}}`,
    doubling: `steps: [{name: "$_A20", args: []}]\nsubstitutions: {_A0: "nginx:1", ${Array.from({ length: 20 }, (_, at) => `_A${at + 1}: "$_A${at}$_A${at}"`).join(", ")}}`,
    line: `image: ${"a".repeat(size)}`,
    keys: Array.from({ length: size }, (_, at) => `image${at}: "{{ x }}"`).join("\n"),
    blanks: `image: a\n${" ".repeat(size)}\n${"\n".repeat(size)}{{ x }}`,
  };
}
