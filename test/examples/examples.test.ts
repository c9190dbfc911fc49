import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { expectGolden } from "../support/golden";

const ROOT = join(__dirname, "../..");
const EXAMPLES = join(ROOT, "examples");

/** An example is a project, or a folder of projects such as `pull-request`. */
const PROJECTS = readdirSync(EXAMPLES)
  .flatMap((example) => [example, ...readdirSync(join(EXAMPLES, example)).map((part) => `${example}/${part}`)])
  .filter((path) => existsSync(join(EXAMPLES, path, "Pulumi.yaml")));

/** As its README has it; a part of an example has none. */
function commandOf(project: string): string[] {
  const readme = join(EXAMPLES, project, "README.md");
  const text = existsSync(readme) ? readFileSync(readme, "utf8") : "";
  const [command = `npx kiln preview examples/${project}`] = text.match(/^npx kiln preview .*$/m) ?? [];
  return command.split(" ").slice(1);
}

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

    const command = commandOf(project);
    it(`${project} declares what its golden file says: npx ${command.join(" ")}`, () => {
      const [, ...words] = command;
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "dist/cli/kiln.js"), ...words], {
        ...{ cwd: ROOT, encoding: "utf8" },
      });
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
      expectGolden(stdout, join(__dirname, `${project.replace("/", "-")}.golden.txt`));
    });
  }
});
