import { expect } from "chai";
import { type Step, yamlFile } from "./steps";

interface Workflow {
  permissions: object;
  jobs: Record<string, { permissions: Record<string, string>; steps: Step[] }>;
}

const workflows = ["preview", "report", "private"].map((name) => ({
  name: `${name}.yml`,
  ...yamlFile<Workflow>(`examples/pull-request/ci/github/${name}.yml`),
}));
const action = yamlFile<{ runs: { steps: Step[] } }>("action.yml");

describe("scripts for GitHub", () => {
  const jobs = workflows.flatMap(({ name, jobs }) => Object.values(jobs).map((job) => ({ name, ...job })));
  const steps = [...jobs, { name: "action.yml", permissions: {}, steps: action.runs.steps }].flatMap(
    ({ name, permissions, steps }) => steps.map((step) => ({ file: name, permissions, step })),
  );

  it("hold no expression: a branch's name or an input would be run", () => {
    const scripts = steps.filter(({ step }) => step.run !== undefined);
    expect(scripts.length).to.be.greaterThan(8);
    for (const { file, step } of scripts) expect(step.run, `${file}, ${step.name}`).to.not.include("${{");
  });

  it("of jobs that may write run neither a checkout nor the program", () => {
    const writing = steps.filter(({ permissions }) => Object.values(permissions).includes("write"));
    expect(writing.length).to.be.greaterThan(4);
    for (const { step } of writing) expect(`${step.uses} ${step.run}`).to.not.match(/actions\/checkout|npm |npx |git /);
  });

  it("of jobs that run the program have a token that reads, and nothing else", () => {
    const running = jobs.filter(({ steps }) => steps.some(({ uses }) => uses?.startsWith("actions/checkout")));
    expect(running).to.have.length(2);
    for (const { permissions, steps } of running) {
      expect(permissions).to.deep.equal({ contents: "read" });
      expect(JSON.stringify(steps))
        .to.include('"persist-credentials":false')
        .and.not.match(/secrets\.|github\.token/);
    }
  });

  it("belong to workflows that grant nothing by themselves", () => {
    for (const { name, permissions } of workflows) expect(permissions, name).to.deep.equal({});
  });

  it("use actions at full commits, with the tag beside them", () => {
    const used = steps.flatMap(({ step }) => step.uses ?? []).filter((uses) => !uses.startsWith("OWNER/"));
    expect(used.length).to.be.greaterThan(6);
    for (const uses of used) expect(uses).to.match(/^actions\/[\w-]+@[0-9a-f]{40}$/);
  });
});
