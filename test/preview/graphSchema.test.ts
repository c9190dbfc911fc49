import { join } from "node:path";
import Ajv from "ajv";
import { expect } from "chai";
import { readPulumiJson, RENDERERS, reportOf } from "../../preview";
import schema from "../../preview/graph.schema.json";

const FIXTURES = join(__dirname, "fixtures");

describe("the preview graph's schema", () => {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

  for (const file of ["preview.json", "change.json"])
    it(`accepts the graph of the recorded ${file} as it is printed`, () => {
      const graph = readPulumiJson(join(FIXTURES, file));
      const printed: unknown = JSON.parse(RENDERERS.json(reportOf(graph), { color: false }));
      expect(validate(printed), JSON.stringify(validate.errors)).to.equal(true);
    });

  it("refuses a graph of another version, and one with more than it knows", () => {
    const printed = JSON.parse(
      RENDERERS.json(reportOf(readPulumiJson(join(FIXTURES, "preview.json"))), { color: false }),
    ) as object;
    expect(validate({ ...printed, apiVersion: "kiln/v2" })).to.equal(false);
    expect(validate({ ...printed, extra: true })).to.equal(false);
  });
});
