import { expect } from "chai";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { projectFileIn } from "../../cli/projectFile";
import { project } from "../preview/support";

describe("the project's file, as code scanning calls it", () => {
  it("is named from the root of the repository", () => {
    const root = project({ "infra/app/Pulumi.yml": "name: app\nruntime: nodejs\n", "infra/app/src/index.js": "" });
    mkdirSync(join(root, ".git"));
    expect(projectFileIn(root)).to.equal("Pulumi.yaml");
    expect(projectFileIn(join(root, "infra/app"))).to.equal("infra/app/Pulumi.yml");
    expect(projectFileIn(join(root, "infra/app/src"))).to.equal("infra/app/Pulumi.yml");
  });

  it("has its plain name where there is no repository and it is not below the working folder", () => {
    expect(projectFileIn(project({}))).to.equal("Pulumi.yaml");
  });
});
