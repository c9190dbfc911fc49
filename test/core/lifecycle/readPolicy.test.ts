import { expect } from "chai";
import { API_VERSION, DEFAULT_LIFECYCLE, LIFECYCLE_RULES } from "../../../core/lifecycle/familyPolicy";
import { DEFAULT_PROJECT_LIFECYCLE } from "../../../core/lifecycle/projectPolicy";
import { policyProblemText, readFamilyPolicy, readProjectPolicy } from "../../../core/lifecycle/readPolicy";
import { readPolicies } from "../../../core/lifecycle/readPolicies";

const PROJECT = "acme-images";

function familyDocument(family = "web", spec: object = {}, more: object = {}): object {
  return {
    apiVersion: API_VERSION,
    kind: "FamilyPolicy",
    metadata: { family, project: PROJECT },
    spec: { ...DEFAULT_LIFECYCLE, ...spec },
    ...more,
  };
}

const textOf = (document: unknown) => JSON.stringify(document, undefined, 2);

function problems(document: unknown): string[] {
  const text = typeof document === "string" ? document : textOf(document);
  return readFamilyPolicy({ object: "families/web.json", text, project: PROJECT }).problems.map(policyProblemText);
}

describe("reading policies", () => {
  it("accepts what ImageFamily writes", () => {
    const text = textOf(familyDocument("web", { obsoleteAfter: "30d", deleteAfter: "P90D" }));
    const { document, problems } = readFamilyPolicy({ object: "families/web.json", text, project: PROJECT });
    expect(problems).to.deep.equal([]);
    expect(document?.spec.deleteAfter).to.equal("P90D");
  });

  it("tells all that is wrong at once, with line, path, value and fix", () => {
    const document = familyDocument("Web", {
      deleteAfter: "soon",
      retainAtLeast: "3",
      excludeLabels: [],
      colour: "red",
    });
    const fields = Object.keys(LIFECYCLE_RULES).join(", ");
    expect(problems(document)).to.deep.equal([
      'families/web.json:5:15: metadata.family must be lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Web"',
      "families/web.json:16:15: spec.colour is not known: take it away, or write one of " +
        fields +
        '; its value is "red"',
      'families/web.json:15:20: spec.deleteAfter must be a duration such as 30d, 12h, 1d12h or P30D, got "soon"',
      'families/web.json:10:22: spec.retainAtLeast must be a whole number from 1 to 1000 images, so that the family never runs empty, got "3"',
      "families/web.json:14:22: spec.excludeLabels must be an object, got []",
    ]);
  });

  const one: [string, unknown, string][] = [
    ["no JSON", '{\n  "a": 1,\n}', "families/web.json:3:1: must be JSON: "],
    ["nothing", "", "families/web.json:1:1: must be JSON: it is empty"],
    ["a list", "[]", "families/web.json:1:1: must be an object with apiVersion, kind, metadata, spec, got []"],
    [
      "another version",
      { apiVersion: "kiln/v2", kind: "FamilyPolicy", rules: {} },
      'families/web.json:2:17: apiVersion must be "kiln/v1", the version that this Kiln reads, got "kiln/v2"',
    ],
    [
      "another kind",
      familyDocument("web", {}, { kind: "ProjectPolicy" }),
      'families/web.json:3:11: kind must be "FamilyPolicy", the kind that belongs there, got "ProjectPolicy"',
    ],
    [
      "another project",
      familyDocument("web", {}, { metadata: { family: "web", project: "other-images" } }),
      'families/web.json:6:16: metadata.project must be "acme-images", the project whose images the controller of this bucket looks after, got "other-images"',
    ],
    [
      "no spec",
      { apiVersion: API_VERSION, kind: "FamilyPolicy", metadata: { family: "web", project: PROJECT } },
      'families/web.json:1:1: spec is missing: write it, such as {"deprecateAfter":"0s","retainAtLeast":3,"protectInUse":true,"maxDeletesPerRun":5,"mode":"Enforce","excludeLabels":{}}',
    ],
    [
      "deletion before obsolescence",
      familyDocument("web", { obsoleteAfter: "30d", deleteAfter: "29d" }),
      'families/web.json:16:20: spec.deleteAfter must not be before obsoleteAfter (30d), since both count from the deprecation, got "29d"',
    ],
    [
      "a key that objects of JavaScript have",
      textOf(familyDocument()).replace('"kind"', '"__proto__": { "mode": "Report" },\n  "kind"'),
      'families/web.json:3:16: __proto__ is not known: take it away, or write one of apiVersion, kind, metadata, spec; its value is {"mode":"Report"}',
    ],
    [
      "a key given twice",
      textOf(familyDocument()).replace('"retainAtLeast": 3', '"retainAtLeast": 30,\n    "retainAtLeast": 1'),
      "families/web.json:11:5: is a key that its object has had before: take one of them away",
    ],
    [
      "nesting without an end",
      `${"[".repeat(30_000)}${"]".repeat(30_000)}`,
      "families/web.json: must not nest more than 20 levels",
    ],
    ["64 KiB and more", " ".repeat(70_000), "families/web.json: must have at most 65536 bytes"],
  ];
  for (const [what, document, wanted] of one)
    it(`refuses ${what}`, () => {
      const found = problems(document);
      expect(found).to.have.length(1);
      expect(found[0].slice(0, wanted.length)).to.equal(wanted);
    });

  it("reads the policy of the project by the same rules", () => {
    const document = {
      apiVersion: API_VERSION,
      kind: "ProjectPolicy",
      metadata: { project: PROJECT },
      spec: { ...DEFAULT_PROJECT_LIFECYCLE, honourTimestamps: "yes" },
    };
    const { problems } = readProjectPolicy({ object: "project.json", text: textOf(document), project: PROJECT });
    expect(problems.map(policyProblemText)).to.deep.equal([
      'project.json:8:25: spec.honourTimestamps must be true or false, got "yes"',
    ]);
  });
});

describe("reading all policies", () => {
  const object = (name: string, document: unknown) => ({ name, text: textOf(document) });
  const read = (...objects: { name: string; text?: string; problem?: string }[]) => readPolicies(objects, PROJECT);

  it("stops the families alone whose policy is wrong", () => {
    const { policies, stopped, problems } = read(
      object("families/web.json", familyDocument("web")),
      object("families/db.json", familyDocument("db", { mode: "Off" })),
      { name: "families/api.json", problem: "could not be read: HTTP 503" },
      { name: "families/", text: "" },
    );
    expect([...policies.keys()]).to.deep.equal(["web"]);
    expect([...stopped]).to.deep.equal(["api", "db"]);
    expect(problems.map(policyProblemText)).to.deep.equal([
      "families/api.json: could not be read: HTTP 503",
      'families/db.json:13:13: spec.mode must be one of Enforce, Report, got "Off"',
    ]);
  });

  for (const other of ["families/aweb.json", "families/zweb.json"])
    it(`stops a family with two policies, the other one ${other}`, () => {
      const { policies, stopped, problems } = read(
        object("families/web.json", familyDocument("web")),
        object(other, familyDocument("web", { deleteAfter: "1d" })),
      );
      expect([...policies.keys()]).to.deep.equal([]);
      expect([...stopped]).to.include("web");
      expect(problems.map(policyProblemText)).to.deep.equal([
        `${other}: metadata.family must be the family that the object's name says, or the object be named families/web.json, got "web"; families/web.json is a policy of that family too, and none of the two counts`,
      ]);
    });

  it("stops the family that a wrong document in a wrong place is about", () => {
    const { policies, stopped } = read(
      object("families/web.json", familyDocument("web")),
      object("families/old/web.yaml", familyDocument("web", { mode: "Off" })),
    );
    expect([...policies.keys()]).to.deep.equal([]);
    expect([...stopped]).to.deep.equal(["web"]);
  });

  it("acts on no image outside of families where the policy of the project is wrong", () => {
    const { projectPolicy, problems } = read({ name: "project.json", text: "{}" });
    expect(projectPolicy).to.equal(undefined);
    expect(problems.map(({ path }) => path)).to.deep.equal(["apiVersion", "kind", "metadata", "spec"]);
  });
});
