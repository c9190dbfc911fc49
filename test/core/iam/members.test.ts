import { expect } from "chai";
import { iamMember, namedMember } from "../../../core/iam/members";

describe("IAM members", () => {
  const good = [
    "user:ann@acme.example",
    "group:platform@acme.example",
    "serviceAccount:builder@acme-images.iam.gserviceaccount.com",
    "serviceAccount:acme-images.svc.id.goog[build/runner]",
    "domain:acme.example",
    "principal://iam.googleapis.com/locations/global/workforcePools/p/subject/ann",
    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
    "projectViewer:acme-images",
  ];
  for (const member of good) it(`accepts ${member}`, () => expect(iamMember(false)(member)).to.equal(undefined));

  for (const member of [
    "ann@acme.example",
    "group:",
    "group:platform",
    "Group:a@b.example",
    "deleted:user:a@b.example",
    "",
  ])
    it(`refuses ${JSON.stringify(member)}`, () =>
      expect(iamMember(true)(member)).to.equal(
        `must be an IAM member with its prefix, such as group:platform@acme.example or serviceAccount:…, got ${JSON.stringify(member)}`,
      ));

  for (const member of ["allUsers", "allAuthenticatedUsers"])
    it(`accepts ${member} only when asked`, () => {
      expect(iamMember(true)(member)).to.equal(undefined);
      expect(iamMember(false)(member)).to.equal(
        `must not be ${member}, which is everybody on the internet; set allowPublic to true if that is what you want`,
      );
    });
});

describe("members who must be named", () => {
  it("are not everybody, with a reason that offers no way to make them so", () => {
    expect(namedMember("allUsers")).to.equal(
      "must not be allUsers, which is everybody on the internet; only the use of images can be given to everybody",
    );
  });

  it("are members all the same", () => {
    expect(namedMember("group:platform@acme.example")).to.equal(undefined);
    expect(namedMember("platform@acme.example")).to.include("must be an IAM member with its prefix");
  });
});
