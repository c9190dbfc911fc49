import { expect } from "chai";
import { events, failures, functionUrl, imageInsertions, roleId, successes } from "../../../core/lifecycle/controller";

describe("names of a lifecycle controller", () => {
  it("have no hyphens in roles", () => expect(roleId("kiln-lifecycle", "agent")).to.equal("kiln_lifecycle_agent"));

  it("are the host of the function's address, whose label has 63 characters", () => {
    const { host } = new URL(functionUrl("a".repeat(22), "1".repeat(19), "northamerica-northeast1"));
    expect(host.split(".")[0].length).to.be.at.most(63);
  });
});

describe("log entries of a lifecycle controller", () => {
  it("are told apart by the event that the agent writes", () => {
    expect(events("aging", "policy")).to.equal(
      'resource.type="cloud_run_revision" AND resource.labels.service_name="aging" AND jsonPayload.kiln.event="policy"',
    );
    expect(successes("aging")).to.equal(`${events("aging", "summary")} AND jsonPayload.kiln.outcome="Succeeded"`);
  });

  it("are failures where a run failed, or where the schedule got no answer", () => {
    expect(failures("aging")).to.equal(
      `severity>=ERROR AND ((${events("aging", "summary")}) OR (resource.type="cloud_scheduler_job" AND resource.labels.job_id="aging"))`,
    );
  });

  it("are images of every version of the API", () => {
    const [, pattern] = /methodName=~"([^"]+)"/.exec(imageInsertions("acme-images")) ?? [];
    for (const method of ["v1.compute.images.insert", "beta.compute.images.insert"])
      expect(method).to.match(new RegExp(pattern));
    expect("v1.compute.machineImages.insert").to.not.match(new RegExp(pattern));
  });
});
