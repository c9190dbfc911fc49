import { expect } from "chai";
import { scanManifest } from "../../../core/manifest/scanManifest";
import { CASES } from "./cases";
import { checked, lines } from "./support";

describe("scanManifest", () => {
  for (const [name, { path, text, uses }] of Object.entries(CASES))
    it(name, () => {
      const scan = scanManifest(path, text);
      checked(text, scan);
      expect(lines(scan)).to.deep.equal(uses);
    });
});
