import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { ImageFamily, type ImageFamilyArgs, LifecycleMode } from "../../../components/images/imageFamily";
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

function outputsOf({ family, reference, policyUrl, newestImage }: ImageFamily) {
  return newestImage ? { family, reference, policyUrl, newestImage } : { family, reference, policyUrl };
}
