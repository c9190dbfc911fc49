import { expect } from "chai";
import { beforeAfter } from "../../../preview/report/changes";
import { valueLines, valueText } from "../../../preview/report/valueText";
import { clip, visible, visibleLine } from "../../../preview/report/visible";

describe("values as text", () => {
  it("are JSON on one line, with words for what is not there", () => {
    expect(valueText({ a: [1, null, "[secret]"], b: { $unknown: true } }, 100)).to.equal(
      '{"a": [1, null, [secret]], "b": [unknown]}',
    );
  });

  it("are cut to their size, however big they are", () => {
    expect(valueText("x".repeat(1_000_000), 10)).to.equal('"xxxxxxxx…');
    expect(
      valueText(
        Array.from({ length: 1_000_000 }, () => 1),
        10,
      ),
    ).to.equal("[1, 1, 1,…");
    expect(valueText([1, 2], 6)).to.equal("[1, 2]");
  });

  it("stand on indented lines where one does not hold them", () => {
    const long = "x".repeat(70);
    expect(valueLines({ a: { b: [1, { c: long }] }, d: {}, "e f": 1 }, 1000)).to.deep.equal([
      "a:",
      "  b:",
      "    - 1",
      "    -",
      `      c: "${long}"`,
      "d: {}",
      '"e f": 1',
    ]);
    expect(valueLines({ a: 1, b: 2, c: 3 }, 8)).to.deep.equal(["a: 1", "b: 2", "…"]);
  });

  it("survive more levels than a stack has frames", () => {
    let deep: [] | [unknown] = [];
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(valueText(deep as never, 1_000_000)).to.equal(`${"[".repeat(40)}…${"]".repeat(40)}`);
    expect(valueLines({ deep: deep as never }, 1_000_000)).to.have.length.below(50);
  });
});

describe("two values that differ", () => {
  it("are shown around their first difference", () => {
    const before = `${"a".repeat(500)}X${"b".repeat(500)}`;
    const { before: old, after: now } = beforeAfter(
      { path: "p", before, after: before.replace("X", "Y"), replaces: false },
      60,
    );
    expect(old).to.equal(`…${"a".repeat(24)}X${"b".repeat(35)}…`);
    expect(now).to.equal(`…${"a".repeat(24)}Y${"b".repeat(35)}…`);
  });

  it("stand whole where they are short, and alone where there is one", () => {
    expect(beforeAfter({ path: "p", before: "a", after: "b", replaces: false }, 60)).to.deep.equal({
      before: '"a"',
      after: '"b"',
    });
    expect(beforeAfter({ path: "p", after: null, replaces: false }, 60)).to.deep.equal({
      before: undefined,
      after: "null",
    });
  });
});

describe("text of others", () => {
  it("has everything in sight", () => {
    expect(visible("a\u001b[31mb\u001b[0m\u202ec\u200bd\ud800\r\ne\tf")).to.equal(
      "ab\\u{202e}c\\u{200b}d\\u{d800}\ne\tf",
    );
    expect(visible("日本 é 😀 e\u0301")).to.equal("日本 é 😀 e\u0301");
  });

  it("is cut without tearing a character apart", () => {
    expect(clip("a😀😀", 4)).to.equal("a😀…");
    expect(clip("a😀😀", 3)).to.equal("a…");
    expect(visibleLine("one\ntwo\tthree", 20)).to.equal("one\\ntwo three");
  });
});
