import { expect } from "chai";
import fc from "fast-check";
import { scanDockerfile } from "../../../core/dockerfile/scanDockerfile";
import { expectSound } from "../scan/fileScan";

const part = fc.constantFrom("node", "ghcr.io/acme/web-app", "localhost:5000/a/b", "docker.io/library/redis", "a__b");
const version = fc.constantFrom("", ":1", ":1.2-slim", `@sha256:${"0a".repeat(32)}`, `:x@sha256:${"0a".repeat(32)}`);
const image = fc.tuple(part, version).map((parts) => parts.join(""));

/** Breaks between words: plain, or joined lines with comments and empty lines between. */
const gap = fc.constantFrom(
  " ",
  "\t",
  "  ",
  " \\\n",
  "\\\n ",
  " \\ \n\n# FROM no/image:1 \\\n \t",
  " \\\n  # x\n\\\n ",
);
const inCase = (word: string) => fc.constantFrom(word, word.toLowerCase(), word[0] + word.slice(1).toLowerCase());
/** In a name a line may be joined, and a part may be quoted. */
const written = (text: string) =>
  fc
    .tuple(fc.integer({ min: 2, max: text.length - 1 }), fc.constantFrom("", "", "", "\\\n", "\\\n#c\n", '"'))
    .map(([at, what]) =>
      what === '"' ? `${text.slice(0, at)}"${text.slice(at)}"` : text.slice(0, at) + what + text.slice(at),
    );

interface Sample {
  text: string;
  images: string[];
  /** Lines for the top of the file. */
  top?: string;
}

const words = (...parts: fc.Arbitrary<string>[]) =>
  fc
    .tuple(fc.array(gap, { minLength: parts.length, maxLength: parts.length }), ...parts)
    .map(([gaps, ...texts]) => texts.map((text, i) => (i === 0 ? text : `${gaps[i]}${text}`)).join(""));

const from: fc.Arbitrary<Sample> = image.chain((name) =>
  words(inCase("FROM"), fc.constantFrom("--platform=linux/arm64", "--platform=$BUILDPLATFORM"), written(name)).map(
    (text) => ({ text, images: [name] }),
  ),
);
const fromArg: fc.Arbitrary<Sample> = fc
  .tuple(image, fc.nat(30), fc.constantFrom("", '"', "'"))
  .map(([name, at, quote]) => ({
    top: `ARG V_ID_=${quote}${name.slice(at)}${quote}`,
    text: `FROM ${name.slice(0, at)}\${V_ID_}`,
    images: [name],
  }));
const fromDefault: fc.Arbitrary<Sample> = image.map((name) => ({ text: `FROM \${NONE:-${name}}`, images: [name] }));
const copy: fc.Arbitrary<Sample> = image.chain((name) =>
  words(
    fc.constantFrom("COPY", "add"),
    fc.constantFrom("--chown=a", "--link"),
    written(`--from=${name}`),
    fc.constant("a b"),
  ).map((text) => ({ text, images: [name] })),
);
const mount: fc.Arbitrary<Sample> = fc
  .tuple(image, image)
  .chain(([one, two]) =>
    words(
      inCase("RUN"),
      fc.constant(`--mount=type=bind,from=${one},target=/x`),
      written(`--mount=from=${two},target=/y`),
      fc.constant("make all"),
    ).map((text) => ({ text, images: [one, two] })),
  );
const heredoc: fc.Arbitrary<Sample> = fc
  .tuple(fc.constantFrom("RUN", "COPY"), fc.constantFrom("EOF", "'EOF'", '"EOF"'), image)
  .map(([keyword, word, name]) => ({
    text: `${keyword} <<${word} /x\nFROM ${name}\nCOPY --from=${name} \\\nEOF`,
    images: [],
  }));
const other: fc.Arbitrary<Sample> = fc
  .constantFrom(
    "# FROM a",
    "",
    "ENV FROM=a",
    "LABEL x='FROM a'",
    'CMD ["FROM", "a"]',
    "RUN echo FROM a",
    "COPY --from=0 a b",
    "FROM scratch",
  )
  .map((text) => ({ text, images: [] }));

const samples = fc.array(fc.oneof(from, fromArg, fromDefault, copy, mount, heredoc, other), { maxLength: 12 });

function fileOf(samples: readonly Sample[], newline: string, mark: string): string {
  const numbered = (text: string, i: number) => text.replaceAll("_ID_", `${i}`);
  const parts = samples.map(({ top, text }, i) => ({ top: numbered(top ?? "# none", i), text: numbered(text, i) }));
  const lines = [...parts.map(({ top }) => top), "FROM scratch", ...parts.map(({ text }) => text)];
  return mark + lines.join("\n").replaceAll("\n", newline);
}

describe("generated Dockerfiles", () => {
  it("give back the images that they were made of", () => {
    fc.assert(
      fc.property(samples, fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\ufeff"), (parts, newline, mark) => {
        const text = fileOf(parts, newline, mark);
        const scan = scanDockerfile(text);
        expect(scan.uses.map((use) => use.reference)).to.deep.equal(parts.flatMap(({ images }) => images));
        expect(scan.problems).to.deep.equal([]);
        expectSound(text, scan);
      }),
      { numRuns: 200 },
    );
  });

  it("never fail when they are broken", () => {
    const noise = fc.constantFrom(
      "${",
      "\\\n",
      "<<E",
      "'",
      '"',
      "\0",
      "\r",
      "--from=",
      "$",
      "}",
      ",",
      "\ud800",
      "${A:-",
    );
    fc.assert(
      fc.property(samples, fc.array(fc.tuple(fc.nat(2000), fc.nat(20), noise)), (parts, changes) => {
        let text = fileOf(parts, "\n", "");
        for (const [at, length, what] of changes) text = text.slice(0, at) + what + text.slice(at + length);
        expectSound(text, scanDockerfile(text));
      }),
      { numRuns: 200 },
    );
  });

  it("may be any text", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(..."FROM ARG COPY--from=<<E\n\n\n\\\"'${}:-$A=1/#\0\r\t\ud800é`"),
          maxLength: 200,
        }),
        (text) => expectSound(text, scanDockerfile(text)),
      ),
    );
  });

  it("may repeat a value in others without end: what grows too long is left open", () => {
    const lines = [
      "ARG A0=aaaaaaaa",
      ...Array.from({ length: 60 }, (_, i) => `ARG A${i + 1}=$A${i}$A${i}`),
      "FROM $A60",
    ];
    const [{ reference, open }] = scanDockerfile(lines.join("\n")).uses;
    expect(reference.length).to.be.below(1025);
    expect(open).to.have.length(1);
  });
});
