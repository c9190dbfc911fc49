import { scanManifest } from "../../../core/manifest/scanManifest";
import { bombs, findsGenerated, survivesChanges } from "./properties";
import { checked } from "./support";

describe("scanManifest: properties", () => {
  it("finds the images of a document however it is written", () => findsGenerated(60));

  it("survives every change of a file", () => survivesChanges(150));

  for (const [name, text] of Object.entries(bombs(2_000)))
    it(`survives ${name}`, () =>
      checked(text, scanManifest(name === "doubling" ? "cloudbuild.yaml" : "compose.yaml", text)));
});
