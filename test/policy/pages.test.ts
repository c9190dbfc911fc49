import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(__dirname, "../..");
const SCRIPT: string = "../../scripts/policies.mjs";

interface Script {
  policyPages: () => Promise<Record<string, string>>;
}

describe("pages of the rules", () => {
  it("are those of the rules and their cases; npm run policies writes them anew", async () => {
    const pages = await ((await import(SCRIPT)) as Script).policyPages();
    for (const [path, text] of Object.entries(pages))
      expect(readFileSync(join(ROOT, path), "utf8"), path).to.equal(text);
    const written = readdirSync(join(ROOT, "docs/policies")).map((file) => `docs/policies/${file}`);
    expect(written.filter((path) => !(path in pages))).to.deep.equal([]);
  });
});
