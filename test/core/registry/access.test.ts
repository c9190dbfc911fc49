import { expect } from "chai";
import * as fc from "fast-check";
import { repeatedGrants, Runtime, runtimeMember, trustedMember } from "../../../core/registry/access";
import { iamMember } from "../../../core/iam/members";

describe("registry access", () => {
  it("knows the account as which each runtime pulls", () => {
    expect(Object.values(Runtime).map((runtime) => runtimeMember(runtime, "123456789012"))).to.deep.equal([
      "serviceAccount:123456789012-compute@developer.gserviceaccount.com",
      "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com",
      "serviceAccount:123456789012@cloudbuild.gserviceaccount.com",
    ]);
    for (const runtime of Object.values(Runtime))
      expect(iamMember(false)(runtimeMember(runtime, "123456789012"))).to.equal(undefined);
  });

  it("never trusts everybody", () => {
    expect(trustedMember("allUsers")).to.include("only readers may be public");
    expect(trustedMember("allAuthenticatedUsers")).to.include("only readers may be public");
    expect(trustedMember("group:owners@acme.example")).to.equal(undefined);
    expect(trustedMember("owners@acme.example")).to.include("with its prefix");
  });

  it("finds each grant that is stated again, and leaves one of each", () => {
    const grants = fc.array(
      fc.record({
        path: fc.string(),
        role: fc.constantFrom("reader", "writer"),
        member: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(grants, (stated) => {
        const known = stated.filter(({ member }) => member !== undefined);
        const different = new Set(known.map(({ role, member }) => `${role} ${member}`));
        expect(repeatedGrants(stated)).to.have.length(known.length - different.size);
      }),
    );
  });
});
