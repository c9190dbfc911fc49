import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as kiln from "pulumi-kiln";
import { parseAllDocuments } from "yaml";
import { problemsOf } from "../../factory/validate";
import factorySchema from "../../factory/config.schema.json";
import { runProgram } from "../../testing";
import { expect } from "../support/chai";
import { exampleBlocks, markdownBlocks, ROOT } from "./blocks";
import { compileErrors, load, moduleOf } from "./program";

/** Commands that documents may show and that run elsewhere: in CI on a clean clone, or only with an account. */
const RUN_ELSEWHERE = [
  /^npm (ci|start|test|install|run \w+)\b/,
  /^\.ci\/run$/,
  /^npx mocha --spec test\//,
  /^UPDATE=1 npm test$/,
  // Its test runs what its README says, with the redirection.
  /^npx kiln preview examples\/pull-request\/\w+ --/,
  /^pulumi (up|preview|destroy|stack|config|login|state)\b/,
  /^gcloud /,
  // The examples' own tests run what their READMEs say.
  /^npx kiln preview examples\/[\w-]+(\/infrastructure)?( --answers \S+)?$/,
  // Its own tests run it against a stand-in of Compute Engine.
  /^npx kiln images /,
  // Registries, clusters, datasets: the commands' own tests run them, and test/docs the walk of docs/migration.md.
  /^npx kiln containers /,
  // .ci/tools installs crane and gcrane this way.
  /^go install github.com\/google\/go-containerregistry\/cmd\/g?crane@/,
  /^git clone /,
  /^cd /,
];

describe("documents", () => {
  const markdown = markdownBlocks();
  const programs = [...markdown.filter(({ language }) => /^(ts|typescript)$/.test(language)), ...exampleBlocks()];
  const modules = new Map(programs.map((block) => [block.at, moduleOf(block, Object.keys(kiln))]));

  it("show TypeScript that compiles", () => {
    expect(modules.size).to.be.greaterThan(5);
    expect(compileErrors(modules)).to.deep.equal([]);
  });

  for (const [at, text] of modules)
    it(`run: ${at}`, async () => {
      const program = load(text);
      // A block that runs programs itself is not one.
      const { resources } = text.includes("runProgram(")
        ? await program().then(() => ({ resources: ["its own"] }))
        : await runProgram(program, { anyChildNames: true });
      expect(resources).to.not.deep.equal([]);
    });

  for (const { at, language, text } of markdown.filter(({ language }) => /^(yaml|yml|json)$/.test(language)))
    it(`are read: ${at} (${language})`, () => {
      const documents = parseAllDocuments(text);
      for (const document of documents) {
        expect(document.errors, at).to.deep.equal([]);
        const { config = {} } = (document.toJS() ?? {}) as { config?: Record<string, unknown> };
        const keys = Object.entries(config).filter(([key]) => key.startsWith("kiln:"));
        const values = Object.fromEntries(keys.map(([key, value]) => [key.slice("kiln:".length), value]));
        // A part of a configuration need not hold what is required of the whole.
        const problems = keys.length === 0 ? [] : problemsOf({ ...factorySchema, required: [] }, values, "kiln");
        expect(problems, at).to.deep.equal([]);
      }
    });

  const commands = markdown
    .filter(({ language }) => /^(sh|bash|shell)$/.test(language))
    .flatMap(({ at, text }) => text.split("\n").map((line) => ({ at, line: line.replace(/\s+#.*$/, "").trim() })))
    .filter(({ line }) => line !== "" && !RUN_ELSEWHERE.some((known) => known.test(line)));
  for (const { at, line } of commands)
    it(`run: ${at} ${line}`, () => {
      expect(line, "a command that no test runs").to.match(/^(npx )?kiln /);
      const [, ...words] = line.replace(/^npx /, "").split(/\s+/);
      const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "dist/cli/kiln.js"), ...words], {
        cwd: ROOT,
        encoding: "utf8",
      });
      expect(stderr).to.equal("");
      expect(status).to.equal(0);
    });
});
