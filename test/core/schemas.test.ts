import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(__dirname, "../..");
const SCRIPT: string = "../../scripts/schemas.mjs";

interface Scripts {
  SCHEMAS: Record<string, { path: string; type: string }>;
  schemaText: (source: { path: string; type: string }) => string;
}

describe("JSON Schemas", () => {
  it("are those of the TypeScript definitions; npm run schemas writes them anew", async () => {
    const { SCHEMAS, schemaText } = (await import(SCRIPT)) as Scripts;
    for (const [file, source] of Object.entries(SCHEMAS))
      expect(readFileSync(join(ROOT, file), "utf8"), file).to.equal(schemaText(source));
  });
});
