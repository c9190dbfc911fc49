import * as pulumi from "@pulumi/pulumi";
import { IAMBinding, IAMMember } from "@pulumi/gcp/projects";
import { Topic } from "@pulumi/gcp/pubsub";
import { type ProgramRun, runProgram } from "../../testing";
import { expect } from "../support/chai";

const TOPIC = "gcp:pubsub/topic:Topic";
const USER = "roles/compute.imageUser";

describe("assertions", () => {
  let run: ProgramRun;
  before(async () => {
    run = await runProgram(() => {
      new Topic("news", { name: "news", labels: { token: pulumi.secret("x") } }, { protect: true });
      new Topic("plain");
      new IAMMember("one", { project: "p", role: USER, member: "group:a@acme.example" });
      new IAMBinding("two", { project: "p", role: USER, members: ["group:b@acme.example"] });
    });
  });

  it("pass where they should", () => {
    expect(run).to.declare(TOPIC, "news").with.inputs({ name: "news" });
    expect(run).to.declare(TOPIC, "news").that.is.protected;
    expect(run).to.declare(TOPIC, "plain").that.is.not.protected;
    expect(run).to.declare(TOPIC, "news").and.haveSecretInput("labels");
    expect(run).to.not.declare("gcp:storage/bucket:Bucket");
    expect(run).to.grant(USER, "group:a@acme.example");
    expect(run).to.grant(USER, "group:b@acme.example");
    expect(run).to.not.grant(USER, "allUsers");
  });

  it("grant nothing of a binding whose members are not known", async () => {
    const program = () => {
      const members = new Topic("first").id.apply((id) => [`group:${id}@acme.example`]);
      new IAMBinding("late", { project: "acme", role: USER, members });
    };
    const late = await runProgram(program, { preview: true });
    expect(late).to.not.grant(USER, "unknown");
    expect(() => expect(late).to.grant(USER, "group:a@acme.example")).to.throw("it grants\n");
  });

  const failing: [string, () => void, string][] = [
    ["declare", () => expect(run).to.declare(TOPIC, "other"), `to declare ${TOPIC} "other"; it declared\n  ${TOPIC} "`],
    ["not declare", () => expect(run).to.not.declare(TOPIC, "news"), `not to declare ${TOPIC} "news"`],
    ["inputs", () => expect(run).to.declare(TOPIC, "news").with.inputs({ name: "old" }), `inputs of ${TOPIC} "news"`],
    [
      "inputs that are absent",
      () => expect(run).to.declare(TOPIC, "plain").with.inputs({ name: "a" }),
      `inputs of ${TOPIC} "plain"`,
    ],
    [
      "protected",
      () => void expect(run).to.declare(TOPIC, "plain").that.is.protected,
      `${TOPIC} "plain" to be protected`,
    ],
    ["not protected", () => void expect(run).to.declare(TOPIC, "news").that.is.not.protected, "not to be protected"],
    [
      "haveSecretInput",
      () => expect(run).to.declare(TOPIC, "news").and.haveSecretInput("name"),
      "its secret inputs are: labels",
    ],
    [
      "grant",
      () => expect(run).to.grant(USER, "allUsers"),
      `grant ${USER} to allUsers; it grants\n  ${USER} to group:a@acme.example`,
    ],
    ["not grant", () => expect(run).to.not.grant(USER, "group:a@acme.example"), "not to grant"],
  ];
  for (const [name, assertion, message] of failing)
    it(`${name} fails where it should, and says why`, () => expect(assertion).to.throw(message));
});
