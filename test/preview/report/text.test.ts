import { expect } from "chai";
import { join } from "node:path";
import { type GraphResource, type PreviewGraph, readPulumiJson, RENDERERS, reportOf } from "../../../preview";
import { FIXTURES } from "../support";

const text = (graph: PreviewGraph, color = false) => RENDERERS.text(reportOf(graph), { color });

describe("the text report", () => {
  it("shows what the recorded change creates, replaces and deletes, and why", () => {
    expect(text(readPulumiJson(join(FIXTURES, "change.json")))).to.equal(`Preview of sample, stack dev (pulumi)

   pulumi:pulumi:Stack sample-dev
+- ├─ gcp:artifactregistry:Repository apps  replace because of repositoryId, changes dockerConfig
-  ├─ gcp:pubsub:Topic doomed  delete
+  └─ gcp:pubsub:Topic fresh

Changes
  1 to create
  1 to delete
  1 to replace
  9 unchanged

Resources: 4
  1  gcp:artifactregistry:Repository
  2  gcp:pubsub:Topic
  1  pulumi:pulumi:Stack

APIs that the deployer needs
  artifactregistry.googleapis.com
  pubsub.googleapis.com

Roles that the deployer needs
  roles/artifactregistry.admin
  roles/pubsub.admin

Diagnostics
  pulumi:pulumi:Stack (sample-dev):
    warning: a warning from the program

From pulumi preview --json, which leaves out resources that stay the same.
`);
  });

  it("shows what a reviewer must not overlook, outputs, messages and look-ups", () => {
    const graph = offline([
      resource("stack", { type: "pulumi:pulumi:Stack", custom: false }),
      resource("held", { protect: true, options: { retainOnDelete: true } }),
      resource("adopted", { options: { import: "projects/p" } }),
      resource("there", { read: "other" }),
      resource("far", { custom: false, remote: true }),
    ]);
    const report = text({
      ...graph,
      outputs: { long: "x".repeat(200), mixed: { a: { $unknown: true } }, none: { $unknown: true }, token: "[secret]" },
      diagnostics: [{ severity: "info#err", message: "line 1\nline 2", urn: urnOf("held") }],
      lookups: [
        { token: "gcp:compute/getImage:getImage", args: { family: "debian-12" }, answered: false },
        { token: "gcp:compute/getImage:getImage", args: { family: "known" }, answered: true },
        { token: "pulumi:pulumi:StackReference", args: { name: "acme/net/prod" }, answered: false },
      ],
    });
    const lines = report.split("\n");
    expect(lines).to.include.members([
      "gcp:pubsub:Topic held  protect, retainOnDelete",
      "gcp:pubsub:Topic adopted  import projects/p",
      "gcp:pubsub:Topic there  read other",
      "gcp:pubsub:Topic far  remote component: its children are not seen",
      `  long : "${"x".repeat(89)}…`,
      '  mixed: {"a":[unknown]}',
      "  none : [unknown]",
      "  token: [secret]",
      "  gcp:pubsub:Topic (held):",
      "    line 1",
      "    line 2",
      '  {"invokes":[{"token":"gcp:compute/getImage:getImage","args":{"family":"debian-12"},"return":{}}]}',
      '  {"stackReferences":{"acme/net/prod":{}}}',
      "  roles/compute.imageUser",
    ]);
    expect(report).to.include("This is not pulumi preview: the program ran without state");
    expect(report).not.to.include('known"');
  });

  it("obeys nothing that an untrusted program puts into names, values and messages", () => {
    const evil = "a\u001b[31mb\u001b]0;title\u0007c\u0000d\ne\u202ef\u009bg";
    const graph = offline([resource(evil, {})]);
    const report = text({
      ...graph,
      project: evil,
      outputs: { [evil]: evil },
      diagnostics: [{ severity: "info", message: evil }],
    });
    expect(report).to.include("gcp:pubsub:Topic abcd efg");
    expect(report).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it("colours when asked to", () => {
    const graph = offline([resource("held", { protect: true })]);
    expect(text(graph, true)).to.include("\u001b[33mprotect\u001b[39m");
    expect(text(graph)).not.to.include("\u001b");
  });
});

describe("the JSON report", () => {
  it("is the graph itself", () => {
    const graph = offline([resource("one", {})]);
    expect(JSON.parse(RENDERERS.json(reportOf(graph), { color: false }))).to.deep.equal(graph);
  });
});

const urnOf = (name: string) => `urn:pulumi:dev::sample::gcp:pubsub/topic:Topic::${name}`;

function resource(name: string, other: Partial<GraphResource>): GraphResource {
  const empty = { inputs: {}, protect: false, aliases: [], dependencies: [], propertyDependencies: {}, options: {} };
  return { urn: urnOf(name), type: "gcp:pubsub/topic:Topic", name, custom: true, ...empty, ...other };
}

function offline(resources: GraphResource[]): PreviewGraph {
  const empty = { outputs: {}, diagnostics: [], lookups: [] };
  const head = {
    apiVersion: "kiln/v1",
    kind: "PreviewGraph",
    project: "sample",
    stack: "dev",
    source: "offline",
  } as const;
  return { ...head, resources, ...empty };
}
