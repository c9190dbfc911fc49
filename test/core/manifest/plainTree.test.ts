import { expect } from "chai";
import * as fc from "fast-check";
import { parseDocument } from "yaml";
import { plainTree } from "../../../core/manifest/plainTree";
import { readEntry, readTree, readWhole } from "../../../core/manifest/readTree";
import { type Node } from "../../../core/manifest/tree";

/** The library makes an empty item of a comment at a list's end. */
function withoutEmpty(node: Node | undefined): unknown {
  if (node?.kind === "list") return { ...node, items: node.items.filter((one) => one !== undefined).map(withoutEmpty) };
  if (node?.kind === "map")
    return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: withoutEmpty(value) })) };
  return node;
}

/** The same by both ways of reading; of what is no YAML, each may understand what it can. */
function expectSame(text: string, base = 0): boolean {
  const isPlain = plainTree(text, base, readEntry) !== undefined;
  if (parseDocument(text, { uniqueKeys: false }).errors.length > 0) return isPlain;
  const [quick, whole] = [readTree(text, base), readWhole(text, base)];
  expect({ root: withoutEmpty(quick.root), problems: quick.problems }, `${JSON.stringify(text)}`).to.deep.equal({
    root: withoutEmpty(whole.root),
    problems: whole.problems,
  });
  return isPlain;
}

const PLAIN = `--- # a document
# comment
apiVersion: v1 # comment
"kind": 'Pod'
metadata:
  name: "a b" # comment
  annotations: {}
  empty:
spec:
  containers:
  - name: web#1
    image: nginx:1.27
    args: ["a", 'b', c] # comment
    command:
      - sh
      - -c
      - |
        echo "x: y" # no comment

        docker pull redis
      # comment
    env:
      - { name: A, value: b }
      -
        name: C
        value: >-
          folded
          text
  - - nested
    - list
  - plain text
    that goes on
tolerations: []
`;

describe("Documents of one value a line", () => {
  it("are read without the whole grammar, with the same answer", () => {
    expect(expectSame(PLAIN, 7)).to.equal(true);
    expect(expectSame(PLAIN.replaceAll("\n", "\r\n"), 7)).to.equal(true);
    expect(expectSame("")).to.equal(true);
  });

  it("are left to it where they have more", () => {
    for (const text of [
      ...["a: &x b\nc: *x\n", "? a\n: b\n", "a:\tb\n", "a: b: c\n", "<<: *x\n", "%YAML 1.2\n---\na: b\n"],
      ...["a:\n    b: c\n  d: e\n", "a\n", "a: [b\n", "a: 'b\n", "- a\nb: c\n", "a: |2\n   b\n"],
      ...["a: [*x]\n", "--- a\n", "a: b\n...\n", '{"a": 1}\n', "a: |\n  b\n # c\n  d\n"],
    ])
      expect(expectSame(text), JSON.stringify(text)).to.equal(false);
  });

  it("say the same whichever way they are read, whatever lines they have", () => {
    const content = fc.constantFrom(
      ...[
        "a:",
        "b: c",
        "- d",
        "- e: f",
        "-",
        "k: |",
        "m: >-",
        "- |+",
        "text",
        "x: 'q' # c",
        'y: "z"',
        "# c",
        "",
        "- - n",
      ],
      ...[
        "w: [1, 2]",
        "w: [a, \"b\", 'c d'] ",
        "w: [a,]",
        "w: [a] b",
        "- [ x/y ]",
        "v: {a: b}",
        "'q q': 1",
        "u: 'it''s'",
        "t: a #b",
        "s: a#b",
        "r: a:b",
        "- {a: b}",
        "p: [",
        "]",
        "---",
      ],
      ...["o: a: b", "n: -", "- -1", "l: ?", "j: ~", "i: &&", "h: <x", "g: , ", "f: 'a' b", "é: ü", "e-f.g/h: i"],
    );
    const line = fc.tuple(fc.constantFrom(0, 0, 1, 2, 2, 3, 4, 6), content);
    const text = fc
      .tuple(fc.array(line, { maxLength: 9 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
      .map(
        ([lines, end, isEnded]) =>
          lines.map(([spaces, one]) => " ".repeat(spaces) + one).join(end) + (isEnded ? end : ""),
      );
    fc.assert(
      fc.property(text, (one) => void expectSame(one)),
      { numRuns: 600 },
    );
  });
});
