import { expect } from "chai";
import * as permissions from "../../../core/lifecycle/permissions";
import { policyObjectName } from "../../../core/lifecycle/familyPolicy";
import { PROJECT_POLICY_OBJECT } from "../../../core/lifecycle/projectPolicy";
import { sourceObjectName } from "../../../core/lifecycle/controller";

const { WRITTEN_PREFIX, ...lists } = permissions;

describe("permissions of the lifecycle agent", () => {
  for (const [name, list] of Object.entries(lists))
    it(`${name} are permissions, each once`, () => {
      expect(list).to.have.length.above(0);
      for (const permission of list) expect(permission).to.match(/^[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+$/);
      expect([...new Set(list)]).to.deep.equal([...list]);
    });

  it("only read in projects that use the images", () => {
    for (const permission of lists.CONSUMER_PERMISSIONS) expect(permission).to.match(/\.list$/);
    expect(lists.IMAGE_PROJECT_PERMISSIONS).to.include.members([...lists.CONSUMER_PERMISSIONS]);
  });

  it("write neither policies nor the program", () => {
    for (const object of [policyObjectName("web"), PROJECT_POLICY_OBJECT, sourceObjectName("0123456789abcdef0")])
      expect(object.startsWith(WRITTEN_PREFIX), object).to.equal(false);
  });
});
