import { scanManifest } from "../../core/manifest/scanManifest";
import { bombs, findsGenerated, survivesChanges } from "../../test/core/manifest/properties";
import { checked } from "../../test/core/manifest/support";

describe("Manifests, many times over", () => {
  it("are found whole however they are written", () => findsGenerated(5_000));

  it("survive every change", () => survivesChanges(10_000));

  for (const [name, text] of Object.entries(bombs(40_000)))
    it(`survive ${name} of any size`, () => {
      for (const path of ["a.yaml", "a.json", "cloudbuild.yaml", "compose.yaml"])
        checked(text, scanManifest(path, text));
    });
});
