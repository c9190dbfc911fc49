import { expect } from "chai";
import { type GraphResource, type PreviewGraph } from "../../../preview";
import { previewOf } from "../support";

/** Every part of the protocol that a program can use, in one program. */
const PROGRAM = `
const fs = require("node:fs");
fs.writeFileSync("file.txt", "content");
class Group extends pulumi.ComponentResource {
  constructor(name, opts, remote) { super("kiln:index:Group", name, { size: 1 }, opts, remote); }
}
const Thing = class extends pulumi.CustomResource {
  constructor(name, props, opts) { super("t:index/thing:Thing", name, props, { version: "1.2.3", ...opts }); }
};
pulumi.runtime.registerResourceTransform((args) =>
  args.type === "t:index/thing:Thing" ? { props: { ...args.props, byStack: true }, opts: args.opts } : undefined);
pulumi.runtime.registerInvokeTransform((args) => ({ args: { ...args.args, region: "eu" }, opts: args.opts }));

const explicit = new pulumi.ProviderResource("t", "explicit", {}, {});
const group = new Group("group", {
  aliases: [{ name: "old" }],
  transforms: [(args) => args.custom ? { props: { ...args.props, byGroup: true }, opts: pulumi.mergeOptions(args.opts, { protect: true }) } : undefined],
});
const child = new Thing("group-child", { out: pulumi.unknown }, { parent: group });
new pulumi.CustomResource("t:index/value:Value", "values", {
  known: "text", list: [1, null, true], "$unknown": { a: 1 }, text: new pulumi.asset.StringAsset("content"),
  file: new pulumi.asset.FileAsset("file.txt"), archive: new pulumi.asset.AssetArchive({ a: new pulumi.asset.StringAsset("content") }),
  reference: child, component: group, secret: pulumi.secret({ password: "hunter2" }), identity: child.id,
});
const whole = new Thing("whole", { known: "text" }, {
  provider: explicit, ignoreChanges: ["known"], replaceOnChanges: ["list"], deletedWith: group, retainOnDelete: true,
  deleteBeforeReplace: false, customTimeouts: { create: "5m" }, additionalSecretOutputs: ["known"], dependsOn: [child],
  hooks: { afterCreate: [new pulumi.ResourceHook("tell", () => undefined)] }, aliases: ["urn:pulumi:dev::sample::t:index/thing:Thing::before"],
});
new Thing("imported", {}, { import: "thing-7" });
new Thing("read", {}, { id: "thing-8" });
const remote = new Group("remote", {}, true);
new Thing("packaged", {}, { version: undefined, parent: group, protect: false });
const other = new pulumi.StackReference("acme/network/prod");
exports.wholeKnown = whole.known;
exports.answered = pulumi.runtime.invokeOutput("t:index:answered", { name: "a", more: 1 }).value;
exports.unanswered = pulumi.output(pulumi.runtime.invokeOutput("t:index:answered", { name: "b" })).apply((v) => "ran");
exports.plain = pulumi.runtime.invoke("t:index:asked", { name: "c" }).then(() => "went on");
exports.other = other.getOutput("network");
exports.called = pulumi.runtime.call("t:index/thing:Thing/method", { of: "it" }, child).apply(() => "ran");
`;

const ANSWERS = {
  invokes: [{ token: "t:index:answered", args: { name: "a", region: "eu" }, return: { value: "from the file" } }],
  stackReferences: { "acme/network/prod": { network: "main" } },
};

const STACK = "urn:pulumi:dev::sample::pulumi:pulumi:Stack::sample-dev";
const GROUP = "urn:pulumi:dev::sample::kiln:index:Group::group";
const CHILD = "urn:pulumi:dev::sample::kiln:index:Group$t:index/thing:Thing::group-child";
const HASH = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73";

describe("the monitor", () => {
  let graph: PreviewGraph;
  before(async () => {
    graph = await previewOf(PROGRAM, { answers: ANSWERS });
  });
  const named = (name: string): GraphResource => {
    const resource = graph.resources.find((candidate) => candidate.name === name);
    if (!resource) throw new Error(`no ${name} in ${graph.resources.map((each) => each.name).join(", ")}`);
    return resource;
  };

  it("shows every kind of value so that none is taken for another", () => {
    expect(named("values").inputs).to.deep.equal({
      $$unknown: { a: 1 },
      archive: {
        $archive: {
          assets: { a: { $asset: { hash: HASH, text: "content" } } },
          hash: "d55a7e32c2abe5db466e471a2d7bd18ac698f94afba95108d8a3652965322384",
        },
      },
      component: { $resource: GROUP },
      file: { $asset: { hash: HASH, path: "file.txt" } },
      identity: { $unknown: true },
      known: "text",
      list: [1, null, true],
      reference: { $resource: CHILD },
      secret: "[secret]",
      text: { $asset: { hash: HASH, text: "content" } },
    });
  });

  it("keeps every option", () => {
    const { options, protect, aliases, provider, dependencies } = named("whole");
    expect(options).to.deep.equal({
      additionalSecretOutputs: ["known"],
      customTimeouts: { create: "5m" },
      deleteBeforeReplace: false,
      deletedWith: GROUP,
      hooks: { afterCreate: ["tell"] },
      ignoreChanges: ["known"],
      replaceOnChanges: ["list"],
      retainOnDelete: true,
      version: "1.2.3",
    });
    expect({ protect, aliases, provider }).to.deep.equal({
      protect: false,
      aliases: ["urn:pulumi:dev::sample::t:index/thing:Thing::before"],
      provider: "urn:pulumi:dev::sample::pulumi:providers:t::explicit",
    });
    expect(dependencies).to.include(CHILD);
  });

  it("names default providers as the engine does", () => {
    expect(named("group-child").provider).to.equal("urn:pulumi:dev::sample::pulumi:providers:t::default_1_2_3");
    expect(named("packaged").provider).to.equal("urn:pulumi:dev::sample::pulumi:providers:t::default");
    expect(named("explicit")).not.to.have.property("provider");
    expect(named("group")).not.to.have.property("provider");
  });

  it("runs the transforms of parents and of the stack", () => {
    expect(named("group-child")).to.deep.include({
      inputs: { byGroup: true, byStack: true, out: { $unknown: true } },
      protect: true,
    });
    expect(named("imported")).to.deep.include({ inputs: { byStack: true }, protect: false });
  });

  it("derives the aliases of children from their parent's", () => {
    expect(named("group").aliases).to.deep.equal(["urn:pulumi:dev::sample::kiln:index:Group::old"]);
    expect(named("group-child").aliases).to.deep.equal([
      "urn:pulumi:dev::sample::kiln:index:Group$t:index/thing:Thing::old-child",
    ]);
  });

  it("tells imported, read and remote resources apart", () => {
    expect(named("imported").options.import).to.equal("thing-7");
    expect(named("read").read).to.equal("thing-8");
    expect(named("remote")).to.deep.include({ remote: true, custom: false, parent: STACK });
  });

  it("answers look-ups from the file, and leaves the others unknown", () => {
    expect(graph.outputs).to.deep.equal({
      answered: "from the file",
      called: { $unknown: true },
      other: "main",
      plain: "went on",
      unanswered: { $unknown: true },
      wholeKnown: "[secret]",
    });
    expect(graph.lookups.map(({ token, args, answered }) => [token, args, answered])).to.deep.equal([
      ["pulumi:pulumi:StackReference", { name: "acme/network/prod" }, true],
      ["t:index/thing:Thing/method", { of: "it" }, false],
      ["t:index:answered", { more: 1, name: "a", region: "eu" }, true],
      ["t:index:answered", { name: "b", region: "eu" }, false],
      ["t:index:asked", { name: "c", region: "eu" }, false],
    ]);
  });

  it("lets no secret through", () => {
    expect(JSON.stringify(graph)).not.to.include("hunter2");
  });
});
