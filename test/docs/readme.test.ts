import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "./blocks";

const README = join(ROOT, "README.md");
const SHOWN = /(<!-- npm start -->\n\n```text\n)([\s\S]*?)(```\n\n<!-- \/npm start -->)/;

describe("README", () => {
  it("shows what npm start prints; UPDATE=1 npm test writes it anew", () => {
    const printed = execFileSync("npm", ["start", "--silent"], { cwd: ROOT, encoding: "utf8" });
    const readme = readFileSync(README, "utf8");
    if (process.env.UPDATE === "1")
      writeFileSync(
        README,
        readme.replace(SHOWN, (_, open, __, close) => `${open}${printed}${close}`),
      );
    expect(SHOWN.exec(readme)?.[2]).to.equal(printed);
  });
});
