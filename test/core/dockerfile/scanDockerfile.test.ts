import { expect } from "chai";
import { scanDockerfile } from "../../../core/dockerfile/scanDockerfile";
import { expectSound, linesOf } from "../scan/fileScan";

const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;

/** What a Dockerfile says, and the images in it. */
const CASES: Record<string, [string, string[]]> = {
  FROM: ["FROM nginx:1.25\n", ["FROM nginx:1.25"]],
  "FROM without an end of line": ["FROM nginx", ["FROM nginx"]],
  "lower case": ["from nginx as Web\ncopy --from=WEB a b\n", ["FROM nginx"]],
  "names of stages in any case": ["FROM a AS Web\nFROM web\nCOPY --from=wEB x y", ["FROM a"]],
  "--platform": ["FROM --platform=$BUILDPLATFORM golang:1 AS b", ["FROM golang:1"]],
  "tag and digest": [`FROM a.b:5000/c/d:e@${DIGEST}`, [`FROM a.b:5000/c/d:e@${DIGEST}`]],
  scratch: ["FROM scratch\nCOPY --from=scratch a b", []],
  "a byte order mark and CRLF": ["\ufeffFROM nginx\r\nFROM redis\r\n", ["FROM nginx", "FROM redis"]],
  quotes: [`FROM "nginx:1"\nFROM 'redis:2'\nFROM alp"ine"`, ["FROM nginx:1", "FROM redis:2", "FROM alpine"]],
  "ARG before the first FROM": ["ARG V=18\nFROM node:${V}-slim", ["FROM node:18-slim"]],
  "several in one ARG": ["ARG A=x B=1\nFROM $A:$B", ["FROM x:1"]],
  "an ARG without a default": ["ARG V\nFROM node:$V", ["FROM node:$V [V]"]],
  "an ARG that another follows": ["ARG A=x\nARG A\nFROM $A\nFROM $A", ["FROM x", "FROM x"]],
  "an ARG that is defined again": ["ARG A=x\nARG A=y\nFROM $A", ["FROM y"]],
  "chained ARGs": ["ARG A=18\nARG B=node:$A\nARG C=${B}-slim\nFROM $C", ["FROM node:18-slim"]],
  "a chain that is open at its end": ["ARG A\nARG B=node:$A\nFROM $B", ["FROM node:$A [A]"]],
  "quoted defaults": [`ARG A="x:1" B='y$A'\nFROM $A\nFROM $B`, ["FROM x:1"]],
  "an empty default": ["ARG R=\nFROM ${R}nginx\nFROM ${R:-a/}b\nFROM ${R-a/}b", ["FROM nginx", "FROM a/b", "FROM b"]],
  "an empty default that makes no name": [
    "ARG V=\nARG R=\nFROM x:${V}\nFROM ${R}",
    ["FROM x:${V} [V]", "FROM ${R} [R]"],
  ],
  "defaults at the place": ["FROM ${A:-x}:${B-1}", ["FROM x:1"]],
  "defaults in defaults": ["ARG C=2\nFROM ${A:-${B:-x}:$C}", ["FROM x:2"]],
  alternatives: ["ARG D=1\nFROM x:2${D:+-debug}${E:+-other}", ["FROM x:2-debug"]],
  "a variable that must be set": ["ARG A=x\nFROM ${A:?needed}", ["FROM x"]],
  "an operator that cuts": ["ARG A=v1\nFROM x:${A#v}", ["FROM x:${A#v} [A]"]],
  "variables of the platform": ["ARG TARGETARCH\nFROM x:$TARGETARCH", ["FROM x:$TARGETARCH [TARGETARCH]"]],
  "an ARG in a stage is not for FROM": ["FROM a\nARG V=1\nFROM b:$V", ["FROM a", "FROM b:$V [V]"]],
  "a stage by the name of an image": ["FROM a AS nginx\nFROM nginx", ["FROM a"]],
  "a later stage is an image": ["FROM b\nFROM a AS b", ["FROM b", "FROM a"]],
  "a stage by a variable": ["ARG B=build\nFROM a AS build\nFROM ${B}", ["FROM a"]],
  "a stage by a pattern": ["FROM a AS build-amd64\nFROM build-$TARGETARCH\nFROM a-$X", ["FROM a", "FROM a-$X [X]"]],
  "COPY --from": [
    "FROM a\nCOPY --chown=1 --from=b:1 x y\nCOPY --from=0 x y\nCOPY a --from=c",
    ["FROM a", "COPY --from b:1"],
  ],
  "ADD --from": ["FROM a\nADD --from=b x y", ["FROM a", "ADD --from b"]],
  "COPY without the option": ["FROM a\nCOPY from=b --from c", ["FROM a"]],
  mounts: [
    "FROM a\nRUN --mount=type=cache,target=/c --mount=type=bind,from=b,target=/x --mount=from=c:1 --network=none make",
    ["FROM a", "RUN --mount b", "RUN --mount c:1"],
  ],
  "a mount of a stage": ["FROM a AS s\nRUN --mount=from=S,target=/x make", ["FROM a"]],
  "no mount after the command": ["FROM a\nRUN make --mount=from=b", ["FROM a"]],
  syntax: ["# syntax=docker/dockerfile:1\nFROM a", ["# syntax docker/dockerfile:1", "FROM a"]],
  "syntax with blanks": ["#Syntax = docker/dockerfile:1 x\nFROM a", ["# syntax docker/dockerfile:1", "FROM a"]],
  "syntax after another directive": [
    "#!/usr/bin/env docker\n# escape=`\n# other=1\n# syntax=x/y\nFROM a",
    ["# syntax x/y", "FROM a"],
  ],
  "syntax after a comment": ["# Builds it\n# syntax=docker/dockerfile:1\nFROM a", ["FROM a"]],
  "syntax after an empty line": ["\n# syntax=docker/dockerfile:1\nFROM a", ["FROM a"]],
  ONBUILD: [
    "FROM a\nONBUILD COPY --from=b x y\nonbuild run --mount=from=c make\nONBUILD ARG A=1",
    ["FROM a", "ONBUILD COPY --from b", "ONBUILD RUN --mount c"],
  ],
  heredocs: ['FROM a\nRUN <<EOF\nFROM b\nEOF\nCOPY <<-"E F" <<X /\nFROM c\nX\nFROM d', ["FROM a", "FROM d"]],
  "a heredoc by tabs": ["FROM a\nRUN <<-EOF cat\n\tFROM b\n\tEOF\nFROM c", ["FROM a", "FROM c"]],
  "two heredocs": ["FROM a\nCOPY <<A <<'B' /\nFROM b\nA\nFROM c\nB\nFROM d", ["FROM a", "FROM d"]],
  "a heredoc without an end": ["FROM a\nRUN <<EOF\nFROM b", ["FROM a", "FROM b"]],
  "a heredoc in an ONBUILD": ["FROM a\nONBUILD RUN <<E\nFROM b\nE\nFROM c", ["FROM a", "FROM c"]],
  "no heredoc in quotes": ['FROM a\nRUN echo "x <<E"\nFROM b\nE', ["FROM a", "FROM b"]],
  "joined lines": ["FROM \\\n  --platform=x \\\n\n# c\n  a:\\\n1 \\\n AS \\ \n b\nFROM b", ["FROM a:1"]],
  "a joined keyword": ["FR\\\nOM a", ["FROM a"]],
  "two escapes join nothing": ["FROM a\nRUN x \\\\\nFROM b", ["FROM a", "FROM b"]],
  "escape by a backtick": ["# escape=`\nFROM `\n a\nRUN dir C:\\\nFROM b", ["FROM a", "FROM b"]],
  "a comment": ["# FROM a\n  # FROM b\nFROM c", ["FROM c"]],
  "an escape in a name": ["FROM a\\:1", ["FROM a:1"]],
  "a placeholder": ["FROM gcr.io/PROJECT_ID/app\nFROM <image>", []],
  indentation: ["\t FROM a", ["FROM a"]],
  "words that only begin like keywords": ["FROMAGE a\nRUN FROM b", []],
};

describe("scanDockerfile", () => {
  for (const [name, [text, uses]] of Object.entries(CASES))
    it(`reads ${name}`, () => {
      const scan = scanDockerfile(text);
      expect(linesOf(scan)).to.deep.equal(uses);
      expectSound(text, scan);
    });

  it("says where each piece of a name stands", () => {
    const text = 'ARG REG=docker.io V="18"\nFROM ${REG}/node:${V}-\\\nslim AS x\n';
    const [use] = scanDockerfile(text).uses;
    expect(use.reference).to.equal("docker.io/node:18-slim");
    expect(use.open).to.deep.equal([]);
    expect(use.certainty).to.equal("certain");
    expect(use.purpose).to.equal("pull");
    expect(text.slice(use.span.start, use.span.end)).to.equal("${REG}/node:${V}-\\\nslim");
    expect(use.pieces.map((piece) => [piece.text, piece.span?.start, piece.holder])).to.deep.equal([
      ["docker.io", text.indexOf("docker.io"), "ARG REG"],
      ["/node:", text.indexOf("/node:"), undefined],
      ["18", text.indexOf("18"), "ARG V"],
      ["-", text.indexOf("-\\"), undefined],
      ["slim", text.indexOf("slim"), undefined],
    ]);
  });

  it("says which ARG holds each piece, through other ARGs", () => {
    const [use] = scanDockerfile("ARG V=18\nARG I=node:$V-slim\nFROM $I").uses;
    expect(use.pieces.map(({ text, holder }) => [text, holder])).to.deep.equal([
      ["node:", "ARG I"],
      ["18", "ARG V"],
      ["-slim", "ARG I"],
    ]);
  });

  it("reads commands of a RUN and of its heredocs, with the stage's variables, as likely", () => {
    const text =
      "ARG V=2\nFROM a\nENV R=r.io\nARG V\nRUN x && \\\n  # docker pull no\n docker pull $R/b:$V\nRUN <<E\ndocker run c:1\nE\n" +
      'RUN ["docker", "pull", "d:1"]\n';
    const scan = scanDockerfile(text);
    expect(linesOf(scan)).to.deep.equal(["FROM a", "docker pull r.io/b:2", "docker run c:1", "docker pull d:1"]);
    expect(scan.uses.map(({ certainty }) => certainty)).to.deep.equal(["certain", "likely", "likely", "likely"]);
    expectSound(text, scan);
  });

  it("says what is no name of an image, and where Docker fills in no variable", () => {
    const text = "FROM Nginx\nFROM a AS b\nCOPY --from=$X a b\nRUN --mount=from=x$Y,target=/ make\nFROM\n";
    const { problems, uses } = scanDockerfile(text);
    expect(linesOf({ uses })).to.deep.equal(["FROM a"]);
    expect(
      problems.map(({ span, message }) => [text.slice(span?.start, span?.end), message.slice(0, 40)]),
    ).to.deep.equal([
      ["Nginx", 'FROM has "Nginx": a name of an image mus'],
      ["$X", "COPY --from has $X, but Docker fills in "],
      ["x$Y", "RUN --mount has x$Y, but Docker fills in"],
      ["FROM", "FROM names no image"],
    ]);
  });
});
