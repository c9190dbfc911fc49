import { expect } from "chai";
import { kindsGiven, type KnownSource, oneKind, repeatedSources } from "../../../core/pulls/sources";

describe("sources of pull logs", () => {
  it("are of one kind", () => {
    expect(oneKind({ folder: "1" })).to.equal(undefined);
    expect(oneKind({})).to.equal("must have exactly one of project, folder and organization, got none");
    expect(oneKind({ project: "a", folder: "1", organization: "2" })).to.include(
      "got project and folder and organization",
    );
    expect(kindsGiven({ organization: "2", project: undefined })).to.deep.equal(["organization"]);
  });

  it("are read once each", () => {
    const source = (path: string, id: string, sinkName?: string): KnownSource => ({
      path,
      kind: "folder",
      id,
      sinkName,
    });
    const sources = [source("a", "1", "x"), source("b", "folders/1", "x"), source("c", "1"), source("d", "2", "x")];
    expect(repeatedSources(sources)).to.deep.equal([
      {
        path: "b",
        reason: 'must not make a second sink "x" in folder 1, since a makes it; remove one of them',
      },
      {
        path: "c",
        reason: "must not read folder 1 again, since a does and every pull would be counted twice; remove one of them",
      },
    ]);
    expect(repeatedSources([source("a", "1"), { ...source("b", "1"), kind: "organization" }])).to.deep.equal([]);
  });
});
