import { expect } from "chai";
import { type ConfigProperty, type Rule } from "../../policy/rule";
import { problemText, readSettings } from "../../policy/settings";

const property = (
  type: ConfigProperty["type"],
  fallback: unknown,
  items?: ConfigProperty["items"],
): ConfigProperty => ({
  type,
  items,
  description: "For the test.",
  default: fallback,
});

const RULE: Rule = {
  id: "images-test",
  what: "A.",
  why: "B.",
  fix: "C.",
  severity: "low",
  level: "advisory",
  link: "https://example.com/",
  config: {
    properties: {
      names: property("array", ["a"], { type: "string", pattern: "^[a-z]+$" }),
      least: property("integer", 1),
      share: property("number", 0.5),
      strict: property("boolean", false),
      word: property("string", "x"),
    },
  },
  types: ["t"],
  check: () => [],
};

const DEFAULTS = { names: ["a"], least: 1, share: 0.5, strict: false, word: "x" };

describe("settings of a rule", () => {
  it("are the defaults where nothing is given", () => {
    const settings = readSettings(RULE, {});
    expect({ ...settings.config }).to.deep.equal(DEFAULTS);
    expect(problemText(RULE, settings)).to.equal(undefined);
  });

  it("are what is given", () => {
    const given = { names: ["b"], least: 2, share: 1, strict: true, word: "" };
    expect({ ...readSettings(RULE, given).config }).to.deep.equal(given);
  });

  it("are told in one message when they are wrong, and the defaults stand", () => {
    const given = { names: ["b", "C"], least: 1.5, share: "1", strict: 1, word: [], nmaes: [], exceptions: 1 };
    const settings = readSettings(RULE, given);
    expect({ ...settings.config }).to.deep.equal(DEFAULTS);
    expect(problemText(RULE, settings)).to.equal(
      [
        "The configuration of images-test is wrong:",
        "  exceptions: must be a list",
        "  names: entry 2 must be a text like ^[a-z]+$",
        "  least: must be a whole number",
        "  share: must be a number",
        "  strict: must be true or false",
        "  word: must be a text",
        '  "nmaes": is none of names, least, share, strict, word, exceptions',
        "The rule goes by its defaults where a value is wrong.",
      ].join("\n"),
    );
  });

  it("do not take what every object has for settings", () => {
    const given = JSON.parse('{"__proto__": {"least": 9}, "toString": 1}') as Record<string, unknown>;
    const settings = readSettings(RULE, given);
    expect(settings.config.least).to.equal(1);
    expect(settings.problems).to.have.length(2);
  });
});
