import { expect } from "chai";
import { PRESET_PROJECTS, policyParent, trustedProjects } from "../../../core/foundation/trustedImages";
import { projectId } from "../../../core/names";

describe("the projects of trusted images", () => {
  for (const [preset, projects] of Object.entries(PRESET_PROJECTS))
    it(`are ids, each once, in alphabetical order: ${preset}`, () => {
      expect(projects.map(projectId)).to.deep.equal(projects.map(() => undefined));
      expect([...new Set(projects)].sort()).to.deep.equal(projects);
    });

  it("come together, each once", () => {
    expect(trustedProjects(["acme-images", "cos-cloud"], ["ContainerOptimizedOs", "Dataproc"])).to.deep.equal([
      "acme-images",
      "cloud-dataproc",
      "cos-cloud",
    ]);
  });
});

describe("what a policy is set on", () => {
  for (const parent of ["", "folders/shared", "organizations/acme.example", "projects/", "folders/0", "billing/1"])
    it(`is not ${JSON.stringify(parent)}`, () =>
      expect(policyParent(parent)).to.equal(
        `must be projects/ID, folders/N or organizations/N, got ${JSON.stringify(parent)}`,
      ));
});
