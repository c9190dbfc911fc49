import { expect } from "chai";
import fc from "fast-check";
import { argUses } from "../../../core/dockerfile/argUses";

/** Each default as `NAME=value`, with its uses as the text from there to the end of the line. */
function shown(text: string): [string, string[]][] {
  return argUses(text).map(({ name, value, uses }) => [
    `${name}=${text.slice(value.start, value.end)}`,
    uses.map(({ kind, span }) => `${kind} ${text.slice(span.start).split("\n", 1)[0]}`),
  ]);
}

describe("argUses", () => {
  it("finds every FROM that a default reaches, through other ARGs by their own uses", () => {
    expect(shown('ARG V=18\nARG B="node:$V"\nFROM ${B}-slim AS x\nFROM a:$V\nFROM b:$OTHER')).to.deep.equal([
      ["V=18", ['ARG $V"', "FROM $V"]],
      ['B="node:$V"', ["FROM ${B}-slim AS x"]],
    ]);
  });

  it("finds uses in a stage where the stage has the ARG", () => {
    expect(
      shown("ARG V=18\nFROM a:$V\nRUN echo $V\nARG V\nRUN echo ${V%x}\nENV W=$V\nFROM b\nARG V=2\nCOPY $V /"),
    ).to.deep.equal([
      ["V=18", ["FROM $V", "inherited V", "RUN ${V%x}", "ENV $V", "COPY $V /"]],
      ["V=2", ["COPY $V /"]],
    ]);
  });

  it("lets a later default take the place of an earlier one", () => {
    expect(shown("ARG V=1\nARG W=$V V=2\nFROM a:$V")).to.deep.equal([
      ["V=1", ["ARG $V V=2"]],
      ["W=$V", []],
      ["V=2", ["FROM $V"]],
    ]);
  });

  it("finds uses in heredocs, and empty defaults", () => {
    expect(shown("ARG R=\nFROM ${R}a\nARG R\nRUN <<E\necho $R\nE")).to.deep.equal([
      ["R=", ["FROM ${R}a", "inherited R", "RUN $R"]],
    ]);
  });

  it("reads any text", () => {
    const line = fc.constantFrom("ARG A=1", "ARG A", "FROM $A", "RUN <<E", "E", "ENV B=${A", "ARG B='$A", "\\", "");
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        const text = lines.join("\n");
        for (const { value, uses } of argUses(text)) {
          expect(value.end).to.be.within(value.start, text.length);
          for (const { span } of uses) expect(text.slice(span.start, span.end)).to.match(/^\$|^\w/);
        }
      }),
    );
  });
});
