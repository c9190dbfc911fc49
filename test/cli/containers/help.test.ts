import { join } from "node:path";
import { Command } from "commander";
import { expect } from "chai";
import { containersCommand } from "../../../cli/containers";
import { expectGolden } from "../../support/golden";

describe("kiln containers", () => {
  it("explains its commands", () => {
    const group = containersCommand(() => undefined);
    new Command("kiln").addCommand(group);
    expect(group.commands.map((command) => command.name())).to.deep.equal([
      ...["scan", "pulls", "plan", "copy", "access", "rewrite"],
    ]);
    const texts = [group, ...group.commands].map((command) =>
      command.configureHelp({ helpWidth: 80, showGlobalOptions: false }).helpInformation(),
    );
    expectGolden(texts.join("\n"), join(__dirname, "help.golden.txt"));
  });
});
