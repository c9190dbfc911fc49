import { expect } from "chai";
import { type GraphResource, type PolicyPackResult, RENDERERS, reportOf } from "../../../preview";
import { judge, onThing, packOf, PROGRAM, THING, verdict } from "./support";

const ESCAPE = "\u001b";

/** A policy of the stack; the text is the body of a function of `args` and `report`. */
function onStack(body: string): string {
  return `{ name: "stack", description: "About the stack.", enforcementLevel: "advisory",
    validateStack: async (args, report) => { ${body} } }`;
}

/** A remediation of the thing. */
function remediation(body: string, rest = ""): string {
  return `{ name: "repair", description: "Repairs things.", enforcementLevel: "remediate",
    remediateResource: (args) => { if (args.name !== "thing") return; ${body} } ${rest} }`;
}

describe("what a policy says", () => {
  it("is told without the description, with the pack's severity, page and steps", async () => {
    const rest = `enforcementLevel: "mandatory", severity: "high", url: "https://example.com/p", remediationSteps: "Do it."`;
    const pack = await verdict(
      packOf(onThing('report("is wrong. Do it."); report("About things. Twice."); report("")', rest)),
    );
    const violation = { policy: "thing", urn: THING, level: "mandatory", severity: "high" };
    expect(pack.violations).to.deep.equal([
      // Without a message the description is all that is said.
      { ...violation, message: "About things." },
      { ...violation, message: "About things. Twice." },
      // The steps stand beside the message.
      { ...violation, message: "is wrong." },
    ]);
    expect(pack.policies).to.deep.equal([
      {
        ...{ name: "thing", description: "About things.", level: "mandatory", severity: "high", type: "resource" },
        ...{ url: "https://example.com/p", remediationSteps: "Do it." },
      },
    ]);
    expect([pack.name, pack.version]).to.deep.equal(["test-pack", "1.2.3"]);
  });

  it("has the version of PulumiPolicy.yaml where that has one", async () => {
    const files = { "pack/PulumiPolicy.yaml": "runtime: {name: nodejs}\nversion: 4.5.6\n" };
    expect((await verdict(packOf(), { files })).version).to.equal("4.5.6");
  });

  it("is about the resource that a policy of the stack names, else about the stack", async () => {
    const pack = await verdict(
      packOf(
        onStack(
          `report("of the thing", ${JSON.stringify(THING)}); report("of nothing", "urn:absent"); report("of all")`,
        ),
      ),
    );
    expect(pack.violations).to.deep.equal([
      { policy: "stack", level: "advisory", message: "of all" },
      { policy: "stack", level: "advisory", message: "of nothing" },
      { policy: "stack", urn: THING, level: "advisory", message: "of the thing" },
    ]);
  });

  it("cannot be told where it needs what is not known yet; a message that only looks so is a violation", async () => {
    const program = `${PROGRAM}\n
      const other = new pulumi.CustomResource("t:index:Other", "other", {});
      new pulumi.CustomResource("t:index:Third", "third", { from: other.id, plain: "x" });`;
    const needs = `{ name: "needs", description: "Needs it.", enforcementLevel: "mandatory",
      validateResource: (args, report) => { if (args.name === "third" && args.props.from === "x") report("never"); } }`;
    const alike = onThing(`report("can't run policy 'thing' from policy pack 'test-pack@v1.2.3' during preview: no")`);
    const pack = await verdict(packOf(needs, alike), { program });
    expect(pack.unknowns).to.deep.equal([
      {
        policy: "needs",
        urn: "urn:pulumi:dev::sample::t:index:Third::third",
        message: "string value at .from can't be known during preview",
      },
    ]);
    expect(pack.violations.map(({ policy }) => policy)).to.deep.equal(["thing"]);
  });

  it("is shown every resource with its secrets open, and unknown outputs as such", async () => {
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const token = pulumi.secret("hunter2-hunter2");
      new pulumi.CustomResource("t:index:Thing", "thing", { token, nested: [{ token }] }, { protect: true,
        customTimeouts: { create: "1h30m", delete: "1.5s" }, version: "2.0.0" });
      const explicit = new pulumi.ProviderResource("t", "mine", { region: "eu" }, { version: "3.0.0" });
      new pulumi.CustomResource("t:index:Thing", "other", {}, { provider: explicit });`;
    const { policyPacks } = await judge(
      packOf(`{ name: "every", description: "d", enforcementLevel: "advisory", validateResource: (args, report) =>
        report([args.type, args.name, JSON.stringify(args.props), args.opts.protect, args.opts.customTimeouts.createSeconds,
          args.opts.customTimeouts.deleteSeconds, args.provider?.name, JSON.stringify(args.provider?.props)].join(" ")) }`),
      { program, files: { "Pulumi.dev.yaml": "config: {t:zone: z, other:zone: y}\n" } },
    );
    expect(policyPacks?.[0].violations.map(({ message }) => message).sort()).to.deep.equal([
      'pulumi:providers:t default_2_0_0 {"version":"2.0.0","zone":"z"} false 0 0  ',
      'pulumi:providers:t mine {"region":"eu","version":"3.0.0"} false 0 0  ',
      "pulumi:pulumi:Stack sample-dev {} false 0 0  ",
      't:index:Thing other {} false 0 0 mine {"region":"eu","version":"3.0.0"}',
      't:index:Thing thing {"nested":[{"token":"[secret]"}],"token":"[secret]"} true 5400 1.5 default_2_0_0 {"version":"2.0.0","zone":"z"}',
    ]);
  });

  it("is shown what components and the stack registered as outputs, however long before the pack had started", async () => {
    const program = `const pulumi = require("@pulumi/pulumi");
      const group = new pulumi.ComponentResource("t:index:Group", "group");
      group.registerOutputs({ size: 3 });
      exports.total = 4;`;
    const said = onStack(
      'report(args.resources.map(({ name, props }) => name + JSON.stringify(props)).sort().join(" "))',
    );
    const slow = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);\n${packOf(said)}`;
    const { violations } = await verdict(slow, { program });
    expect(violations.map(({ message }) => message)).to.deep.equal(['group{"size":3} sample-dev{"total":4}']);
  });

  it("holds no secret of the program, also where a long message is cut within one", async () => {
    const program = `${PROGRAM}\nexports.secret = pulumi.secret("hunter2-".repeat(40));
      new pulumi.CustomResource("t:index:Thing", "second", { secret: exports.secret });`;
    const says = `const secret = "hunter2-".repeat(40);
      for (let length = 7700; length < 8300; length += 100) report("x".repeat(length) + secret + "y".repeat(9000));
      report(secret)`;
    const pack = await verdict(packOf(onThing(says), onStack("throw args.notApplicable()")), { program });
    expect(JSON.stringify(pack)).to.not.include("hunter2");
    expect(pack.violations.map(({ message }) => message)).to.include("[secret]");
  });

  it("is kept within bounds: a message of 5 MB is cut, and of 25,000 violations the first are kept", async () => {
    const many = 'report("x".repeat(5e6)); for (let count = 0; count < 25000; count++) report("violation " + count)';
    const graph = await judge(packOf(onThing(many)));
    const violations = graph.policyPacks?.[0].violations ?? [];
    expect(violations).to.have.length(10_000);
    expect(Math.max(...violations.map(({ message }) => message.length))).to.be.below(9000);
    expect(graph.diagnostics.map(({ message }) => message.replace(/\S+\/pack/, "pack"))).to.deep.equal([
      "policy pack pack said so much that 15001 findings are left out",
    ]);
    const text = RENDERERS.text(reportOf(graph), { color: false });
    expect(text.length).to.be.below(10_000);
    expect(text).to.include("and 9980 more messages; --format json shows all");
  });

  it("sends nothing to a terminal that it would obey", async () => {
    const evil = JSON.stringify(`${ESCAPE}[2J${ESCAPE}]0;owned\u0007\rwiped\u202e`);
    const source = packOf(
      onThing(
        `report(${evil} + "\\nsecond line"); report({ name: ${evil}, message: ${evil} })`,
        `remediationSteps: ${evil}, url: ${evil}`,
      ),
      remediation(`return { ...args.props, [${evil}]: 1 }`),
    );
    const graph = await judge(source.replace("About things.", `About ${evil.slice(1, -1)} things.`));
    const text = RENDERERS.text(reportOf(graph), { color: false });
    expect(text).to.include("second line");
    expect(text).to.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe("a remediation", () => {
  it("gives back no secret of the program as plain text", async () => {
    const program = `
      const pulumi = require("@pulumi/pulumi");
      const pin = pulumi.secret(417);
      const inputs = { token: pulumi.secret("hunter2-hunter2"), on: pulumi.secret(true), pin, list: [pin, "x"] };
      class Thing extends pulumi.CustomResource {
        constructor() { super("t:index:Thing", "thing", { copy: undefined, url: undefined, ...inputs }); }
      }
      const thing = new Thing();
      exports.copy = thing.copy;
      exports.url = thing.url;`;
    const changes = `const { token, pin } = args.props;
      return { ...args.props, copy: token, url: "https://" + token + "@acme.example", pin: 5,
        file: new (require("@pulumi/pulumi").asset.StringAsset)(token), [token]: 1, deep: [{ pin, [token]: "x" }], list: args.props.list };`;
    const graph = await judge(packOf(remediation(changes)), { program });
    const { inputs } = graph.resources.find(({ name }) => name === "thing") as GraphResource;
    const secret = "[secret]";
    expect(inputs).to.deep.equal({
      ...{ [secret]: 1, copy: secret, deep: [secret], file: secret, list: [secret, "x"], on: secret, pin: secret },
      ...{ token: secret, url: secret },
    });
    expect(graph.outputs).to.deep.equal({ copy: secret, url: secret });
    expect(graph.policyPacks?.[0].remediations).to.deep.equal([
      {
        policy: "repair",
        urn: "urn:pulumi:dev::sample::t:index:Thing::thing",
        inputs: ["copy", "deep", "file", secret, "pin", "url"],
      },
    ]);
    expect(JSON.stringify(graph)).not.to.match(/hunter2|417/);
  });

  it("changes what the program sees and the graph holds; what it does not repair is a violation", async () => {
    const program = `${PROGRAM.replace("new pulumi.CustomResource", "const thing = new pulumi.CustomResource")}
      exports.size = thing.size;`;
    const rest = `, validateResource: (args, report) => args.name === "thing" && report("size is still " + args.props.size)`;
    const source = packOf(remediation(`return { ...args.props, size: 2, tags: undefined, owner: "platform" };`, rest));
    const graph = await judge(source, { program });
    expect(graph.outputs).to.deep.equal({ size: 2 });
    const thing = graph.resources.find(({ urn }) => urn === THING);
    expect(thing?.inputs).to.deep.equal({
      later: "urn:pulumi:dev::sample::t:index:Group::group",
      owner: "platform",
      size: 2,
    });
    const [pack] = graph.policyPacks as [PolicyPackResult];
    expect(pack.remediations).to.deep.equal([{ policy: "repair", urn: THING, inputs: ["owner", "size", "tags"] }]);
    expect(pack.violations).to.deep.equal([
      { policy: "repair", urn: THING, level: "mandatory", message: "size is still 2" },
    ]);
  });

  it("says why it could not change a resource, and nothing where it changed nothing", async () => {
    const program = PROGRAM.replace("size: 1", 'size: new pulumi.CustomResource("t:index:Other", "other", {}).id');
    const stuck = await verdict(packOf(remediation("return { size: args.props.size + 1 };")), { program });
    expect(stuck.remediations).to.deep.equal([
      { policy: "repair", urn: THING, inputs: [], problem: "string value at .size can't be known during preview" },
    ]);
    const same = await verdict(packOf(remediation("return args.props;")), {
      program: PROGRAM.replace("size: 1", 'size: new pulumi.asset.StringAsset("text"), token: pulumi.secret("s3cr3t")'),
    });
    expect(same.remediations).to.deep.equal([]);
  });

  it("keeps secrets and unknown values as they are", async () => {
    const given =
      'size: 1, token: pulumi.secret("hunter2-hunter2"), other: new pulumi.CustomResource("t:index:O", "o", {}).id';
    const program = PROGRAM.replace("size: 1", given);
    const graph = await judge(packOf(remediation("args.props.size = 3; return args.props;")), { program });
    expect(graph.resources.find(({ urn }) => urn === THING)?.inputs).to.deep.include({
      ...{ size: 3, token: "[secret]", other: { $unknown: true } },
    });
  });
});
