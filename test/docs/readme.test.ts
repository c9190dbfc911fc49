import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ImageFamily } from "../../components";
import { refusalOf } from "../../testing";
import { ROOT } from "./blocks";

const README = join(ROOT, "README.md");
const SHOWN = /(<!-- npm start -->\n\n```text\n)([\s\S]*?)(```\n\n<!-- \/npm start -->)/;

describe("README", () => {
  it("shows the error that a wrong input gives", async () => {
    const lifecycle = { retainAtLeast: 0, obsoleteAfter: "90d", deleteAfter: "30d" };
    const wrong = () => new ImageFamily("web", { project: "acme-images", bucket: "acme-images-kiln", lifecycle });
    const shown = (await refusalOf(wrong)).replaceAll(/\n/g, "\n  ");
    expect(readFileSync(README, "utf8")).to.include(`kiln:index:ImageFamily (web):\n  error: ${shown}\n`);
  });

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
