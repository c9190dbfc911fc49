import { expect } from "chai";
import {
  copyArguments,
  endedExecutions,
  failedStarts,
  LEDGERS_PREFIX,
  MirrorUpdate,
  readableObjects,
  runUrl,
  writableObjects,
} from "../../../core/migration/mirror";

describe("a mirror's command", () => {
  const copy = { bucket: "acme-kiln", planObject: "migration/plan.yaml", update: MirrorUpdate.Never };

  it("copies the plan of the bucket and keeps its ledgers there", () => {
    expect(copyArguments(copy)).to.deep.equal([
      "containers",
      "copy",
      "gs://acme-kiln/migration/plan.yaml",
      "--ledger",
      "gs://acme-kiln/migration/ledgers/",
    ]);
  });

  it("moves tags, and spends no more, where it is told so", () => {
    const more = { ...copy, update: MirrorUpdate.MovedTags, hubBudget: 150 };
    expect(copyArguments(more).slice(5)).to.deep.equal(["--overwrite", "--hub-budget", "150"]);
  });
});

describe("a mirror's part of the bucket", () => {
  it("is its plan and its ledgers to read, and the ledgers to write", () => {
    const ledgers = `resource.name.startsWith("projects/_/buckets/acme-kiln/objects/${LEDGERS_PREFIX}")`;
    expect(writableObjects("acme-kiln")).to.equal(ledgers);
    expect(readableObjects("acme-kiln", "plans/hub.yaml").split(" || ")).to.deep.equal([
      'resource.type == "storage.googleapis.com/Bucket"',
      'resource.name == "projects/_/buckets/acme-kiln/objects/plans/hub.yaml"',
      ledgers,
    ]);
  });
});

describe("a mirror's runs", () => {
  it("are started where Cloud Run has the job", () =>
    expect(runUrl("acme-images", "europe-west1", "kiln-mirror")).to.equal(
      "https://run.googleapis.com/v2/projects/acme-images/locations/europe-west1/jobs/kiln-mirror:run",
    ));

  it("are counted by Cloud Run, and their starts logged by Cloud Scheduler", () => {
    expect(endedExecutions("europe-west1", "hub", "failed")).to.equal(
      'metric.type="run.googleapis.com/job/completed_execution_count" AND resource.type="cloud_run_job" AND resource.labels.job_name="hub" AND resource.labels.location="europe-west1" AND metric.labels.result="failed"',
    );
    expect(failedStarts("europe-west1", "hub")).to.equal(
      'resource.type="cloud_scheduler_job" AND resource.labels.job_id="hub" AND resource.labels.location="europe-west1" AND severity>=ERROR',
    );
  });
});
