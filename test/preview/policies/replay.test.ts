import { expect } from "chai";
import { join } from "node:path";
import { type PreviewGraph, previewOffline } from "../../../preview";
import { UNKNOWN_TEXT, type WireObject } from "../../../preview/monitor/wire";
import { policyPacks } from "../../../preview/policies";
import { FIXTURES } from "../support";
import { type Call, type CallResource, callsOf, type RecordedCall, recordedCalls } from "./calls";

const PROGRAM = join(FIXTURES, "recorded");
const PACK = join(FIXTURES, "recorded-pack");

/** What the recorded engine's provider answered. */
const ANSWERS = {
  invokes: [{ token: "gcp:compute/getImage:getImage", return: { selfLink: "https://fake/image" } }],
  stackReferences: {},
};

const BEFORE = ["Handshake", "ConfigureStack", "GetPluginInfo", "GetAnalyzerInfo", "Configure"];
const AFTER = ["AnalyzeStack", "Cancel"];

for (const { variant, file } of [
  { variant: "base", file: "grpc-preview-policy.jsonl" },
  { variant: "change", file: "grpc-change-policy.jsonl" },
])
  describe(`the recorded pack on the recorded program, variant ${variant}`, () => {
    const recorded = recordedCalls(join(PACK, file));
    const comparable = variant === "change" ? withoutState : (same: CallResource) => same;
    let calls: Call[];
    let graph: PreviewGraph;
    before(async () => {
      process.env.VARIANT = variant;
      const options = { directory: PROGRAM, answers: ANSWERS, policies: policyPacks([{ directory: PACK }]) };
      calls = await callsOf(async () => (graph = await previewOffline(options)));
      delete process.env.VARIANT;
    });

    it("is called in the engine's order: set up, each resource remediated and then analyzed, the stack, the end", () => {
      for (const sequence of [recorded, calls]) {
        const methods = sequence.map(({ method }) => method);
        const seen = sequence.slice(BEFORE.length, -AFTER.length);
        expect(methods.slice(0, BEFORE.length)).to.deep.equal(BEFORE);
        expect(methods.slice(-AFTER.length)).to.deep.equal(AFTER);
        expect(seen.map(({ method, request }) => [method, request.urn])).to.deep.equal(
          urnsOf(seen).flatMap((urn) => ["Remediate", "Analyze"].map((method) => [method, urn])),
        );
        expect(urnsOf(seen).slice(0, 2).map(typeAndName)).to.deep.equal([
          "pulumi:pulumi:Stack::sample-dev",
          "pulumi:providers:gcp::default_9_37_0",
        ]);
      }
      // What does not depend on each other is registered in an order of its own in each run.
      expect(urnsOf(calls).sort()).to.deep.equal(urnsOf(recorded).sort());
    });

    it("is told where it is and what is previewed", () => {
      for (const method of ["ConfigureStack", "GetPluginInfo", "GetAnalyzerInfo", "Configure", "Cancel"])
        expect(one(calls, method).request, method).to.deep.equal(one(recorded, method).request);
      // Paths and ports are those of the machine.
      const { engineAddress, ...folders } = one(calls, "Handshake").request as Record<string, string>;
      expect(folders).to.deep.equal({ rootDirectory: PACK, programDirectory: PACK });
      expect(engineAddress).to.match(/^127\.0\.0\.1:\d+$/);
    });

    for (const { method, request } of recorded.filter(({ request: { urn } }) => urn !== undefined))
      it(`sees ${request.name} as in the engine (${method})`, () => {
        const ours = calls.find((call) => call.method === method && call.request.urn === request.urn)?.request;
        expect(ours).to.deep.equal(comparable(request, ours ?? {}));
      });

    it("sees the stack as in the engine, in any order", () => {
      const ours = byUrn(one(calls, "AnalyzeStack").request.resources ?? []);
      const theirs = byUrn(one(recorded, "AnalyzeStack").request.resources ?? []);
      expect([...ours.keys()].sort()).to.deep.equal([...theirs.keys()].sort());
      for (const [urn, resource] of theirs)
        expect(ours.get(urn)).to.deep.equal(comparable(resource, ours.get(urn) ?? {}));
    });

    it("says what it said in the engine", () => {
      const [pack] = graph.policyPacks ?? [];
      expect([pack.name, pack.version, pack.unknowns]).to.deep.equal(["sample-pack", "1.0.0", []]);
      expect(pack.violations).to.deep.equal(recorded.flatMap(violationsOf));
      expect(pack.remediations).to.deep.equal(recorded.flatMap(remediationsOf));
      expect(pack.violations.map(({ level, policy }) => `${level} ${policy}`)).to.deep.equal(
        variant === "base" ? ["advisory bucket-location"] : ["mandatory immutable-tags", "advisory bucket-location"],
      );
    });

    it("gives the program what a remediation made of its inputs", () => {
      const { inputs } = graph.resources.find(({ name }) => name === "images-bucket") ?? {};
      expect(inputs?.labels).to.deep.equal({ "kiln-component": "foundation", owner: "platform" });
    });
  });

function urnsOf(calls: Call[]): string[] {
  return [...new Set(calls.flatMap(({ request: { urn } }) => (urn === undefined ? [] : [urn])))];
}

function typeAndName(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

function one(calls: Call[], method: string): Call {
  const found = calls.filter((call) => call.method === method);
  expect(found, method).to.have.length(1);
  return found[0];
}

/** The SDK sends dependencies in the order in which it came to know them. */
function byUrn(resources: CallResource[]): Map<string, CallResource> {
  return new Map(
    resources.map((resource) => {
      const dependencies = resource.dependencies ? { dependencies: [...resource.dependencies].sort() } : {};
      return [resource.urn ?? "", { ...resource, ...dependencies }];
    }),
  );
}

/**
 * The change was recorded against a stack that exists: the engine knew outputs from the state, which an offline preview
 * has not. Such outputs are left out, and what it read of them is unknown. The new stack of the base has none of it.
 */
function withoutState(recorded: CallResource, ours: CallResource): CallResource {
  const properties: WireObject = {};
  for (const [key, value] of Object.entries(recorded.properties ?? {})) {
    const own = ours.properties?.[key];
    if (own !== undefined || !STATE_OUTPUTS.has(key)) properties[key] = own === UNKNOWN_TEXT ? own : value;
  }
  return { ...recorded, properties: properties };
}

/** What the recorded provider makes up for resources that exist. */
const STATE_OUTPUTS = new Set(["id", "name", "number", "selfLink", "uri", "writerIdentity"]);

function violationsOf({ request: { urn }, response }: RecordedCall): object[] {
  return (response?.diagnostics ?? []).map(({ policyName, message, description, enforcementLevel }) => ({
    policy: policyName,
    urn,
    level: (enforcementLevel ?? "ADVISORY").toLowerCase(),
    message: message.replace(`${description}\n`, ""),
  }));
}

function remediationsOf({ request, response }: RecordedCall): object[] {
  return (response?.remediations ?? []).map(({ policyName, properties }) => ({
    policy: policyName,
    urn: request.urn,
    inputs: Object.keys(properties).filter(
      (key) => JSON.stringify(properties[key]) !== JSON.stringify(request.properties?.[key]),
    ),
  }));
}
