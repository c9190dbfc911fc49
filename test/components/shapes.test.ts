import * as pulumi from "@pulumi/pulumi";
import {
  ContainerRegistry,
  ImageFamily,
  ImageProject,
  ImageSharing,
  InvalidInputsError,
  PullLogs,
  TrustedImages,
} from "../../components";
import { fields, FLAG, LIST, MAP, mapOf, misshapen, required } from "../../components/shapes";
import { refusalOf, runProgram } from "../../testing";
import { expect } from "../support/chai";

/** What a program in JavaScript gives. */
const untyped = (args: unknown) => args as never;
const KEY_LIKE_PROTO = JSON.parse('{ "__proto__": "group:a@acme.example" }') as Record<string, string>;

describe("what must be plain in inputs", () => {
  const shape = fields({ on: FLAG, names: required(LIST), each: mapOf(fields({ labels: MAP })) });

  it("passes in its form, whatever it holds", () => {
    expect(misshapen("", { on: false, names: [], each: { one: { labels: {} }, other: {} } }, shape)).to.deep.equal([]);
  });

  it("is refused in any other, by its path", () => {
    const wrong = { on: "false", each: { one: null, two: undefined, three: { labels: ["a"] }, four: new Map() } };
    expect(misshapen("", wrong, shape)).to.deep.equal([
      { propertyPath: "on", reason: 'must be true or false, got "false"' },
      { propertyPath: "names", reason: "must be a list, got undefined" },
      { propertyPath: "each.one", reason: "must be a map, got null" },
      { propertyPath: "each.two", reason: "must be a map, got undefined" },
      { propertyPath: "each.three.labels", reason: 'must be a map, got ["a"]' },
      { propertyPath: "each.four", reason: "must be a map, got {}" },
    ]);
  });

  it("is refused as an Output", () => {
    expect(misshapen("", { names: pulumi.output(["a"]) }, shape)).to.deep.equal([
      {
        propertyPath: "names",
        reason: "must be a list and known at once, got an Output; what is in it may be one",
      },
    ]);
  });
});

describe("inputs that name children and choose what is made", () => {
  it("are refused as Outputs in words of their own", async () => {
    const late = untyped(pulumi.output("run.googleapis.com"));
    const program = () =>
      new ImageProject("p", { projectId: "acme-images", location: "EU", apis: [late], protect: late });
    expect(await refusalOf(program)).to.equal(
      'ImageProject "p": 2 inputs are wrong\n  apis[0] must be text and known at once, got an Output\n  protect must be true or false and known at once, got an Output',
    );
  });
});

describe("inputs of a program without types", () => {
  const sharing = {
    project: "acme-images",
    consumers: { shop: { project: "acme-shop", projectNumber: "123456789012" } },
  };
  const registry = { project: "acme-images", location: "europe-west1", repositories: { apps: {} } };
  const family = { project: "acme-images", bucket: "acme-images-kiln" };
  const logs = { project: "acme-logs", location: "EU", sources: { shop: { project: "acme-shop" } } };
  const refused: [name: string, program: () => unknown, text: string][] = [
    [
      "no inputs at all",
      () => new ImageFamily("web", untyped(undefined)),
      'ImageFamily "web": an input is wrong\n  args must be a map, got undefined',
    ],
    [
      "text for a list",
      () => new ImageProject("p", untyped({ projectId: "acme-images", location: "EU", apis: "run.googleapis.com" })),
      'ImageProject "p": an input is wrong\n  apis must be a list, got "run.googleapis.com"',
    ],
    [
      "an id that is no text",
      () => new ImageProject("p", untyped({ projectId: 7, location: "EU" })),
      'ImageProject "p": an input is wrong\n  projectId must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got 7',
    ],
    [
      "a label that is no text",
      () => new ImageProject("p", untyped({ projectId: "acme-images", location: "EU", labels: { cost: 5 } })),
      'ImageProject "p": an input is wrong\n  labels must have values of at most 63 lower-case letters, digits, hyphens and underscores, got 5 for cost',
    ],
    [
      "a list of consumers",
      () => new ImageSharing("s", untyped({ ...sharing, consumers: [] })),
      'ImageSharing "s": an input is wrong\n  consumers must be a map, got []',
    ],
    [
      '"false" for a flag',
      () => new ImageSharing("s", untyped({ ...sharing, authoritative: "false", allowPublic: "false" })),
      'ImageSharing "s": 2 inputs are wrong\n  authoritative must be true or false, got "false"\n  allowPublic must be true or false, got "false"',
    ],
    [
      "a member under a key of JavaScript's own",
      () => new ImageSharing("s", { ...sharing, imageUsers: KEY_LIKE_PROTO }),
      'ImageSharing "s": an input is wrong\n  imageUsers.__proto__ must be a key of letters, digits, hyphens, underscores and periods, got "__proto__"',
    ],
    [
      "no images",
      () => new TrustedImages("t", untyped({ parent: "folders/1" })),
      'TrustedImages "t": an input is wrong\n  imageProjects must be a list, got undefined',
    ],
    [
      "text for a lifecycle",
      () => new ImageFamily("web", untyped({ ...family, lifecycle: "30d" })),
      'ImageFamily "web": an input is wrong\n  lifecycle must be a map, got "30d"',
    ],
    [
      "a description that is no text",
      () => new ImageFamily("web", untyped({ ...family, description: 7 })),
      'ImageFamily "web": an input is wrong\n  description must be text, got 7',
    ],
    [
      "no repositories",
      () => new ContainerRegistry("r", untyped({ ...registry, repositories: null })),
      'ContainerRegistry "r": an input is wrong\n  repositories must be a map, got null',
    ],
    [
      "flags and prefixes of a repository in another form",
      () =>
        new ContainerRegistry(
          "r",
          untyped({ ...registry, repositories: { apps: { cleanupDryRun: "yes", immutableTags: 1 } } }),
        ),
      'ContainerRegistry "r": 2 inputs are wrong\n  repositories.apps.immutableTags must be true or false, got 1\n  repositories.apps.cleanupDryRun must be true or false, got "yes"',
    ],
    [
      "a source that is text",
      () => new PullLogs("l", untyped({ ...logs, sources: { shop: "acme-shop" } })),
      'PullLogs "l": an input is wrong\n  sources.shop must be a map, got "acme-shop"',
    ],
  ];
  for (const [name, program, text] of refused)
    it(`are refused in one error: ${name}`, async () => {
      const error: unknown = await runProgram(program).then(undefined, (reason: unknown) => reason);
      expect(error).to.be.instanceOf(InvalidInputsError);
      expect((error as Error).message).to.equal(text);
    });
});

describe("labels that are still to come", () => {
  const late = pulumi.output("Not A Label");
  const text =
    'labels must have values of at most 63 lower-case letters, digits, hyphens and underscores, got "Not A Label" for team';

  it("are checked when they are known", async () => {
    const registry = {
      project: "acme-images",
      location: "europe-west1",
      repositories: { apps: {} },
      labels: { team: late },
    };
    const logs = {
      project: "acme-logs",
      location: "EU",
      sources: { shop: { project: "acme-shop" } },
      labels: { team: late },
    };
    const family = { project: "acme-images", bucket: "b-kiln", lifecycle: { excludeLabels: { team: late } } };
    expect(await refusalOf(() => new ContainerRegistry("r", registry))).to.include(text);
    expect(await refusalOf(() => new PullLogs("l", logs))).to.include(text);
    expect(await refusalOf(() => new ImageFamily("web", family))).to.include(`lifecycle.excludeL${text.slice(1)}`);
  });
});

describe("secrets that are refused", () => {
  it("say what is allowed and not what was given", async () => {
    const text = await refusalOf(
      () => new ImageFamily("web", { project: pulumi.secret("hunter2!"), bucket: "acme-images-kiln" }),
    );
    expect(text).to.include("project must be a project id");
    expect(text).to.include('got "[secret]"');
    expect(text).to.not.include("hunter2");
  });

  it("say no more than that where the reason compares two values", async () => {
    const lifecycle = { obsoleteAfter: pulumi.secret("90d"), deleteAfter: "30d" };
    const text = await refusalOf(() => new ImageFamily("web", { project: "acme-images", bucket: "b-kiln", lifecycle }));
    expect(text).to.include("lifecycle.deleteAfter was refused; its value is secret and not shown");
    expect(text).to.not.include("90d");
  });
});
