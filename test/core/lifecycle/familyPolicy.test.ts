import Ajv from "ajv";
import { expect } from "chai";
import {
  API_VERSION,
  DEFAULT_LIFECYCLE,
  familyReference,
  type FamilyPolicyDocument,
  LIFECYCLE_RULES,
  lifecycleOrder,
  policyObjectName,
} from "../../../core/lifecycle/familyPolicy";
import schema from "../../../core/lifecycle/familyPolicy.schema.json";

const document = (spec: object): unknown => ({
  apiVersion: API_VERSION,
  kind: "FamilyPolicy",
  metadata: { family: "web", project: "acme-images" },
  spec: { ...DEFAULT_LIFECYCLE, ...spec },
});

describe("family policy", () => {
  const validate = new Ajv({ strict: true }).compile<FamilyPolicyDocument>(schema);

  it("has defaults that its own schema and rules accept", () => {
    expect(validate(document({})), JSON.stringify(validate.errors)).to.equal(true);
    for (const [field, value] of Object.entries(DEFAULT_LIFECYCLE))
      expect(LIFECYCLE_RULES[field as "mode"](value as "Enforce"), field).to.equal(undefined);
  });

  const wrong = [
    { retainAtLeast: 0 },
    { retainAtLeast: 1.5 },
    { maxDeletesPerRun: 1001 },
    { deleteAfter: "soon" },
    { deprecateAfter: "P" },
    { mode: "Off" },
    { excludeLabels: { hold: true } },
    { extra: 1 },
  ];
  for (const spec of wrong)
    it(`refuses ${JSON.stringify(spec)} by schema, and by rule where there is one`, () => {
      expect(validate(document(spec))).to.equal(false);
      for (const [field, value] of Object.entries(spec))
        if (field in LIFECYCLE_RULES && field !== "excludeLabels")
          expect(LIFECYCLE_RULES[field as "mode"](value as "Enforce")).to.match(/^must be .* got/);
    });

  it("refuses deletion before obsolescence, in whatever units", () => {
    expect(lifecycleOrder({ obsoleteAfter: "P30D", deleteAfter: "29d" })).to.equal(
      'must not be before obsoleteAfter (P30D), since both count from the deprecation, got "29d"',
    );
    expect(lifecycleOrder({ obsoleteAfter: "P30D", deleteAfter: "720h" })).to.equal(undefined);
    expect(lifecycleOrder({ deleteAfter: "1d" })).to.equal(undefined);
  });

  it("names its object and the family as Compute Engine does", () => {
    expect(policyObjectName("web")).to.equal("families/web.json");
    expect(familyReference("acme-images", "web")).to.equal("projects/acme-images/global/images/family/web");
  });
});
