import { readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { expect } from "chai";
import { format } from "prettier";
import { parse } from "yaml";
import { ROOT } from "./blocks";

const PAGE = join(ROOT, "docs/ci.md");
const FILE = /<!-- file: (\S+) -->\n[\s\S]*?<!-- \/file -->/g;
const ACTION = /<!-- action -->\n[\s\S]*?<!-- \/action -->/;

interface Action {
  inputs: Record<string, { description: string; default: string }>;
  outputs: Record<string, { description: string }>;
}

describe("docs/ci.md", () => {
  const page = readFileSync(PAGE, "utf8");

  it("shows the files of the example and what the action takes; UPDATE=1 npm test writes them anew", async () => {
    const made = page
      .replace(FILE, (_, path: string) => {
        const text = readFileSync(join(ROOT, path), "utf8");
        return `<!-- file: ${path} -->\n\n\`\`\`${extname(path).slice(1)}\n${text}\`\`\`\n\n<!-- /file -->`;
      })
      .replace(ACTION, () => `<!-- action -->\n\n${actionTables()}\n<!-- /action -->`);
    const shown = await format(made, { parser: "markdown", printWidth: 120 });
    if (process.env.UPDATE === "1") writeFileSync(PAGE, shown);
    expect(page).to.equal(shown);
  });

  it("shows every file", () => {
    const paths = [...page.matchAll(FILE)].map(([, path]) => path.replace("examples/pull-request/ci/", ""));
    expect(paths).to.deep.equal([
      "github/preview.yml",
      "github/report.yml",
      "github/private.yml",
      "gitlab-ci.yml",
      "cloudbuild.yaml",
    ]);
  });
});

function actionTables(): string {
  const { inputs, outputs } = parse(readFileSync(join(ROOT, "action.yml"), "utf8")) as Action;
  const rows = Object.entries(inputs).map(
    ([name, { description, default: value }]) => `| \`${name}\` | ${description} | ${value && `\`${value}\``} |`,
  );
  const results = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`);
  return [
    ["| input | meaning | default |", "| --- | --- | --- |", ...rows].join("\n"),
    ["| output | meaning |", "| --- | --- |", ...results].join("\n"),
    "",
  ].join("\n\n");
}
