import { expect } from "chai";
import { accountEmail, accountPrefix } from "../../../core/iam/accounts";
import { serviceAccountEmail } from "../../../core/names";

describe("accounts of a component's own", () => {
  it("find room in names of 30 characters", () => {
    const longest = "a".repeat(22);
    expect(accountPrefix(longest)).to.equal(undefined);
    expect(accountPrefix(`${longest}a`)).to.include("must be 4 to 22");
    for (const purpose of ["agent", "builder", "invoker"])
      expect(`${longest}-${purpose}`.length, purpose).to.be.at.most(30);
  });

  it("are accounts of the project, whose id may hold a domain", () => {
    for (const project of ["acme-images", "acme.example:images"])
      expect(serviceAccountEmail(accountEmail("kiln-lifecycle-agent", project))).to.equal(undefined);
  });
});
