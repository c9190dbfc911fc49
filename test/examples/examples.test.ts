import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { previewOffline, RENDERERS, reportOf } from "../../preview";
import { expectGolden } from "../support/golden";

const EXAMPLES = join(__dirname, "../../examples");

/** An example is a project, or a folder of projects such as `pull-request`. */
const PROJECTS = readdirSync(EXAMPLES)
  .flatMap((example) => [example, ...readdirSync(join(EXAMPLES, example)).map((part) => `${example}/${part}`)])
  .filter((path) => existsSync(join(EXAMPLES, path, "Pulumi.yaml")));

describe("examples", () => {
  for (const example of readdirSync(EXAMPLES))
    it(`${example} says what it shows`, () => {
      expect(existsSync(join(EXAMPLES, example, "README.md"))).to.equal(true);
      expect(PROJECTS.some((project) => project.split("/")[0] === example)).to.equal(true);
    });

  for (const project of PROJECTS) {
    const directory = join(EXAMPLES, project);

    it(`${project} is a whole Pulumi project`, () => {
      for (const file of ["package.json", "tsconfig.json"])
        expect(existsSync(join(directory, file)), file).to.equal(true);
      const { main } = parse(readFileSync(join(directory, "Pulumi.yaml"), "utf8")) as { main: string };
      expect(main).to.equal("index.ts");
    });

    it(`${project} declares what its golden file says`, async () => {
      const report = RENDERERS.text(reportOf(await previewOffline({ directory })), { color: false });
      expectGolden(report, join(__dirname, `${project.replace("/", "-")}.golden.txt`));
    });
  }
});
