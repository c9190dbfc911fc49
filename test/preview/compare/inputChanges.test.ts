import { expect } from "chai";
import fc from "fast-check";
import { type GraphValue } from "../../../preview";
import { objectChanges } from "../../../preview/compare/inputChanges";

type Fields = Record<string, GraphValue>;

/** Inputs of the base, of the change, and what differs. */
const CASES: Record<string, [before: Fields, after: Fields, changes: object[]]> = {
  "a value deep inside": [
    { a: { b: { c: 1, d: 2 } } },
    { a: { b: { c: 1, d: 3 } } },
    [{ path: "a.b.d", before: 2, after: 3 }],
  ],
  "what comes and goes": [
    { gone: "x", kept: null },
    { kept: null, fresh: false },
    [
      { path: "fresh", after: false },
      { path: "gone", before: "x" },
    ],
  ],
  "keys that are no names": [
    { labels: { "my.key": "a" } },
    { labels: {} },
    [{ path: 'labels["my.key"]', before: "a" }],
  ],
  "entries with names, wherever they stand": [
    {
      rules: [
        { name: "web", port: 80 },
        { name: "ssh", port: 22 },
      ],
    },
    {
      rules: [
        { name: "db", port: 1 },
        { name: "web", port: 443 },
      ],
    },
    [
      { path: 'rules["db"]', after: { name: "db", port: 1 } },
      { path: 'rules["ssh"]', before: { name: "ssh", port: 22 } },
      { path: 'rules["web"].port', before: 80, after: 443 },
    ],
  ],
  "the order of named entries": [
    { steps: [{ id: "a" }, { id: "b" }] },
    { steps: [{ id: "b" }, { id: "a" }] },
    [{ path: "steps", before: ["a", "b"], after: ["b", "a"] }],
  ],
  "entries without names, by their place": [
    { disks: [{ size: 1 }] },
    { disks: [{ size: 2 }, { size: 3 }] },
    [
      { path: "disks[0].size", before: 1, after: 2 },
      { path: "disks[1]", after: { size: 3 } },
    ],
  ],
  "entries of which two have one name, by their place": [
    { steps: [{ name: "go" }, { name: "go" }] },
    { steps: [{ name: "go" }, { name: "npm" }] },
    [{ path: "steps[1].name", before: "go", after: "npm" }],
  ],
  "texts that a list gains and loses": [
    { members: ["a", "b"] },
    { members: ["c", "b"] },
    [
      { path: "members[]", before: "a" },
      { path: "members[]", after: "c" },
    ],
  ],
  "the order of texts": [
    { zones: ["a", "b"] },
    { zones: ["b", "a"] },
    [{ path: "zones", before: ["a", "b"], after: ["b", "a"] }],
  ],
  "JSON in text": [
    { content: '{"keep": {"atLeast": 3}}' },
    { content: '{\n "keep": {"atLeast": 1}}' },
    [{ path: "content.keep.atLeast", before: 3, after: 1 }],
  ],
  "a list that becomes a text": [{ a: ["x"] }, { a: "x" }, [{ path: "a", before: ["x"], after: "x" }]],
  "secrets on both sides: nobody can tell": [{ a: "[secret]" }, { a: "[secret]" }, []],
  "a secret that becomes plain": [
    { a: "[secret]" },
    { a: "x" },
    [{ path: "a", before: "[secret]", after: "[not secret]" }],
  ],
  "what becomes a secret, without showing it": [
    { a: "x", b: { c: "y" }, d: "z", e: { $unknown: true } },
    { a: "[secret]", b: "[secret]", d: "[secret]", e: "[secret]" },
    [
      { path: "a", before: "[not secret]", after: "[secret]" },
      { path: "b", before: "[not secret]", after: "[secret]" },
      { path: "d", before: "[not secret]", after: "[secret]" },
      { path: "e", before: { $unknown: true }, after: "[secret]" },
    ],
  ],
  "what becomes a secret in a list, without showing it": [
    { a: ["kept", "x"], b: [{ name: "x" }] },
    { a: ["[secret]", "kept"], b: [{ name: "[secret]" }] },
    [
      { path: "a[]", before: "[not secret]" },
      { path: "a[]", after: "[secret]" },
      { path: "b[0].name", before: "[not secret]", after: "[secret]" },
    ],
  ],
  "JSON in text of which only the form differs: nothing": [
    { a: '{"b": 1, "c": [1, 2.5, "d:e"]}' },
    { a: '{ "c": [1,2.5,"d:e"],\n"b": 1 }' },
    [],
  ],
  "digits that no number holds, as text": [
    { a: '{"b": 9007199254740993}' },
    { a: '{"b": 9007199254740992}' },
    [{ path: "a", before: '{"b": 9007199254740993}', after: '{"b": 9007199254740992}' }],
  ],
  "keys that occur twice, as text": [
    { a: '{"b": 1, "b": 2}' },
    { a: '{"b": 3, "b": 2}' },
    [{ path: "a", before: '{"b": 1, "b": 2}', after: '{"b": 3, "b": 2}' }],
  ],
  "unknown on both sides: nobody can tell": [{ a: { $unknown: true } }, { a: { $unknown: true } }, []],
  "what becomes unknown": [
    { a: { b: "x" } },
    { a: { b: { $unknown: true } } },
    [{ path: "a.b", before: "x", after: { $unknown: true } }],
  ],
  "an object that becomes unknown as a whole": [
    { a: { b: "x" } },
    { a: { $unknown: true } },
    [{ path: "a", before: { b: "x" }, after: { $unknown: true } }],
  ],
  "assets of the same contents elsewhere": [
    { a: { $asset: { path: "x", hash: "h" } } },
    { a: { $asset: { path: "y", hash: "h" } } },
    [],
  ],
  "assets of other contents": [
    { a: { $asset: { path: "x", hash: "h" } } },
    { a: { $asset: { path: "x", hash: "i" } } },
    [{ path: "a", before: { $asset: { path: "x", hash: "h" } }, after: { $asset: { path: "x", hash: "i" } } }],
  ],
};

describe("objectChanges", () => {
  for (const [name, [before, after, changes]] of Object.entries(CASES))
    it(`tells ${name}`, () => {
      const found = objectChanges(before, after).map((change) => ({ ...change, places: undefined }));
      expect(found).to.deep.equal(changes.map((change) => ({ ...change, places: undefined })));
    });

  it("knows the places of what it calls by name", () => {
    const rules = (...list: Fields[]) => ({ rules: list });
    const [web, ssh] = [{ name: "web", port: 1 }, { name: "ssh" }];
    const places = (a: Fields, b: Fields) => objectChanges(a, b).map((change) => change.places);
    expect(places(rules(web, ssh), rules(ssh, { ...web, port: 2 }))).to.deep.equal([
      undefined,
      ["rules[0].port", "rules[1].port"],
    ]);
    expect(places(rules(ssh), rules(ssh, web))).to.deep.equal([["rules[1]", "rules[1]"]]);
    expect(places({ a: ["x"] }, { a: ["x", "y"] })).to.deep.equal([["a[1]", "a[1]"]]);
  });

  it("treats a key named __proto__ as a key", () => {
    const hostile = JSON.parse('{"a": {"__proto__": {"evil": 1}}}') as Fields;
    expect(objectChanges({ a: {} }, hostile)).to.deep.equal([{ path: "a.__proto__", after: { evil: 1 } }]);
    expect(({} as { evil?: number }).evil).to.equal(undefined);
  });

  it("compares text that nests JSON without end as text", () => {
    const deep = `{"a": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    expect(objectChanges({ a: deep }, { a: `${deep} ` }).map(({ path }) => path)).to.deep.equal(["a"]);
  });

  it("finds nothing between a value and itself, and the same places in both directions", () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 }) as fc.Arbitrary<Fields>;
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(objectChanges(a, structuredClone(a))).to.deep.equal([]);
        const there = objectChanges(a, b).map(({ path }) => path);
        const back = objectChanges(b, a).map(({ path }) => path);
        expect(there).to.have.members(back);
      }),
    );
  });
});
