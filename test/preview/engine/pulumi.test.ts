import { expect } from "chai";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { previewWithPulumi, readPulumiJson } from "../../../preview";
import { parsePulumiJson } from "../../../preview/engine/pulumiJson";
import { errorsOf, FIXTURES, project, refusal } from "../support";

const STEP = { op: "create", urn: "urn:pulumi:dev::sample::t:index:T::it" };

describe("readPulumiJson", () => {
  it("tells what changes, what forces a replacement and how much stays", () => {
    const {
      resources,
      changeSummary,
      diagnostics,
      project: name,
      stack,
      source,
    } = readPulumiJson(join(FIXTURES, "change.json"));
    expect({ name, stack, source, changeSummary }).to.deep.equal({
      name: "sample",
      stack: "dev",
      source: "pulumi",
      changeSummary: { create: 1, delete: 1, replace: 1, same: 9 },
    });
    expect(resources.map((resource) => [resource.name, resource.change])).to.deep.equal([
      ["sample-dev", { op: "same", diffReasons: [], replaceReasons: [] }],
      ["apps", { op: "replace", diffReasons: ["dockerConfig", "repositoryId"], replaceReasons: ["repositoryId"] }],
      ["doomed", { op: "delete", diffReasons: [], replaceReasons: [] }],
      ["fresh", { op: "create", diffReasons: [], replaceReasons: [] }],
    ]);
    expect(diagnostics).to.deep.equal([{ severity: "warning", message: "a warning from the program" }]);
  });

  it("reads unknowns, secrets and options of a preview of everything", () => {
    const { resources } = readPulumiJson(join(FIXTURES, "preview.json"));
    const named = (name: string) => resources.find((resource) => resource.name === name);
    expect(named("images-writer")?.inputs.member).to.deep.equal({ $unknown: true });
    expect(named("secretive")?.inputs.labels).to.deep.equal({ token: "[secret]" });
    expect(named("apps")?.options.customTimeouts).to.deep.equal({ create: "300s" });
    expect(named("apps")?.provider).to.equal("urn:pulumi:dev::sample::pulumi:providers:gcp::default_9_37_0");
  });

  it("takes the steps of one replacement together", () => {
    const steps = ["create-replacement", "replace", "delete-replaced"].map((op) => ({
      ...STEP,
      op,
      replaceReasons: ["name"],
    }));
    const { resources } = parsePulumiJson(JSON.stringify({ steps }), "it");
    expect(resources.map(({ change }) => change)).to.deep.equal([
      { op: "replace", diffReasons: [], replaceReasons: ["name"] },
    ]);
  });

  it("loses no resource where parents go round in a circle", () => {
    const parents = { a: "b", b: "a", c: "c", d: undefined, e: "a" };
    const urn = (name?: string) => name && `urn:pulumi:dev::sample::t:index:T::${name}`;
    const steps = Object.entries(parents).map(([name, parent]) => ({
      op: "create",
      urn: urn(name),
      newState: { parent: urn(parent), inputs: null, outputs: null, dependencies: null },
    }));
    const { resources } = parsePulumiJson(JSON.stringify({ steps }), "it");
    expect(resources.map(({ name }) => name)).to.deep.equal(["a", "b", "e", "c", "d"]);
  });

  const refused: Record<string, [text: string, error: string]> = {
    "what is not JSON": ["{", "it: is not JSON: "],
    "another JSON": ['{"name":"x"}', `it: the file lacks the key "steps"; add it`],
    "a step without URN": [JSON.stringify({ steps: [{ op: "create" }] }), `it: steps.0 lacks the key "urn"; add it`],
    "no step at all": ['{"steps":[]}', "it: holds no step; write it with pulumi preview --json > FILE"],
    "a state of other types": [
      JSON.stringify({ steps: [{ ...STEP, newState: { type: 5, dependencies: {} } }] }),
      "it: steps.0.newState.type must be string, got 5",
    ],
    "messages of other types": [
      JSON.stringify({ steps: [STEP], diagnostics: [{ message: 5 }] }),
      "it: diagnostics.0.message must be string, got 5",
    ],
    "what is nested without end": [`${"[".repeat(9999)}${"]".repeat(9999)}`, "it: is nested more than 500 levels deep"],
    "a preview that failed": [
      JSON.stringify({ steps: [STEP], diagnostics: [{ severity: "error", message: "error: boom\n" }] }),
      "boom",
    ],
  };
  for (const [name, [text, error]] of Object.entries(refused)) {
    it(`refuses ${name}`, async () => {
      const errors = errorsOf(await refusal(Promise.resolve().then(() => parsePulumiJson(text, "it"))));
      expect(errors[0]).to.include(error);
    });
  }
});

// The real CLI cannot be installed without its download: a stand-in on the PATH prints what it printed.
describe("previewWithPulumi, on a stand-in for the CLI", () => {
  const PATH = process.env.PATH;
  afterEach(() => {
    process.env.PATH = PATH;
  });

  it("asks the CLI for the stack's preview and reads it", async () => {
    standIn(`printf '%s ' "$@" >> "$PWD/asked"; cat ${join(FIXTURES, "change.json")}`);
    const graph = await previewWithPulumi({ directory: project({}), stack: "dev", timeoutMs: 10_000 });
    expect(graph.resources).to.have.length(4);
  });

  it("passes the arguments that keep the CLI from asking back", async () => {
    standIn(`echo "$@" >&2; exit 3`);
    const refused = await refusal(previewWithPulumi({ directory: project({}), stack: "prod", timeoutMs: 10_000 }));
    expect(errorsOf(refused)).to.deep.equal(["preview --json --non-interactive --stack prod"]);
  });

  it("says what the CLI said when it refused", async () => {
    standIn("echo 'error: no stack named dev found' >&2; exit 255");
    const refused = await refusal(previewWithPulumi({ directory: project({}), timeoutMs: 10_000 }));
    expect(errorsOf(refused)).to.deep.equal(["no stack named dev found"]);
  });

  it("stops a CLI that does not end", async () => {
    standIn("sleep 60");
    const refused = await refusal(previewWithPulumi({ directory: project({}), timeoutMs: 300 }));
    expect(errorsOf(refused)).to.deep.equal([
      "pulumi preview did not end within 0.3 s; it was stopped. Raise --timeout",
    ]);
  });

  it("says where to get the CLI when there is none", async () => {
    process.env.PATH = project({});
    const refused = await refusal(previewWithPulumi({ directory: project({}), timeoutMs: 10_000 }));
    expect(errorsOf(refused)[0]).to.match(
      /^the Pulumi CLI is not installed: .*Install it from https:\/\/www\.pulumi\.com/,
    );
  });
});

function standIn(script: string): void {
  const folder = project({});
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "pulumi"), 0o755);
  process.env.PATH = `${folder}${delimiter}${process.env.PATH ?? ""}`;
}
