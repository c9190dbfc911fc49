import { expect } from "chai";
import { scanManifest } from "../../../core/manifest/scanManifest";
import { bombs, findsGenerated, survivesChanges } from "./properties";
import { checked } from "./support";

describe("scanManifest: properties", () => {
  it("finds the images of a document however it is written", () => {
    expect(() => findsGenerated(60)).to.not.throw();
  });

  it("survives every change of a file", () => {
    expect(() => survivesChanges(150)).to.not.throw();
  });

  for (const [name, text] of Object.entries(bombs(2_000)))
    it(`survives ${name}`, () =>
      checked(text, scanManifest(name === "doubling" ? "cloudbuild.yaml" : "compose.yaml", text)));
});
