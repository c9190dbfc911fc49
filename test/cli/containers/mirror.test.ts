import { expect } from "chai";
import { copyCommand } from "../../../cli/containers/copy";
import { copyArguments, MirrorUpdate } from "../../../core/migration/mirror";

describe("the command of ImageMirror's job", () => {
  it("is one that kiln containers copy understands, with every option", () => {
    const [group, name, ...args] = copyArguments({
      ...{ bucket: "acme-kiln", planObject: "migration/plan.yaml" },
      ...{ update: MirrorUpdate.MovedTags, hubBudget: 150 },
    });
    const command = copyCommand(() => undefined);
    expect([group, name]).to.deep.equal(["containers", command.name()]);
    expect(command.parseOptions(args)).to.deep.equal({
      operands: ["gs://acme-kiln/migration/plan.yaml"],
      unknown: [],
    });
    expect(command.opts()).to.deep.include({
      ledger: "gs://acme-kiln/migration/ledgers/",
      overwrite: true,
      hubBudget: 150,
    });
  });
});
