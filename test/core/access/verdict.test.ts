import * as fc from "fast-check";
import { isMember, pullsBy } from "../../../core/access/pullRoles";
import { type StatedGrant, verdictOf } from "../../../core/access/verdict";
import { expect } from "../../support/chai";

const ACCOUNT = "nodes@acme-shop.iam.gserviceaccount.com";
const READER: StatedGrant = {
  role: "roles/artifactregistry.reader",
  member: `serviceAccount:${ACCOUNT}`,
  on: "the repository",
};

const verdict = (grants: StatedGrant[], gaps: string[] = []) => verdictOf(ACCOUNT, { grants, gaps });

describe("who may pull", () => {
  it("is granted by a role that pulls, on the account, everybody or in another case", () => {
    for (const member of [READER.member, READER.member.toUpperCase().replace("SERVICEACCOUNT", "serviceAccount")])
      expect(verdict([{ ...READER, member }])).to.deep.equal({
        state: "granted",
        by: "roles/artifactregistry.reader on the repository",
      });
    expect(verdict([{ ...READER, member: "allUsers" }]).state).to.equal("granted");
    expect(verdict([{ ...READER, role: "roles/editor", on: "project acme" }]).state).to.equal("granted");
  });

  it("is not granted by other roles, to others, or by the role of GKE's nodes", () => {
    expect(verdict([])).to.deep.equal({ state: "missing" });
    expect(verdict([{ ...READER, role: "roles/container.defaultNodeServiceAccount" }]).state).to.equal("missing");
    for (const member of ["user:a@acme.example", "domain:acme.example", `deleted:serviceAccount:${ACCOUNT}?uid=1`])
      expect(verdict([{ ...READER, member }]).state, member).to.equal("missing");
    expect(verdict([{ ...READER, member: `serviceAccount:x-${ACCOUNT}` }]).state).to.equal("missing");
  });

  it("cannot be told where a part of the answer is open, and says which", () => {
    const open: [Partial<StatedGrant>, string][] = [
      [{ member: "group:all@acme.example" }, "look whether the account belongs to it"],
      [{ member: "principalSet://goog/x" }, "look whether the account belongs to it"],
      [{ member: "projectEditor:acme-shop" }, "look whether the account belongs to it"],
      [{ member: "[unknown] of nodes" }, "only the deployment will know"],
      [{ role: "projects/acme/roles/puller" }, "look whether this role has"],
      [{ condition: "until May" }, "under a condition (until May)"],
      [{ reaches: "look whether acme is below it" }, "look whether acme is below it"],
    ];
    for (const [change, says] of open) {
      const found = verdict([{ ...READER, ...change }]);
      expect(found.state, says).to.equal("unknown");
      expect(JSON.stringify(found)).to.include(says);
      expect(verdict([{ ...READER, ...change }, READER]).state, says).to.equal("granted");
    }
    expect(verdict([], ["the policy cannot be read"])).to.deep.equal({
      state: "unknown",
      why: ["the policy cannot be read"],
    });
    expect(verdict([{ ...READER, member: "group:a@b.example", role: "roles/logging.viewer" }]).state).to.equal(
      "missing",
    );
  });

  it("never turns worse by a grant more, and is missing only where nothing is open", () => {
    const grants = fc.array(
      fc.record({
        role: fc.constantFrom(
          "roles/artifactregistry.reader",
          "roles/logging.viewer",
          "projects/p/roles/r",
          "roles/owner",
        ),
        member: fc.constantFrom(READER.member, "allUsers", "group:g@acme.example", "user:u@acme.example", "[unknown]"),
        condition: fc.option(fc.constant("x"), { nil: undefined }),
        on: fc.constantFrom("the repository", "folder 1"),
        reaches: fc.option(fc.constant("look"), { nil: undefined }),
      }),
    );
    const rank = { missing: 0, unknown: 1, granted: 2 };
    fc.assert(
      fc.property(grants, grants, fc.array(fc.constant("gap")), (some, more, gaps) => {
        const known = verdict(some, gaps);
        expect(rank[verdict([...some, ...more], gaps).state]).to.be.at.least(rank[known.state]);
        expect(verdict([...some].reverse(), gaps).state).to.equal(known.state);
        const isOut = (one: StatedGrant) => pullsBy(one.role) === "no" || isMember(one.member, ACCOUNT) === "no";
        expect(known.state === "missing").to.equal(gaps.length === 0 && some.every(isOut));
      }),
    );
  });
});
