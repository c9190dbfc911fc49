import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { previewOffline } from "../../../preview";
import { policyPacks } from "../../../preview/policies";
import { errorsOf, project, refusal } from "../support";
import { judge, type Judged, packFiles, packOf, PROGRAM, THING, verdict } from "./support";

/** Two policies that say with what they are run. */
const PACK = packOf(
  `{ name: "first", description: "d", enforcementLevel: "mandatory",
     configSchema: { properties: { most: { type: "integer", minimum: 1, default: 5 }, names: { type: "array" } } },
     validateResource: (args, report) => args.name === "thing" && report(JSON.stringify(args.getConfig())) }`,
  `{ name: "second", description: "d", enforcementLevel: "advisory",
     validateResource: (args, report) => args.name === "thing" && report(JSON.stringify(args.getConfig())) }`,
);

/** Level and what the policy was given, by policy. */
async function said(judged: Judged): Promise<string[]> {
  return (await verdict(PACK, judged)).violations.map(({ policy, level, message }) => `${policy} ${level} ${message}`);
}

describe("settings of a policy pack", () => {
  const right: Record<string, { config: unknown; says: string[] }> = {
    "nothing: the defaults of the schemas": {
      config: {},
      says: ['first mandatory {"most":5}', "second advisory {}"],
    },
    "levels alone, for all and for one": {
      config: { all: "advisory", second: "mandatory" },
      says: ["second mandatory {}", 'first advisory {"most":5}'],
    },
    "values with a level": {
      config: { first: { enforcementLevel: "advisory", most: 7, names: ["a"] }, second: { extra: true } },
      says: ['first advisory {"most":7,"names":["a"]}', 'second advisory {"extra":true}'],
    },
    "disabled policies": { config: { first: "disabled" }, says: ["second advisory {}"] },
    "a remediation that there is none of counts as mandatory": {
      config: { second: "remediate" },
      says: ['first mandatory {"most":5}', "second mandatory {}"],
    },
  };
  for (const [name, { config, says }] of Object.entries(right))
    it(`are taken as Pulumi does: ${name}`, async () => {
      expect(await said({ config })).to.deep.equal(says);
    });

  it("leave out what is disabled from the list of policies", async () => {
    const { policies } = await verdict(PACK, { config: { first: "disabled", second: "mandatory" } });
    expect(policies.map(({ name, level }) => `${name} ${level}`)).to.deep.equal(["second mandatory"]);
  });

  it("may be an empty file", async () => {
    const directory = project({ "index.js": PROGRAM, ...packFiles(PACK), "empty.json": "\n" });
    const policies = policyPacks([{ directory: join(directory, "pack"), config: join(directory, "empty.json") }]);
    const graph = await previewOffline({ directory, policies });
    expect(graph.policyPacks?.[0].violations).to.have.length(2);
  });

  it("warn of a policy that the pack has not", async () => {
    const graph = await judge(PACK, { config: { fisrt: "advisory" } });
    expect(
      graph.diagnostics.map(({ severity, message }) => `${severity}: ${message.replace(/^\S*\//, "")}`),
    ).to.deep.equal(["warning: settings.json: fisrt is no policy of test-pack@1.2.3; its setting has no effect"]);
  });

  const wrong: Record<string, { config: unknown; says: string[] }> = {
    "not an object": { config: ["all"], says: ['the file must be object, got ["all"]'] },
    "all that is wrong in the file, at once": {
      config: { all: "strict", first: { enforcementLevel: 3, most: 1 }, second: null, environments: ["e"] },
      says: [
        'all must be one of advisory, mandatory, remediate, disabled, got "strict"',
        "first.enforcementLevel must be one of advisory, mandatory, remediate, disabled, got 3",
        "second must be a level (advisory, mandatory, remediate, disabled) or an object of settings, got null",
        "environments are those of Pulumi Cloud, which needs an account; write their values into the file",
      ],
    },
    "all that the schemas say against the values, at once": {
      config: { first: { most: 0, names: "a" } },
      says: ["first.most must be >= 1, got 0", 'first.names must be array, got "a"'],
    },
  };
  for (const [name, { config, says }] of Object.entries(wrong))
    it(`are refused: ${name}`, async () => {
      const errors = errorsOf(await refusal(judge(PACK, { config })));
      expect(errors.map((error) => error.replace(/^\S*settings\.json: /, ""))).to.deep.equal(says);
    });

  it("are asked for where a schema requires them", async () => {
    const pack = packOf(`{ name: "needy", description: "d", enforcementLevel: "advisory",
      configSchema: { properties: { team: { type: "string" } }, required: ["team"] }, validateResource: () => undefined }`);
    const [error] = errorsOf(await refusal(judge(pack)));
    expect(error).to.match(
      /^policy pack \S+ \(set it in a file for --policy-pack-config\): needy lacks the key "team"; add it$/,
    );
    expect((await verdict(pack, { config: { needy: { team: "web" } } })).violations).to.deep.equal([]);
  });

  it("say which schema is no schema", async () => {
    const pack = packOf(`{ name: "odd", description: "d", enforcementLevel: "advisory",
      configSchema: { properties: { team: { type: "nonsense" } } }, validateResource: () => undefined }`);
    expect(errorsOf(await refusal(judge(pack)))[0]).to.match(
      /: the schema of odd's configuration is wrong: schema is invalid/,
    );
  });
});

describe("several policy packs", () => {
  const remediating = (name: string) =>
    packOf(`{ name: "chain", description: "d", enforcementLevel: "remediate", remediateResource: (args) =>
      args.name === "thing" ? { ...args.props, chain: [...(args.props.chain ?? []), ${JSON.stringify(name)}] } : undefined }`).replace(
      "test-pack",
      name,
    );

  it("see what those before them changed, have their own settings, and keep their order", async () => {
    const directory = project({
      "index.js": PROGRAM,
      ...packFiles(remediating("zebra"), "zebra"),
      ...packFiles(remediating("ant"), "ant"),
      "none.json": "{}",
      "off.json": '{"all": "disabled"}',
    });
    const of = (name: string, config: string) => ({
      directory: join(directory, name),
      config: join(directory, config),
    });
    const both = policyPacks([of("zebra", "none.json"), of("ant", "none.json")]);
    const graph = await previewOffline({ directory, policies: both });
    expect(graph.policyPacks?.map(({ name }) => name)).to.deep.equal(["zebra", "ant"]);
    expect(graph.resources.find(({ urn }) => urn === THING)?.inputs.chain).to.deep.equal(["zebra", "ant"]);
    const one = await previewOffline({
      directory,
      policies: policyPacks([of("zebra", "off.json"), of("ant", "none.json")]),
    });
    expect(one.resources.find(({ urn }) => urn === THING)?.inputs.chain).to.deep.equal(["ant"]);
    expect(one.policyPacks?.map(({ policies }) => policies.length)).to.deep.equal([0, 1]);
  });

  it("give the same bytes again", async () => {
    const noisy = packOf(`{ name: "noisy", description: "d", enforcementLevel: "advisory",
      validateResource: async (args, report) => { report("b"); report("a"); report(args.name) } }`);
    const program = `${PROGRAM}\nfor (const n of [3, 1, 2]) new pulumi.ComponentResource("t:index:Group", "group-" + n);`;
    const [first, second] = [await judge(noisy, { program }), await judge(noisy, { program })];
    expect(JSON.stringify(first)).to.equal(JSON.stringify(second));
  });

  it("are all said to be wrong at once", async () => {
    const directory = project({
      ...packFiles("process.exit(1)", "bad"),
      ...packFiles("process.exit(2)", "worse"),
      "python/PulumiPolicy.yaml": "runtime: python\n",
      "none/PulumiPolicy.yaml": "description: a pack\n",
      "broken.json": "{",
      "levels.json": '{"all": "strict"}',
    });
    const of = (name: string, config?: string) => ({
      directory: join(directory, name),
      ...(config === undefined ? {} : { config: join(directory, config) }),
    });
    const found = () =>
      policyPacks([
        of("python"),
        of("none"),
        of("absent"),
        of("empty"),
        of("index.js"),
        of("bad", "broken.json"),
        of("worse", "levels.json"),
        of("bad", "gone.json"),
      ]);
    writeFileSync(join(directory, "empty"), "");
    const errors = errorsOf(await refusal(Promise.resolve().then(found))).map((error) =>
      error.replaceAll(/\S*\/kiln-preview-\w+\//g, ""),
    );
    expect(errors.slice(0, 5)).to.deep.equal([
      'python/PulumiPolicy.yaml:1: runtime must be nodejs, got "python"; packs in other languages need the Pulumi CLI: pulumi preview --policy-pack',
      "none/PulumiPolicy.yaml: the pack is missing a 'runtime' attribute; add runtime: nodejs",
      "absent/PulumiPolicy.yaml: there is no such folder; name the folder of a policy pack, which holds PulumiPolicy.yaml",
      "empty/PulumiPolicy.yaml: empty is a file; name the folder of a policy pack, which holds PulumiPolicy.yaml",
      "index.js/PulumiPolicy.yaml: index.js is a file; name the folder of a policy pack, which holds PulumiPolicy.yaml",
    ]);
    expect(errors[5]).to.match(/^broken\.json: is not JSON: /);
    expect(errors[6]).to.equal(
      'levels.json: all must be one of advisory, mandatory, remediate, disabled, got "strict"',
    );
    expect(errors[7]).to.match(/^gone\.json: cannot be read: ENOENT/);
    const running = previewOffline({ directory, policies: policyPacks([of("bad"), of("worse")]) });
    expect(errorsOf(await refusal(running)).map((error) => error.replace(/\S*\//, ""))).to.deep.equal([
      "policy pack bad: it ended with exit code 1 before it served its policies",
      "policy pack worse: it ended with exit code 2 before it served its policies",
    ]);
  });
});
