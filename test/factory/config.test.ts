import * as pulumi from "@pulumi/pulumi";
import { readConfig } from "../../factory/config";
import { buildFactory } from "../../factory/factory";
import { refusalOf, runProgram } from "../../testing";
import { expect } from "../support/chai";

const SERVICE = "gcp:projects/service:Service";
const PROJECT = { projectId: "acme-images", location: "EU" };

/** The factory's program with this configuration. */
const factory = () => buildFactory(readConfig(new pulumi.Config("kiln")));
const withConfig = (values: Record<string, unknown>) => ({
  project: "kiln",
  stack: "prod",
  config: Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      `kiln:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  ),
});

describe("the factory's configuration", () => {
  for (const preview of [false, true])
    it(`needs no more than a project ${preview ? "in a preview" : "in an update"}`, async () => {
      const run = await runProgram(factory, { ...withConfig({ project: PROJECT }), preview });
      const components = run.resources.filter(({ custom }) => !custom).map(({ name }) => name);
      expect(components).to.deep.equal(["images"]);
    });

  it("takes {} for what a stack does without", async () => {
    const none = {
      families: {},
      controller: {},
      sharing: {},
      trustedImages: {},
      registry: {},
      mirror: {},
      pullLogs: {},
    };
    const run = await runProgram(factory, withConfig({ project: PROJECT, ...none }));
    expect(run.resources.filter(({ custom }) => !custom).map(({ name }) => name)).to.deep.equal(["images"]);
  });

  it("lets the families, the registry and the rest wait for the project's APIs", async () => {
    const run = await runProgram(
      factory,
      withConfig({
        project: PROJECT,
        families: { web: {} },
        controller: { region: "europe-west1" },
        registry: { location: "europe-west1", repositories: { apps: {} } },
        pullLogs: { location: "EU", sources: { shop: { project: "acme-shop" } } },
      }),
    );
    const services = run.resources.filter(({ type }) => type === SERVICE).map(({ urn }) => urn);
    for (const name of ["web-policy", "lifecycle-function", "registry-apps", "pull-logs-dataset"]) {
      const dependsOn = run.resources.find((resource) => resource.name === name)?.options.dependsOn;
      expect(dependsOn, name).to.include.members(services);
    }
  });

  it("lets the mirror write into repositories of the registry by their keys, and into others by their addresses", async () => {
    const mirror = {
      region: "europe-west1",
      image: "europe-west1-docker.pkg.dev/acme-images/tools/kiln:1",
      repositories: { own: "third-party", other: "us-docker.pkg.dev/acme-other/hub" },
    };
    const registry = { location: "europe-west1", repositories: { "third-party": {} } };
    const run = await runProgram(factory, withConfig({ project: PROJECT, registry, mirror }));
    const WRITER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
    expect(run)
      .to.declare(WRITER, "mirror-repository-own")
      .with.inputs({ project: "acme-images", location: "europe-west1", repository: "third-party" });
    expect(run)
      .to.declare(WRITER, "mirror-repository-other")
      .with.inputs({ project: "acme-other", location: "us", repository: "hub" });
    for (const api of ["run", "cloudscheduler", "monitoring"]) expect(run).to.declare(SERVICE, `images-api-${api}`);
  });

  it("turns on the API that the logs of pulls need in the image project", async () => {
    const apis = ["cloudkms.googleapis.com"];
    const pullLogs = { location: "EU", sources: { shop: { project: "acme-shop" } } };
    const run = await runProgram(factory, withConfig({ project: { ...PROJECT, apis }, pullLogs }));
    for (const api of ["bigquery", "cloudkms"]) expect(run).to.declare(SERVICE, `images-api-${api}`);
    const without = await runProgram(factory, withConfig({ project: PROJECT }));
    expect(without).to.not.declare(SERVICE, "images-api-bigquery");
  });

  it("turns on the APIs that the controller needs in the image project, and tells it who the images are shared with", async () => {
    const consumers = { shop: { project: "acme-shop", projectNumber: "234567890123" } };
    const config = {
      project: PROJECT,
      sharing: { consumers, imageUsers: { developers: "group:developers@acme.example" } },
      controller: {
        region: "europe-west1",
        assetScope: { folderId: "345678901234" },
        consumerProjects: { lab: "acme-lab", again: "acme-shop", shop: "acme-other-shop" },
      },
    };
    const run = await runProgram(factory, withConfig(config));
    for (const api of ["cloudasset", "cloudbuild", "cloudfunctions", "cloudscheduler", "monitoring", "pubsub", "run"])
      expect(run).to.declare(SERVICE, `images-api-${api}`);
    const readIn = run.resources
      .filter(({ name, type }) => type === "gcp:projects/iAMMember:IAMMember" && name.startsWith("lifecycle-consumer-"))
      .map(({ name, inputs }) => [name, inputs.project]);
    expect(readIn).to.have.deep.members([
      ["lifecycle-consumer-shop", "acme-shop"],
      ["lifecycle-consumer-lab", "acme-lab"],
      ["lifecycle-consumer-acme-other-shop", "acme-other-shop"],
    ]);
    const without = await runProgram(factory, withConfig({ ...config, controller: { region: "europe-west1" } }));
    expect(without).to.not.declare(SERVICE, "images-api-cloudasset");
  });

  it("adds the image project to the trusted ones", async () => {
    const run = await runProgram(
      factory,
      withConfig({
        project: PROJECT,
        trustedImages: { parent: "folders/345678901234", presets: [], imageProjects: ["acme-base"] },
      }),
    );
    expect(run)
      .to.declare("gcp:orgpolicy/policy:Policy")
      .with.inputs({
        spec: {
          rules: [{ values: { allowedValues: ["is:projects/acme-base", "is:projects/acme-images"] } }],
        },
      });
  });

  it("lists every key that is unknown, missing or of the wrong type, with its fix", async () => {
    const wrong = withConfig({
      project: { projectId: "acme-images", labels: { team: 7 } },
      famillies: { web: {} },
      families: { web: { lifecycle: { retainAtLast: 3, mode: "Off", deleteAfter: 90 } }, "a/b": { project: "x" } },
      registry: {
        location: "europe-west1",
        repositories: { apps: { immutableTags: "yes", cleanup: { keepTagPrefixes: [1] } } },
      },
      sharing: "everybody",
    });
    expect(await refusalOf(factory, wrong)).to.equal(
      [
        "Pulumi.prod.yaml: 10 configuration values are wrong",
        "  kiln:famillies is not known; known here: project, families, controller, sharing, trustedImages, registry, mirror, pullLogs",
        "  kiln:project.location is missing; add it",
        "  kiln:project.labels.team must be text, got 7",
        "  kiln:families.web.lifecycle.retainAtLast is not known; known here: deprecateAfter, obsoleteAfter, deleteAfter, retainAtLeast, protectInUse, maxDeletesPerRun, mode, excludeLabels",
        "  kiln:families.web.lifecycle.deleteAfter must be text, got 90",
        '  kiln:families.web.lifecycle.mode must be one of Enforce, Report, got "Off"',
        '  kiln:families["a/b"].project is not known; known here: family, description, lifecycle, channels, lookUpNewest',
        '  kiln:sharing must be a map, got "everybody"',
        '  kiln:registry.repositories.apps.immutableTags must be true or false, got "yes"',
        "  kiln:registry.repositories.apps.cleanup.keepTagPrefixes[0] must be text, got 1",
      ].join("\n"),
    );
  });

  it("says so when nothing is configured", async () => {
    expect(await refusalOf(factory, withConfig({}))).to.equal(
      "Pulumi.prod.yaml: a configuration value is wrong\n  kiln:project is missing; add it",
    );
  });

  it("leaves what only a component can judge to the component", async () => {
    expect(await refusalOf(factory, withConfig({ project: { projectId: "Acme", location: "EU" } }))).to.include(
      'ImageProject "images": an input is wrong\n  projectId must be a project id',
    );
  });
});
