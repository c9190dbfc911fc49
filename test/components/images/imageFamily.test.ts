import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { ImageFamily, LifecycleMode } from "../../../components/images/imageFamily";
import { type ImageFamilyArgs } from "../../../components/images/imageFamilyArgs";
import { type FamilyPolicyDocument } from "../../../core/lifecycle/familyPolicy";
import { readFamilyPolicy } from "../../../core/lifecycle/readPolicy";
import { refusalOf, runProgram, type RunOptions, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";

const REQUIRED: ImageFamilyArgs = { project: "acme-images", bucket: "acme-images-kiln" };
const OBJECT = "gcp:storage/bucketObject:BucketObject";

const family =
  (args: Partial<ImageFamilyArgs> = {}, name = "web") =>
  () =>
    new ImageFamily(name, { ...REQUIRED, ...args });

/** The policy document that a program writes. */
async function documentOf(program: () => unknown, options?: RunOptions) {
  const { resources } = await runProgram(program, options);
  const source = resources.find(({ type }) => type === OBJECT)?.inputs.source as { text: string };
  return JSON.parse(source.text) as Record<string, unknown>;
}

describe("ImageFamily", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a preview" : "in an update", () => {
      it("writes the policy into the bucket", async () => {
        const run = await runProgram(family(), { preview });
        expect(run.resources.map(({ name }) => name)).to.deep.equal(["web", "web-policy"]);
        expect(run)
          .to.declare(OBJECT, "web-policy")
          .with.inputs({ bucket: "acme-images-kiln", name: "families/web.json", contentType: "application/json" });
      });

      it("answers with the family's reference and the policy's address", async () => {
        const { outputs } = await runProgram(() => outputsOf(family()()), { preview });
        expect(outputs).to.deep.equal({
          family: "web",
          reference: "projects/acme-images/global/images/family/web",
          policyUrl: "gs://acme-images-kiln/families/web.json",
          channelFamilies: {},
        });
      });
    });
  }

  it("only deprecates when nothing is said of the lifecycle", async () => {
    expect(await documentOf(family())).to.deep.equal({
      apiVersion: "kiln/v1",
      kind: "FamilyPolicy",
      metadata: { family: "web", project: "acme-images" },
      spec: {
        deprecateAfter: "0s",
        retainAtLeast: 3,
        protectInUse: true,
        maxDeletesPerRun: 5,
        mode: "Enforce",
        excludeLabels: {},
      },
    });
  });

  it("passes every input on", async () => {
    const lifecycle = {
      deprecateAfter: "12h",
      obsoleteAfter: "P30D",
      deleteAfter: "90d",
      retainAtLeast: 2,
      protectInUse: false,
      maxDeletesPerRun: 10,
      mode: LifecycleMode.Report,
      excludeLabels: { "legal-hold": "yes" },
    };
    const args = { family: "web-arm64", description: "Web servers on arm64", lifecycle };
    expect(await documentOf(family(args))).to.deep.equal({
      apiVersion: "kiln/v1",
      kind: "FamilyPolicy",
      metadata: { family: "web-arm64", project: "acme-images", description: "Web servers on arm64" },
      spec: lifecycle,
    });
  });

  it("writes no policy with a wait that turns out to be none", async () => {
    const written: unknown[] = [];
    const program = () => {
      const lifecycle = { obsoleteAfter: "30d", deleteAfter: pulumi.output(Promise.resolve("soon")) };
      const { policyObject } = new ImageFamily("web", { ...REQUIRED, lifecycle });
      policyObject.urn.apply((urn) => written.push(urn));
    };
    expect(await refusalOf(program)).to.include("lifecycle.deleteAfter must be a duration such as 30d");
    expect(written).to.deep.equal([]);
  });

  it("makes images obsolete when they are deleted, where only the deletion is given", async () => {
    const { spec } = await documentOf(family({ lifecycle: { deleteAfter: "90d" } }));
    expect(spec).to.deep.include({ obsoleteAfter: "90d", deleteAfter: "90d" });
  });

  it("looks the newest image up when asked", async () => {
    const asked: unknown[] = [];
    const answers = {
      "gcp:compute/getImage:getImage": (inputs: Record<string, unknown>) => {
        asked.push(inputs);
        return { selfLink: "https://compute/web-7" };
      },
    };
    const { outputs } = await runProgram(() => outputsOf(family({ lookUpNewest: true })()), { answers });
    expect(outputs.newestImage).to.equal("https://compute/web-7");
    expect(asked).to.deep.equal([{ project: "acme-images", family: "web" }]);
  });

  it("leaves the document for the update where the project is not known in a preview", async () => {
    const later = () =>
      new Project("images", { projectId: "acme-images" }).number.apply((number) => `project-${number}`);
    const run = await runProgram(() => family({ project: later() })(), { preview: true });
    expect(run).to.declare(OBJECT).with.inputs({ source: UNKNOWN, name: "families/web.json" });
  });

  it("names everything that is wrong at once, and declares nothing", async () => {
    const wrong = family({
      project: "Acme",
      bucket: "-",
      family: "Web_1",
      lifecycle: {
        deprecateAfter: "soon",
        obsoleteAfter: "90d",
        deleteAfter: "30d",
        retainAtLeast: 0,
        maxDeletesPerRun: 1.5,
      },
    });
    expect(await refusalOf(wrong)).to.equal(
      [
        'ImageFamily "web": 7 inputs are wrong',
        '  project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
        '  bucket must be lower-case letters, digits, hyphens, underscores and periods, beginning and ending with a letter or digit, got "-"',
        '  family must be lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Web_1"',
        '  lifecycle.deprecateAfter must be a duration such as 30d, 12h, 1d12h or P30D, got "soon"',
        "  lifecycle.retainAtLeast must be a whole number from 1 to 1000 images, so that the family never runs empty, got 0",
        "  lifecycle.maxDeletesPerRun must be a whole number from 1 to 1000 images a run, got 1.5",
        '  lifecycle.deleteAfter must not be before obsoleteAfter (90d), since both count from the deprecation, got "30d"',
      ].join("\n"),
    );
  });

  for (const preview of [false, true])
    it(`makes each channel a family of its own ${preview ? "in a preview" : "in an update"}`, async () => {
      const channels = [
        { name: "candidate", lifecycle: { deleteAfter: "14d", retainAtLeast: 1 } },
        { name: "staging" },
        { name: "production", restricted: true },
      ];
      const args = { description: "Web servers", channels, lifecycle: { deleteAfter: "90d" } };
      const { resources, outputs } = await runProgram(() => outputsOf(family(args)()), { preview });
      const documents = resources
        .filter(({ type }) => type === OBJECT)
        .map(({ name, inputs }) => {
          const { metadata, spec } = JSON.parse((inputs.source as { text: string }).text) as FamilyPolicyDocument;
          return [name, inputs.name, metadata.family, spec.deleteAfter, spec.retainAtLeast, spec.channels];
        });
      expect(documents).to.have.deep.members([
        [
          ...["web-policy", "families/web.json", "web", "90d", 3],
          [{ name: "candidate" }, { name: "staging" }, { name: "production", restricted: true }],
        ],
        ["web-policy/candidate", "families/web-candidate.json", "web-candidate", "14d", 1, undefined],
        ["web-policy/staging", "families/web-staging.json", "web-staging", "90d", 3, undefined],
        ["web-policy/production", "families/web-production.json", "web-production", "90d", 3, undefined],
      ]);
      expect(outputs.channelFamilies).to.deep.equal({
        candidate: "web-candidate",
        staging: "web-staging",
        production: "web-production",
      });
    });

  it("writes documents that the controller reads without a problem", async () => {
    const { resources } = await runProgram(family({ channels: [{ name: "staging", restricted: true }] }));
    const objects = resources.filter(({ type }) => type === OBJECT);
    expect(objects).to.have.length(2);
    for (const { inputs } of objects) {
      const { text } = inputs.source as { text: string };
      const { problems } = readFamilyPolicy({ object: String(inputs.name), text, project: "acme-images" });
      expect(problems).to.deep.equal([]);
    }
  });

  it("changes nothing but the order in the family's policy where channels are reordered", async () => {
    const named = async (...names: string[]) => {
      const { resources } = await runProgram(family({ channels: names.map((name) => ({ name })) }));
      return resources.map(({ urn }) => urn).sort();
    };
    expect(await named("staging", "production")).to.deep.equal(await named("production", "staging"));
  });

  it("names all that is wrong with channels", async () => {
    const twice = [{ name: "staging" }, { name: "staging" }];
    expect(await refusalOf(family({ channels: twice }))).to.include(
      'channels must have every channel once, got "staging" twice',
    );
    const wrong = [{ name: "stag_ing" }, { name: "production", lifecycle: { deleteAfter: "soon" } }];
    const refusal = await refusalOf(family({ channels: wrong }));
    expect(refusal).to.include(
      'channels must have names of at most 30 lower-case letters, digits and hyphens, got "stag_ing"',
    );
    expect(refusal).to.include("channels[1].lifecycle.deleteAfter must be a duration");
    const long = { family: pulumi.output(Promise.resolve("a".repeat(60))), channels: [{ name: "production" }] };
    expect(await refusalOf(family(long))).to.include(
      `channels[0].name the channel's family ${"a".repeat(60)}-production must have at most 63 characters, got 71`,
    );
    const late = { channels: [{ name: pulumi.output("staging") as never }] };
    expect(await refusalOf(family(late))).to.include("channels[0].name must be text and known at once, got an Output");
  });

  it("refuses a family of 64 characters", async () => {
    expect(await refusalOf(family({ family: "a".repeat(64) }))).to.include(
      "family must have at most 63 characters, got 64",
    );
  });

  it("refuses Outputs as soon as they are known", async () => {
    const lifecycle = { obsoleteAfter: pulumi.output("90d"), deleteAfter: pulumi.output(Promise.resolve("1d")) };
    expect(await refusalOf(family({ lifecycle }))).to.include(
      "lifecycle.deleteAfter must not be before obsoleteAfter (90d)",
    );
    expect(await refusalOf(family({ project: pulumi.output("Late") }))).to.include('got "Late"');
  });
});

function outputsOf({ family, reference, policyUrl, channelFamilies, newestImage }: ImageFamily) {
  const outputs = { family, reference, policyUrl, channelFamilies };
  return newestImage ? { ...outputs, newestImage } : outputs;
}
