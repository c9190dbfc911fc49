import { expect } from "chai";
import { copyCommand } from "../../../cli/containers/copy";
import { ledgerPlace, readTask } from "../../../core/copy/tasks";
import { copyArguments, LEDGERS_PREFIX, MirrorUpdate } from "../../../core/migration/mirror";

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

  it("keeps the ledgers of a run where the job's account may write, and apart from those of other runs", () => {
    const [, , plan, , ledger] = copyArguments({
      ...{ bucket: "acme-kiln", planObject: "migration/plan.yaml", update: MirrorUpdate.Never },
    });
    const placeIn = (execution: string) =>
      ledgerPlace(
        plan,
        ledger,
        readTask({ CLOUD_RUN_TASK_INDEX: "2", CLOUD_RUN_TASK_COUNT: "4", CLOUD_RUN_EXECUTION: execution }),
      );
    expect(placeIn("kiln-mirror-abcde")).to.deep.equal({
      bucket: "acme-kiln",
      prefix: `${LEDGERS_PREFIX}kiln-mirror-abcde/task-2-of-4/`,
    });
    expect(placeIn("kiln-mirror-fghij")).to.not.deep.equal(placeIn("kiln-mirror-abcde"));
  });
});
