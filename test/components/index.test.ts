import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import * as kiln from "../../components";
import { requirementsOf } from "../../core/requirements";
import { readConfig } from "../../factory/config";
import { buildFactory } from "../../factory/factory";
import { type ProgramRun, runProgram } from "../../testing";
import { expect } from "../support/chai";

const ROOT = join(__dirname, "../..");

type ComponentClass = (new (...args: never[]) => pulumi.ComponentResource) & {
  requirements: ReturnType<typeof requirementsOf>;
};
const isComponent = ([, value]: [string, unknown]) =>
  typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
const COMPONENTS = Object.entries<unknown>(kiln).filter(isComponent) as [string, ComponentClass][];

describe("every component", () => {
  let run: ProgramRun;

  before(async () => {
    const stack = parse(readFileSync(join(ROOT, "Pulumi.dev.yaml"), "utf8")) as { config: Record<string, unknown> };
    const config = Object.entries(stack.config).map(([key, value]) => [key, JSON.stringify(value)]);
    const program = () => void buildFactory(readConfig(new pulumi.Config("kiln")));
    run = await runProgram(program, { config: Object.fromEntries(config) as Record<string, string> });
  });

  it("is there", () => {
    expect(COMPONENTS.map(([name]) => name)).to.deep.equal([
      "ContainerRegistry",
      "ImageFamily",
      "ImageMirror",
      "ImageProject",
      "ImageSharing",
      "LifecycleController",
      "PullLogs",
      "TrustedImages",
    ]);
  });

  for (const [name, { requirements }] of COMPONENTS) {
    const page = `docs/components/${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}.md`;

    it(`${name} is in the reference factory, and states what the deployer of its children needs`, () => {
      const components = run.resources.filter(({ type }) => type === `kiln:index:${name}`);
      expect(components).to.not.deep.equal([]);
      const urns = components.map(({ urn }) => urn);
      const children = run.resources.filter(({ parent }) => parent !== undefined && urns.includes(parent));
      const { apis, roles, unknownTypes } = requirementsOf(children.map(({ type }) => type));
      expect(unknownTypes).to.deep.equal([]);
      expect(requirements.unknownTypes).to.deep.equal([]);
      expect(requirements.apis).to.include.members(apis);
      expect(requirements.roles).to.include.members(roles);
    });

    it(`${name} has a page that names every API and role of its requirements`, () => {
      const [, told = ""] = readFileSync(join(ROOT, page), "utf8").split("## Requirements\n");
      for (const required of [...requirements.apis, ...requirements.roles]) expect(told).to.include(`\`${required}\``);
    });

    it(`${name} has a page that says how to go back, and README leads to it`, () => {
      expect(existsSync(join(ROOT, page)), page).to.equal(true);
      expect(readFileSync(join(ROOT, page), "utf8")).to.include("## The way back");
      expect(readFileSync(join(ROOT, "README.md"), "utf8")).to.include(`[\`${name}\`](${page})`);
    });
  }
});
