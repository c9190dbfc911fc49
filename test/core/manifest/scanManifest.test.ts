import { expect } from "chai";
import { scanManifest } from "../../../core/manifest/scanManifest";
import { KUBERNETES } from "./cases/kubernetes";
import { NONE } from "./cases/nothing";
import { PIPELINES } from "./cases/pipelines";
import { TEXTS } from "./cases/templates";
import { TOOLS } from "./cases/tools";
import { type Case, checked, lines } from "./support";

const FAMILIES: Record<string, Record<string, Case>> = {
  "objects of Kubernetes": KUBERNETES,
  tools: TOOLS,
  pipelines: PIPELINES,
  "templates and texts": TEXTS,
  "what is no image": NONE,
};

describe("scanManifest", () => {
  for (const [family, cases] of Object.entries(FAMILIES))
    describe(family, () => {
      for (const [name, { path, text, uses }] of Object.entries(cases))
        it(name, () => {
          const scan = scanManifest(path, text);
          checked(text, scan);
          expect(lines(scan)).to.deep.equal(uses);
        });
    });
});
