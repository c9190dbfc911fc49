import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type GraphResource, type PreviewGraph, previewOffline, readPulumiJson } from "../../preview";
import { FIXTURES } from "./support";

const RECORDED = join(FIXTURES, "recorded");

/** What the recorded engine's provider answered. */
const ANSWERS = {
  invokes: [{ token: "gcp:compute/getImage:getImage", args: { family: "debian-12" }, return: recordedImage() }],
  stackReferences: {},
};

describe("previewOffline on the recorded program", () => {
  const recorded = readPulumiJson(join(FIXTURES, "preview.json"));
  let graph: PreviewGraph;
  before(async () => {
    graph = await previewOffline({ directory: RECORDED, answers: ANSWERS });
  });

  it("finds the resources that the engine found, in the same tree", () => {
    expect(graph.resources.map(({ urn }) => urn)).to.deep.equal(recorded.resources.map(({ urn }) => urn));
  });

  for (const { urn } of recorded.resources.filter(({ custom }) => custom)) {
    it(`gives ${urn.split("::").pop()} what the engine gave it`, () => {
      expect(comparable(found(graph, urn))).to.deep.equal(comparable(found(recorded, urn)));
    });
  }

  it("keeps what the engine's JSON leaves out, as the program asked for it", () => {
    expect(byName(graph, "images-project").aliases).to.deep.equal([
      "urn:pulumi:dev::sample::kiln:index:Foundation$gcp:organizations/project:Project::old-project",
    ]);
    expect(byName(graph, "images-writer").options.deleteBeforeReplace).to.equal(true);
    expect(byName(graph, "apps").options).to.include({ version: "9.37.0" });
    expect(byName(graph, "apps").options.customTimeouts).to.deep.equal({ create: "5m" });
  });

  it("shows the component's outputs and the stack's, a secret as such", () => {
    expect(byName(graph, "images").outputs).to.deep.equal({ projectId: "acme-images" });
    expect(graph.outputs).to.deep.equal({ base: "https://fake/image", projectId: "acme-images", token: "[secret]" });
    expect(JSON.stringify(graph)).not.to.include("hunter2");
  });

  it("keeps the program's warning", () => {
    expect(graph.diagnostics).to.deep.equal([{ severity: "warning", message: "a warning from the program" }]);
  });

  it("leaves unknown what a look-up without an answer decides, and gives the same bytes again", async () => {
    const [first, second] = [
      await previewOffline({ directory: RECORDED }),
      await previewOffline({ directory: RECORDED }),
    ];
    expect(first.outputs.base).to.deep.equal({ $unknown: true });
    expect(first.lookups).to.deep.equal([
      {
        token: "gcp:compute/getImage:getImage",
        args: { family: "debian-12", project: "debian-cloud" },
        answered: false,
      },
    ]);
    expect(JSON.stringify(second)).to.equal(JSON.stringify(first));
  });
});

/** Everything that both sources know. */
function comparable(resource: GraphResource) {
  const { additionalSecretOutputs, ignoreChanges, retainOnDelete } = resource.options;
  const options = { additionalSecretOutputs, ignoreChanges, retainOnDelete };
  return { ...resource, change: undefined, outputs: undefined, aliases: undefined, options };
}

function found({ resources }: PreviewGraph, urn: string): GraphResource {
  const resource = resources.find((candidate) => candidate.urn === urn);
  if (!resource) throw new Error(`no ${urn}`);
  return resource;
}

function byName({ resources }: PreviewGraph, name: string): GraphResource {
  const resource = resources.find((candidate) => candidate.name === name);
  if (!resource) throw new Error(`no ${name}`);
  return resource;
}

function recordedImage(): Record<string, unknown> {
  const lines = readFileSync(join(RECORDED, "grpc-preview.jsonl"), "utf8").trim().split("\n");
  const calls = lines.map(
    (line) => JSON.parse(line) as { method: string; response?: { return: Record<string, unknown> } },
  );
  const call = calls.find(({ method, response }) => method.endsWith("ResourceMonitor/Invoke") && response);
  return call?.response?.return ?? {};
}
