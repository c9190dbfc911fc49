import { expect } from "chai";
import fc from "fast-check";
import { plainYaml } from "../../../core/documents/plainYaml";
import { readYaml, readYamlDocument } from "../../../core/documents/yamlText";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { writePlan } from "../../../core/migration/writePlan";
import { planText } from "../migration/samples";

/** What is read without the whole grammar is what the whole grammar reads, and right. */
function isPlain(text: string): boolean {
  const plain = plainYaml(text);
  const { value, problems } = readYamlDocument(text);
  if (plain) expect({ value: plain.value, problems: [] }, JSON.stringify(text)).to.deep.equal({ value, problems });
  return plain !== undefined;
}

const VALUES = (
  "b|1|0|-1|+1|01|1.5|1.|.5|1e3|1E+3|0x1F|0o17|1_0|1.2.3|123456789012345|1234567890123456|.inf|-.INF|.nan|.NaN|null|" +
  "Null|NULL|~|~a|true|True|TRUE|false|FALSE|yes|2026-11-21|2026-11-21T12:00:00Z|docker.io/library/nginx:1.25|a b, c|" +
  "\"a b\"|'a b'|\"1\"|'~'|\"a\\n\"|'it''s'|[a, 1, \"b\"]|[linux/amd64]|[]|{}|{a: b}|&a b|*a|!t b|- a|a: b|a #b|a#b|#b|" +
  "\u0085|\u2028|\u00e9|a\rb|a\tb|?|: a|@a|`a|%a|>-|>|a\\"
).split("|");
const KEYS = 'a|b|a.b|a-b|1|1.0|true|null|~|<<|"<<"|"a"|\'b c\'|__proto__|constructor|toString|é|a b|'.split("|");

describe("YAML as plain as Kiln writes it", () => {
  it("is a plan that was written", () => {
    const written = writePlan(readYaml(planText).value as MigrationPlanDocument);
    expect(isPlain(written)).to.equal(true);
    expect(isPlain(written.replaceAll("\n", "\r\n"))).to.equal(true);
  });

  it("is neither what the whole grammar is for, nor what is wrong", () => {
    for (const text of [
      ...["", "# a\n", "a\n", "1\n", "a: b\n---\nc: d\n", "%YAML 1.2\n---\na: b\n", "\ufeffa: b\n", '{"a": 1}\n'],
      ...[
        "a: &x b\n",
        "a: *x\n",
        "a: !x b\n",
        "a: {b: c}\n",
        "a: |\n  b\n",
        "a: b\n  c\n",
        "a: b\na: c\n",
        "a: b\rc: d\n",
      ],
      ...[
        "a: 1.5\n",
        "a: ~\n",
        "a: True\n",
        "a: 0x1F\n",
        "a: 1e3\n",
        "a: 12345678901234567890\n",
        "1: a\n",
        '"<<": a\n',
      ],
    ])
      expect(isPlain(text), JSON.stringify(text)).to.equal(false);
  });

  it("means what the whole grammar says, whatever lines it has", () => {
    const plain = fc.tuple(
      fc.constantFrom("a", "b", "c-d", "e.f"),
      fc.constantFrom("b", "1", "x/y:1", "'a b'", "[a, 1]", ""),
    );
    const any = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES));
    const content = fc.oneof(
      { weight: 8, arbitrary: plain.map(([key, value]) => `${key}: ${value}`) },
      any.map(([key, value]) => `${key}: ${value}`),
      fc.constantFrom(...VALUES),
      fc.constantFrom("", "# a", "---"),
      fc.string({ unit: fc.constantFrom(..."ab1 :-#'\"[]{},&*!|>?%@`\\~\t<=.\r"), maxLength: 8 }),
    );
    const line = fc.tuple(
      fc.constantFrom(...["", "", "  ", "  ", "    ", " "]),
      fc.constantFrom("", "", "- ", "- - ", "-   "),
      content,
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 7 }), fc.constantFrom("\n", "\n", "\r\n"), fc.boolean())
      .map(([lines, end, isEnded]) => lines.map((one) => one.join("")).join(end) + (isEnded ? end : ""));
    let read = 0;
    fc.assert(
      fc.property(text, (one) => {
        read += Number(isPlain(one));
      }),
      { numRuns: 2_000 },
    );
    expect(read).to.be.greaterThan(100);
  });

  it("tells where something stands all the same", () => {
    const { value, placeOf } = readYaml("a:\n  - b: c\n    d: 1\n");
    expect(value).to.deep.equal({ a: [{ b: "c", d: 1 }] });
    expect(placeOf(["a", "0", "d"])).to.deep.equal({ line: 3, column: 8 });
    expect(placeOf(["a", "1"])).to.deep.equal({ line: 2, column: 3 });
  });
});
