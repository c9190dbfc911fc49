import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import schema from "../../factory/config.schema.json";

const ROOT = join(__dirname, "../..");
const read = (file: string) => parse(readFileSync(join(ROOT, file), "utf8")) as Record<string, unknown>;

describe("Pulumi.yaml", () => {
  const { main, config } = read("Pulumi.yaml") as { main: string; config: Record<string, Record<string, unknown>> };

  it("names the program's file: with its folder, Pulumi would run the library and plan to delete the stack", () => {
    expect(main).to.equal("factory/index.ts");
    expect(statSync(join(ROOT, main)).isFile()).to.equal(true);
  });

  it("declares every key of the configuration, with a description", () => {
    expect(Object.keys(config)).to.deep.equal(Object.keys(schema.properties));
    for (const [key, { type, description }] of Object.entries(config)) {
      expect(type, key).to.equal("object");
      expect(description, key).to.be.a("string");
    }
  });

  it("requires what the program requires, and has defaults for the rest", () => {
    const required = Object.keys(config).filter((key) => !("default" in config[key]));
    expect(required).to.deep.equal(["project"]);
  });
});
