import { expect } from "chai";
import { settingsFrom } from "../../agent/environment";

describe("the environment of the function", () => {
  it("needs a project and a bucket alone", () => {
    expect(settingsFrom({ KILN_PROJECT: "acme-images", KILN_BUCKET: "acme-images-kiln" })).to.deep.equal({
      project: "acme-images",
      bucket: "acme-images-kiln",
      consumers: [],
      deadlineSeconds: 540,
    });
  });

  it("may name consumers, a scope and a deadline", () => {
    expect(
      settingsFrom({
        KILN_PROJECT: "acme-images",
        KILN_BUCKET: "acme-images-kiln",
        KILN_CONSUMER_PROJECTS: "acme-shop, acme-blog,",
        KILN_ASSET_SCOPE: "folders/123",
        KILN_DEADLINE_SECONDS: "300",
      }),
    ).to.deep.include({ consumers: ["acme-shop", "acme-blog"], assetScope: "folders/123", deadlineSeconds: 300 });
  });

  it("is refused with all that is wrong with it", () => {
    expect(() =>
      settingsFrom({
        KILN_PROJECT: "X",
        KILN_CONSUMER_PROJECTS: "a",
        KILN_ASSET_SCOPE: "all",
        KILN_DEADLINE_SECONDS: "5",
      }),
    ).to.throw(
      /^the environment is wrong: KILN_CONSUMER_PROJECTS must be a project id.*got "a"; KILN_ASSET_SCOPE must be folders\/N or organizations\/N, got "all"; KILN_PROJECT must be a project id.*got "X"; KILN_BUCKET is missing; KILN_DEADLINE_SECONDS must be a whole number from 120 to 3600 seconds, got "5"$/,
    );
  });
});
