import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GraphResource, previewOffline, RENDERERS, reportOf } from "../../preview";
import { checkComparable, readGraphFile } from "../../preview/graphFile";
import { compareGraphs } from "../../preview/compare/compareGraphs";
import { declared, graphOf, urnOf } from "./graphs";
import { errorsOf, project, refusal } from "./support";

const HOW = "write it with kiln preview --format json > FILE";
const TOPIC = "gcp:pubsub/topic:Topic";

function fileOf(content: unknown): string {
  const file = join(project({}), "base.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  return file;
}

/** Errors of reading a file, without its path. */
async function errorsIn(content: unknown): Promise<string[]> {
  const file = fileOf(content);
  const errors = errorsOf(await refusal(Promise.resolve().then(() => readGraphFile(file))));
  return errors.map((error) => error.replaceAll(file, "base.json"));
}

describe("readGraphFile", () => {
  it("reads what --format json prints, with comparison and costs or without", async () => {
    const graph = await previewOffline({
      directory: project({ "index.js": 'exports.a = require("@pulumi/pulumi").secret(1)' }),
    });
    const plain = readGraphFile(fileOf(RENDERERS.json(reportOf(graph), { color: false })));
    const full = reportOf(graph, { base: graph, costs: true });
    expect(plain).to.deep.equal(graph);
    expect(readGraphFile(fileOf(RENDERERS.json(full, { color: false })))).to.deep.equal(graph);
  });

  it("reads what a newer Kiln adds, a byte order mark, and keys that hurt", () => {
    const evil = JSON.parse('{"__proto__": {"evil": 1}, "constructor": 1}') as GraphResource["inputs"];
    const newer = { ...graphOf([{ ...declared(TOPIC, "t", { inputs: evil }), more: 1 } as GraphResource]), more: [] };
    const read = readGraphFile(fileOf(`\uFEFF${JSON.stringify(newer)}`));
    expect(Object.keys(read.resources[0].inputs)).to.deep.equal(["__proto__", "constructor"]);
    expect(compareGraphs(read, graphOf([declared(TOPIC, "t")])).changes[0].inputs).to.have.length(2);
    expect(({} as { evil?: number }).evil).to.equal(undefined);
  });

  it("reads parents that go round in a circle", () => {
    const [a, b] = [urnOf(TOPIC, "a"), urnOf(TOPIC, "b")];
    const base = readGraphFile(
      fileOf(graphOf([declared(TOPIC, "a", { parent: b }), declared(TOPIC, "b", { parent: a })])),
    );
    expect(compareGraphs(base, base).changes).to.deep.equal([]);
  });

  it("names everything that is wrong, by line and path", async () => {
    const wrong = { ...declared(TOPIC, "t"), urn: 5, protect: "yes", aliases: undefined };
    const graph = graphOf([declared(TOPIC, "a"), wrong as unknown as GraphResource, declared(TOPIC, "a")]);
    const text = JSON.stringify(graph, null, 2);
    const line = (part: string, from = 0) => text.slice(0, text.indexOf(part, from)).split("\n").length;
    expect(await errorsIn(text)).to.have.members([
      `base.json:${line("5,")}: resources.1.urn must be string, got 5`,
      `base.json:${line('"yes"')}: resources.1.protect must be boolean, got "yes"`,
      `base.json:${line("{", text.indexOf("5,") - 20)}: resources.1 lacks the key "aliases"; add it`,
      `base.json:${line(urnOf(TOPIC, "a"), text.indexOf('"yes"'))}: resources.2.urn occurs twice: "${urnOf(TOPIC, "a")}"`,
    ]);
  });

  const refused: Record<string, [content: unknown, ...errors: (string | RegExp)[]]> = {
    "an empty file": [" \n", `base.json: is empty; ${HOW}`],
    "what is cut off": [
      '{\n  "kind": "Preview',
      `base.json:2: column 19: is not JSON: Unterminated string; ${HOW}\n    "kind": "Preview\n                    ^`,
    ],
    "what is not JSON": [
      '{\n  "kind": PreviewGraph,\n  "a": 1\n}',
      `base.json:2: column 11: is not JSON: Unexpected token 'P'; ${HOW}\n    "kind": PreviewGraph,\n            ^`,
    ],
    "a comma too many": [
      '{"a": [1,]}',
      `base.json:1: column 10: is not JSON: Unexpected token ']'; ${HOW}\n  {"a": [1,]}\n           ^`,
    ],
    "what pulumi preview --json wrote": [{ steps: [] }, `base.json:1: is what pulumi preview --json writes; ${HOW}`],
    "another kind": [{ kind: "FamilyPolicy" }, `base.json:2: kind must be "PreviewGraph", got "FamilyPolicy"; ${HOW}`],
    "no object": ["[1]", `base.json:1: kind must be "PreviewGraph", got nothing; ${HOW}`],
    "another version": [
      { ...graphOf([]), apiVersion: "kiln/v2" },
      `base.json:2: apiVersion must be "kiln/v1", the only version that this Kiln reads, got "kiln/v2"; ${HOW}`,
    ],
    "a graph of the Pulumi CLI": [
      graphOf([], { source: "pulumi" }),
      `base.json: comes from the Pulumi CLI, which leaves out what stays the same; ${HOW}`,
    ],
    "a head of other types": [
      {
        kind: "PreviewGraph",
        apiVersion: "kiln/v1",
        project: 1,
        stack: "dev",
        source: "x",
        resources: {},
        outputs: {},
      },
      'base.json:1: the file lacks the key "lookups"; add it',
      "base.json:4: project must be string, got 1",
      'base.json:6: source must be equal to one of the allowed values, got "x"',
      "base.json:7: resources must be array, got {}",
    ],
    "what is nested without end": [
      `${"[".repeat(9999)}${"]".repeat(9999)}`,
      "base.json: is nested more than 500 levels deep",
    ],
  };
  for (const [name, [content, ...errors]] of Object.entries(refused))
    it(`refuses ${name}`, async () => expect(await errorsIn(content)).to.deep.equal(errors));

  it("stops counting where a file is full of mistakes", async () => {
    const errors = await errorsIn({ ...graphOf([]), resources: Array.from({ length: 5000 }, () => 5) });
    expect(errors).to.have.length(21);
    expect(errors[20]).to.equal("base.json: more is wrong; the rest is left out");
  });

  it("tells one mistake of an entry that holds thousands, and no more of twins than of others", async () => {
    const wrong = { ...declared(TOPIC, "t"), aliases: Array.from({ length: 20_000 }, () => 5) };
    expect(await errorsIn(graphOf([wrong as unknown as GraphResource]))).to.deep.equal([
      "base.json:16: resources.0.aliases.0 must be string, got 5",
    ]);
    const full = { ...wrong, aliases: Array.from({ length: 300_000 }, () => 5) };
    expect(await errorsIn(JSON.stringify(graphOf([full as unknown as GraphResource])))).to.deep.equal([
      "base.json: resources.0.aliases.0 must be string, got 5",
    ]);
    const twins = Array.from({ length: 5000 }, () => declared(TOPIC, "t"));
    expect(await errorsIn(graphOf(twins))).to.have.length(21);
  });

  it("reads the configuration of default providers, and refuses one of another form", async () => {
    const defaultProviders = { gcp: { project: "acme" } };
    expect(readGraphFile(fileOf(graphOf([], { defaultProviders }))).defaultProviders).to.deep.equal(defaultProviders);
    expect(await errorsIn({ ...graphOf([]), defaultProviders: { gcp: 5 } })).to.deep.equal([
      "base.json:12: defaultProviders.gcp must be object, got 5",
    ]);
  });

  it("says when there is no such file", async () => {
    const errors = errorsOf(await refusal(Promise.resolve().then(() => readGraphFile("absent.json"))));
    expect(errors[0]).to.match(/^absent\.json: cannot be read: ENOENT/);
  });
});

describe("checkComparable", () => {
  it("refuses graphs of two projects or stacks", () => {
    checkComparable(graphOf([]), graphOf([]), "base.json");
    expect(() => checkComparable(graphOf([]), graphOf([], { stack: "prod" }), "base.json")).to.throw(
      "base.json: is of project sample, stack dev, and the program of project sample, stack prod: everything would be new; preview both with the same --stack",
    );
  });
});
