import { expect } from "chai";
import { refusedByMode, RepositoryMode } from "../../../core/registry/modes";

describe("modes of repositories", () => {
  const everything = { immutableTags: true, cleanup: {}, cleanupDryRun: true, vulnerabilityScanning: "x", writers: {} };
  const refused = (mode: RepositoryMode, given: object) => refusedByMode(mode, given).map(([input]) => input);

  it("refuse what they cannot have", () => {
    expect(refused(RepositoryMode.Standard, everything)).to.deep.equal([]);
    expect(refused(RepositoryMode.Remote, everything)).to.deep.equal(["immutableTags", "writers"]);
    expect(refused(RepositoryMode.Virtual, everything)).to.deep.equal(Object.keys(everything));
  });

  it("accept that it is said to be off", () => {
    expect(refused(RepositoryMode.Virtual, { immutableTags: false, cleanup: undefined })).to.deep.equal([]);
  });
});
