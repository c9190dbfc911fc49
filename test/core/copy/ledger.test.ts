import { expect } from "chai";
import fc from "fast-check";
import { foldLedger, otherCopy } from "../../../core/copy/foldLedger";
import { type CopyLedgerDocument, type LedgerStep } from "../../../core/copy/ledger";
import { API_VERSION } from "../../../core/lifecycle/familyPolicy";

const AT = "2026-01-01T00:00:00.000Z";

const HEADER: CopyLedgerDocument = {
  ...{
    apiVersion: API_VERSION,
    kind: "CopyLedger",
    plan: "sha256:1",
    task: 0,
    tasks: 1,
    tool: "gcrane v0.22.1",
    at: AT,
  },
};

const source = fc.constantFrom("ghcr.io/a:1", "ghcr.io/b:1", "docker.io/library/é:1");
const digest = fc.constantFrom("sha256:a", "sha256:b");

const step: fc.Arbitrary<LedgerStep> = fc.oneof(
  fc.record({
    step: fc.constant("resolved" as const),
    at: fc.constant(AT),
    source,
    digest,
    mediaType: fc.constant("x"),
  }),
  fc.record({
    ...{ step: fc.constant("spent" as const), at: fc.constant(AT), source, registry: fc.constant("docker.io") },
    manifests: fc.integer({ min: 1, max: 20 }),
  }),
  fc.record({ step: fc.constant("copying" as const), at: fc.constant(AT), source, attempt: fc.integer({ min: 1 }) }),
  fc.record({ step: fc.constant("copied" as const), at: fc.constant(AT), source, digest, bytes: fc.nat() }),
  fc.record({
    ...{ step: fc.constant("failed" as const), at: fc.constant(AT), source },
    ...{ kind: fc.constant("denied" as const), message: fc.string() },
  }),
);

const textOf = (steps: readonly LedgerStep[]) => [HEADER, ...steps].map((line) => `${JSON.stringify(line)}\n`).join("");

describe("the ledger of a copy", () => {
  it("says what is known of each image, and what was spent", () => {
    const { state, header, problem } = foldLedger(
      textOf([
        { step: "resolved", at: AT, source: "ghcr.io/a:1", digest: "sha256:a", mediaType: "x" },
        { step: "spent", at: AT, source: "ghcr.io/a:1", registry: "docker.io", manifests: 3 },
        { step: "surveyed", at: AT, source: "ghcr.io/a:1", manifest: "{}" },
        { step: "copied", at: AT, source: "ghcr.io/a:1", digest: "sha256:b", bytes: 7 },
      ]),
    );
    expect([header, problem]).to.deep.equal([HEADER, undefined]);
    expect(Object.fromEntries(state.images)).to.deep.equal({
      "ghcr.io/a:1": { digest: "sha256:a", mediaType: "x", manifest: "{}", copied: { digest: "sha256:b", bytes: 7 } },
    });
    expect(state.spendings.get("docker.io")).to.deep.equal([{ at: Date.parse(AT), manifests: 3 }]);
  });

  it("loses no more than its last line, wherever a kill tears it", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), fc.nat(), (steps, cut) => {
        const text = textOf(steps);
        const torn = text.slice(0, cut % (text.length + 1));
        const lines = torn.split("\n").length - 1;
        const folded = foldLedger(torn);
        expect(folded.problem).to.equal(undefined);
        expect(folded.whole).to.equal(torn.lastIndexOf("\n") + 1);
        if (lines > 0) expect(folded.state).to.deep.equal(foldLedger(textOf(steps.slice(0, lines - 1))).state);
      }),
    );
  });

  it("is not taken where it is something else, or was changed", () => {
    const problems = [
      "{}\n",
      "x\n",
      `${JSON.stringify({ ...HEADER, apiVersion: "kiln/v9" })}\n`,
      `${textOf([])}{"step":1}\n`,
    ].map((text) => foldLedger(text).problem);
    expect(problems).to.deep.equal([
      "line 1 is not the head of a CopyLedger: name another file",
      "line 1 is not the head of a CopyLedger: name another file",
      "line 1 is of another version than kiln/v1: use the Kiln that wrote it",
      "line 2 is not a step: the file was changed",
    ]);
  });

  it("belongs to one plan and one task", () => {
    expect(otherCopy(HEADER, HEADER)).to.equal(undefined);
    expect(otherCopy(HEADER, { ...HEADER, plan: "sha256:2" })).to.match(/^belongs to another plan/);
    expect(otherCopy(HEADER, { ...HEADER, task: 1, tasks: 4 })).to.match(
      /^belongs to task 0 of 1, and this is task 1 of 4/,
    );
  });
});
