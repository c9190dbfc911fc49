import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { previewOffline, RENDERERS, reportOf } from "../../preview";
import { expectGolden } from "../support/golden";

const EXAMPLES = join(__dirname, "../../examples");

describe("examples", () => {
  for (const example of readdirSync(EXAMPLES)) {
    const directory = join(EXAMPLES, example);

    it(`${example} is a whole Pulumi project`, () => {
      for (const file of ["Pulumi.yaml", "package.json", "tsconfig.json", "README.md"])
        expect(existsSync(join(directory, file)), file).to.equal(true);
      const { main } = parse(readFileSync(join(directory, "Pulumi.yaml"), "utf8")) as { main: string };
      expect(main).to.equal("index.ts");
    });

    it(`${example} declares what its golden file says`, async () => {
      const report = RENDERERS.text(reportOf(await previewOffline({ directory })), { color: false });
      expectGolden(report, join(__dirname, `${example}.golden.txt`));
    });
  }
});
