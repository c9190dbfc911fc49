import { join } from "node:path";
import { expect } from "chai";
import { expectGolden } from "../../support/golden";
import { containers } from "./support";

const COMMANDS = ["scan", "pulls", "plan", "copy", "access", "rewrite"];

describe("kiln containers", () => {
  it("explains its commands", async () => {
    const texts: string[] = [];
    for (const words of [[], ...COMMANDS.map((name) => [name])]) {
      const { code, stdout } = await containers(...words, "--help");
      expect(code).to.equal(0);
      texts.push(stdout);
    }
    expectGolden(texts.join("\n"), join(__dirname, "help.golden.txt"));
  });

  it("knows all of them where none is named", async () => {
    expect(await containers("scann")).to.deep.equal({
      code: 2,
      stdout: "",
      stderr: "error: unknown command 'scann'\n(Did you mean scan?)\n",
    });
  });
});
