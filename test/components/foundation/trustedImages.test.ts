import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import {
  TrustedImagePreset,
  TrustedImages,
  type TrustedImagesArgs,
} from "../../../components/foundation/trustedImages";
import { refusalOf, runProgram, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";

const REQUIRED: TrustedImagesArgs = { parent: "folders/345678901234", imageProjects: ["acme-images"] };
const POLICY = "gcp:orgpolicy/policy:Policy";
/** What is let in by default. */
const SERVICES = [
  "acme-images",
  "cloud-dataproc",
  "gke-node-images",
  "gke-windows-node-images",
  "serverless-vpc-access-images",
  "ubuntu-os-gke-cloud",
];

const trusted =
  (args: Partial<TrustedImagesArgs> = {}) =>
  () =>
    new TrustedImages("trusted", { ...REQUIRED, ...args });
const outputsOf = ({ policyName, allowedProjects }: TrustedImages) => ({ policyName, allowedProjects });
const specOf = (projects: string[]) => ({
  rules: [{ values: { allowedValues: projects.map((project) => `is:projects/${project}`) } }],
});
const later = <T>(value: T) => pulumi.output(Promise.resolve(value));

describe("TrustedImages", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a preview" : "in an update", () => {
      it("lets in one's own images and those that managed services boot", async () => {
        const run = await runProgram(() => outputsOf(trusted()()), { preview });
        expect(run.resources.map(({ name }) => name)).to.deep.equal(["trusted", "trusted-policy"]);
        expect(run.resources[1]?.inputs).to.deep.equal({
          name: "folders/345678901234/policies/compute.trustedImageProjects",
          parent: "folders/345678901234",
          spec: specOf(SERVICES),
        });
        const expected = {
          policyName: "folders/345678901234/policies/compute.trustedImageProjects",
          allowedProjects: SERVICES,
        };
        expect(run.outputs).to.deep.equal(expected);
        expect(run.resources[0]?.outputs).to.deep.equal(expected);
      });
    });
  }

  it("passes every input on", async () => {
    const run = await runProgram(
      trusted({
        parent: "organizations/234567890123",
        imageProjects: ["acme-images", "acme.example:old-images", "acme-images"],
        presets: [TrustedImagePreset.ContainerOptimizedOs, TrustedImagePreset.DeepLearning],
        dryRun: true,
      }),
    );
    expect(run.resources[1]?.inputs).to.deep.equal({
      name: "organizations/234567890123/policies/compute.trustedImageProjects",
      parent: "organizations/234567890123",
      dryRunSpec: specOf([
        "acme-images",
        "acme.example:old-images",
        "cos-cloud",
        "deeplearning-platform-release",
        "ml-images",
      ]),
    });
  });

  it("lets in one's own images alone where no preset is wanted", async () => {
    const run = await runProgram(trusted({ presets: [] }));
    expect(run)
      .to.declare(POLICY)
      .with.inputs({ spec: specOf(["acme-images"]) });
  });

  it("lets in the public images when asked", async () => {
    const { outputs } = await runProgram(() => outputsOf(trusted({ presets: [TrustedImagePreset.PublicImages] })()));
    expect(outputs.allowedProjects).to.include.members(["debian-cloud", "ubuntu-os-cloud", "windows-cloud"]);
    expect(outputs.allowedProjects).to.not.include("gke-node-images");
  });

  for (const parent of ["projects/acme-shop", "projects/123456789012", "projects/acme.example:acme-shop"])
    it(`takes ${parent}`, async () => {
      expect(await runProgram(trusted({ parent })))
        .to.declare(POLICY)
        .with.inputs({ name: `${parent}/policies/compute.trustedImageProjects`, parent });
    });

  it("says the same in whichever order projects and presets are given", async () => {
    const presets = [TrustedImagePreset.GoogleKubernetesEngine, TrustedImagePreset.Dataproc];
    const imageProjects = ["acme-images", "acme-old"];
    const declared = async (args: Partial<TrustedImagesArgs>) =>
      (await runProgram(trusted(args))).resources.map(({ urn, inputs }) => [urn, inputs.spec]);
    expect(await declared({ presets, imageProjects })).to.deep.equal(
      await declared({ presets: [...presets].reverse(), imageProjects: [...imageProjects].reverse() }),
    );
  });

  it("takes Outputs, and waits for the project that they come from", async () => {
    const program = () => {
      const project = new Project("images", { projectId: "acme-images" });
      const parent = pulumi.interpolate`projects/${project.number}`;
      return outputsOf(trusted({ parent, imageProjects: [project.projectId], presets: [] })());
    };
    const run = await runProgram(program);
    expect(run)
      .to.declare(POLICY)
      .with.inputs({ parent: "projects/123456789012", spec: specOf(["acme-images"]) });
    const policy = run.resources.find(({ type }) => type === POLICY);
    expect(policy?.options.dependsOn).to.deep.equal([run.resources.find(({ name }) => name === "images")?.urn]);
    expect((await runProgram(program, { preview: true })).outputs).to.deep.equal({
      policyName: UNKNOWN,
      allowedProjects: ["acme-images"],
    });
  });

  it("names everything that is wrong at once, and declares nothing", async () => {
    const wrong = trusted({
      parent: "acme-shop",
      imageProjects: ["acme-images", "projects/acme-images"],
      presets: [TrustedImagePreset.Dataproc, "GKE" as TrustedImagePreset],
    });
    expect(await refusalOf(wrong)).to.equal(
      [
        'TrustedImages "trusted": 3 inputs are wrong',
        '  parent must be projects/ID, folders/N or organizations/N, got "acme-shop"',
        '  imageProjects[1] must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "projects/acme-images"',
        '  presets[1] must be one of PublicImages, ContainerOptimizedOs, GoogleKubernetesEngine, Dataproc, ServerlessVpcAccess, DeepLearning, got "GKE"',
      ].join("\n"),
    );
  });

  it("refuses to let nothing in", async () => {
    expect(await refusalOf(trusted({ imageProjects: [] }))).to.equal(
      [
        'TrustedImages "trusted": an input is wrong',
        "  imageProjects must not be empty; without your own project every image but Google's is refused",
      ].join("\n"),
    );
  });

  for (const [input, args] of Object.entries<Partial<TrustedImagesArgs>>({
    parent: { parent: later("Late") },
    "imageProjects\\[0\\]": { imageProjects: [later("Late")] },
  }))
    it(`refuses an Output for ${input} as soon as it is known`, async () => {
      expect(await refusalOf(trusted(args))).to.match(new RegExp(`  ${input} must be .*got "Late"`));
    });

  it("states what its deployer needs", () => {
    expect(TrustedImages.requirements).to.deep.equal({
      apis: ["orgpolicy.googleapis.com"],
      roles: ["roles/orgpolicy.policyAdmin"],
      unknownTypes: [],
    });
  });
});
