import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readPlan } from "../../core/migration/readPlan";

describe("examples/mirror", () => {
  it("holds a plan that is right", () => {
    const file = join(__dirname, "../../examples/mirror/migration.yaml");
    expect(readPlan({ file, text: readFileSync(file, "utf8") }).problems).to.deep.equal([]);
  });
});
