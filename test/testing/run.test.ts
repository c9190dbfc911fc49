import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { getImageOutput } from "@pulumi/gcp/compute";
import { Topic } from "@pulumi/gcp/pubsub";
import { refusalOf, runProgram, UNKNOWN } from "../../testing";
import { expect } from "../support/chai";

const TOPIC = "gcp:pubsub/topic:Topic";

class Pair extends pulumi.ComponentResource {
  constructor(name: string, child = `${name}-topic`, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Pair", name, {}, opts);
    const topic = new Topic(child, {}, { parent: this });
    this.registerOutputs({ topic: topic.id });
  }
}

const after = (milliseconds: number) =>
  new Promise<string>((resolve) => setTimeout(() => resolve("late"), milliseconds));

describe("runProgram", () => {
  it("gives type, name, URN, inputs, parent and options", async () => {
    const { resources } = await runProgram(
      () => {
        const parent = new Pair("pair");
        const first = new Topic("first", { name: "first" }, { parent, protect: true, aliases: [{ name: "old" }] });
        new Topic(
          "second",
          { name: first.name },
          { dependsOn: [parent], retainOnDelete: true, ignoreChanges: ["labels"] },
        );
      },
      { anyChildNames: true },
    );
    const component = "urn:pulumi:stack::project::test:index:Pair::pair";
    const chain = "urn:pulumi:stack::project::test:index:Pair$gcp:pubsub/topic:Topic::";
    expect(resources.map(({ urn }) => urn)).to.have.members([
      component,
      `${chain}pair-topic`,
      `${chain}first`,
      "urn:pulumi:stack::project::gcp:pubsub/topic:Topic::second",
    ]);
    expect(resources.find(({ name }) => name === "first")).to.deep.include({
      type: TOPIC,
      custom: true,
      inputs: { name: "first" },
      parent: component,
      options: { protect: true, retainOnDelete: false, dependsOn: [], aliases: ["old"], ignoreChanges: [] },
    });
    expect(resources.find(({ name }) => name === "second")?.options).to.deep.equal({
      protect: false,
      retainOnDelete: true,
      dependsOn: [`${chain}first`, `${chain}pair-topic`],
      aliases: [],
      ignoreChanges: ["labels"],
    });
    expect(resources.find(({ name }) => name === "pair")?.outputs).to.deep.equal({ topic: "pair-topic-id" });
  });

  it("keeps the whole chain of parent types in URNs", async () => {
    const { resources } = await runProgram(() => {
      const outer = new Pair("a");
      new Pair("a-b", "a-b-topic", { parent: outer });
    });
    expect(resources.map(({ urn }) => urn)).to.include(
      "urn:pulumi:stack::project::test:index:Pair$test:index:Pair$gcp:pubsub/topic:Topic::a-b-topic",
    );
  });

  it("leaves what Google computes unknown in a preview, and knows it in an update", async () => {
    const program = () => {
      const project = new Project("images", { projectId: "acme-images" });
      new Topic("topic", { name: pulumi.interpolate`topic-${project.number}`, project: project.projectId });
      return { number: project.number };
    };
    const preview = await runProgram(program, { preview: true });
    expect(preview).to.declare(TOPIC).with.inputs({ name: UNKNOWN, project: "acme-images" });
    expect(preview.outputs).to.deep.equal({ number: UNKNOWN });
    const update = await runProgram(program);
    expect(update).to.declare(TOPIC).with.inputs({ name: "topic-123456789012" });
    expect(update.outputs).to.deep.equal({ number: "123456789012" });
  });

  it("takes computed properties, answers, configuration and names of project and stack", async () => {
    const run = await runProgram(
      () => {
        const project = new Project("images", { projectId: "acme-images" });
        const image = getImageOutput({ family: "web", project: "acme-images" });
        const name = new pulumi.Config("sample").require("topic");
        new Topic(name, { name: pulumi.interpolate`${project.number}-${image.name}` });
        return { where: `${pulumi.getProject()}/${pulumi.getStack()}` };
      },
      {
        project: "sample",
        stack: "dev",
        config: { "sample:topic": "news" },
        computed: { "gcp:organizations/project:Project": () => ({ number: "7" }) },
        answers: { "gcp:compute/getImage:getImage": ({ family }) => ({ name: `${String(family)}-3` }) },
      },
    );
    expect(run).to.declare(TOPIC, "news").with.inputs({ name: "7-web-3" });
    expect(run.outputs).to.deep.equal({ where: "sample/dev" });
  });

  it("opens secrets and says which inputs hold them", async () => {
    const run = await runProgram(() => new Topic("topic", { labels: { token: pulumi.secret("hunter2") }, name: "t" }));
    expect(run)
      .to.declare(TOPIC)
      .with.inputs({ labels: { token: "hunter2" } });
    expect(run.resources[0].secretInputs).to.deep.equal(["labels"]);
  });

  it("waits for what is declared in a late apply", async () => {
    const run = await runProgram(() => {
      pulumi.output(after(30)).apply((name) => pulumi.output(after(30)).apply(() => new Topic(name)));
    });
    expect(run.resources.map(({ name }) => name)).to.deep.equal(["late"]);
  });

  it("waits for what a promise of the program declares", async () => {
    const run = await runProgram(async () => new Topic(await after(10)));
    expect(run.resources.map(({ name }) => name)).to.deep.equal(["late"]);
  });

  it("keeps the program's messages", async () => {
    const { log } = await runProgram(() => void pulumi.log.warn("careful"));
    expect(log).to.deep.equal([{ severity: "warning", message: "careful" }]);
  });

  it("does not let runs see each other", async () => {
    const first = await runProgram(() => new Topic("same"));
    const second = await runProgram(() => new Topic("same"));
    expect(first.resources).to.deep.equal(second.resources);
    expect(pulumi.runtime.isDryRun()).to.equal(false);
  });

  it("leaves the listeners of the test runner as they were, also of runs that are begun together", async () => {
    const events = ["unhandledRejection", "uncaughtException"];
    const listeners = () => events.map((event) => process.listeners(event as "uncaughtException"));
    const before = listeners();
    await Promise.all(["one", "two"].map((text) => refusalOf(() => Promise.reject(new Error(text)))));
    expect(listeners()).to.deep.equal(before);
  });

  it("blames a run for its own failures alone, where several are begun together", async () => {
    const good = runProgram(() => new Topic("good"));
    const bad = refusalOf(() => void pulumi.output(after(5)).apply(() => Promise.reject(new Error("bad"))));
    const later = runProgram(() => new Topic("later"));
    expect(await bad).to.equal("bad");
    expect([...(await good).resources, ...(await later).resources].map(({ name }) => name)).to.deep.equal([
      "good",
      "later",
    ]);
  });

  describe("fails", () => {
    const wrong: [string, () => unknown, string][] = [
      [
        "on what the program throws",
        () => {
          throw new Error("thrown");
        },
        "thrown",
      ],
      ["on a promise of the program that rejects", () => Promise.reject(new Error("rejected")), "rejected"],
      [
        "on an apply that throws",
        () =>
          void pulumi.output(1).apply(() => {
            throw new Error("in apply");
          }),
        "in apply",
      ],
      [
        "on a late apply that throws",
        () =>
          void pulumi.output(after(20)).apply(() => {
            throw new Error("in late apply");
          }),
        "in late apply",
      ],
      [
        "on an input that rejects",
        () => new Topic("topic", { name: Promise.reject(new Error("no name")) }),
        'error serializing property "name": no name',
      ],
      [
        "on what a timer of the program throws",
        () =>
          void setTimeout(() => {
            throw new Error("in a timer");
          }, 1),
        "in a timer",
      ],
      ["on an error that the program logs", () => void pulumi.log.error("logged"), "logged"],
      [
        "on two resources of one URN",
        () => [new Topic("twin"), new Topic("twin")],
        "Duplicate resource URN 'urn:pulumi:stack::project::gcp:pubsub/topic:Topic::twin'; try giving it a unique name",
      ],
      [
        "on a child that is not named after its parent",
        () => new Pair("pair", "topic"),
        'gcp:pubsub/topic:Topic "topic" is a child of test:index:Pair "pair": begin its name with "pair-"',
      ],
      [
        "on a look-up without an answer",
        () => new Topic("topic", { name: getImageOutput({ family: "web" }).name }),
        'error serializing property "name": the program looks up gcp:compute/getImage:getImage, for which there is no answer; give one in answers',
      ],
    ];
    for (const [title, program, message] of wrong)
      it(title, async () => expect(await refusalOf(program)).to.equal(message));

    it("with every reason, each once", async () => {
      const program = () => {
        const broken = new Topic("broken", { name: Promise.reject(new Error("no name")) });
        new Topic("dependent", { name: broken.name });
        throw new Error("and more");
      };
      expect((await refusalOf(program)).split("\n").sort()).to.deep.equal([
        "and more",
        'error serializing property "name": no name',
      ]);
    });

    it("when the program does not come to rest", async () => {
      let timer: NodeJS.Timeout | undefined;
      const program = () => void (timer = setInterval(() => undefined, 1000));
      const message = await refusalOf(program, { settleWithinSeconds: 0.1 });
      clearInterval(timer);
      expect(message).to.equal(
        "the program is still waiting after 0.1 s (Timeout); end its timers and handles, or give settleWithinSeconds",
      );
    });
  });

  it("fails when the program's own promise never settles", async () => {
    expect(await refusalOf(() => new Promise(() => undefined), { settleWithinSeconds: 0.1 })).to.include(
      "still waiting after 0.1 s (a promise of its own)",
    );
  });

  it("refusalOf fails where the program is accepted", async () => {
    const accepted = await refusalOf(() => new Topic("topic")).then(
      () => "no failure",
      (error: Error) => error.message,
    );
    expect(accepted).to.equal("the program was accepted and declared 1 resources");
  });
});
