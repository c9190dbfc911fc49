import * as pulumi from "@pulumi/pulumi";
import { Repository } from "@pulumi/gcp/artifactregistry";
import { ImageProject, type ImageProjectArgs } from "../../../components/foundation/imageProject";
import { type ProgramRun, refusalOf, runProgram, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";

const REQUIRED: ImageProjectArgs = { projectId: "acme-images", location: "EU" };
const CREATED: Partial<ImageProjectArgs> = {
  create: { folderId: "345678901234", billingAccount: "012345-6789AB-CDEF01" },
};
const BASE = ["artifactregistry", "cloudresourcemanager", "compute", "iam", "serviceusage", "storage"];
const BUCKET = "gcp:storage/bucket:Bucket";
const PROJECT = "gcp:organizations/project:Project";
const SERVICE = "gcp:projects/service:Service";

const project =
  (args: Partial<ImageProjectArgs> = {}) =>
  () =>
    new ImageProject("images", { ...REQUIRED, ...args });

const declared = (run: ProgramRun, name: string) => {
  const found = run.resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`nothing is called ${name}`);
  return found;
};
const urnsOf = (run: ProgramRun, type: string) =>
  run.resources.filter((resource) => resource.type === type).map(({ urn }) => urn);
const outputsOf = ({ projectId, projectNumber, bucketName, bucketUrl, serviceAgents }: ImageProject) => ({
  projectId,
  projectNumber,
  bucketName,
  bucketUrl,
  serviceAgents,
});

describe("ImageProject", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a preview" : "in an update", () => {
      it("adopts the project that exists unless told to create it", async () => {
        const run = await runProgram(project(), { preview });
        expect(run).to.not.declare(PROJECT);
        expect(Object.fromEntries(run.resources.map(({ name, inputs }) => [name, inputs]))).to.deep.equal({
          images: REQUIRED,
          ...Object.fromEntries(BASE.map((api) => [`images-api-${api}`, serviceInputs(api)])),
          "images-default-accounts": { project: "acme-images", action: "DEPRIVILEGE", restorePolicy: "NONE" },
          "images-agent-artifactregistry": { project: "acme-images", service: "artifactregistry.googleapis.com" },
          "images-bucket": {
            project: "acme-images",
            name: "acme-images-kiln",
            location: "EU",
            versioning: { enabled: true },
            uniformBucketLevelAccess: true,
            publicAccessPrevention: "enforced",
            forceDestroy: false,
            labels: {},
          },
        });
      });

      it("creates the project where it is told to, without a network, and keeps it from being deleted", async () => {
        const run = await runProgram(project(CREATED), { preview });
        expect(declared(run, "images-project").inputs).to.deep.equal({
          projectId: "acme-images",
          name: "acme-images",
          folderId: "345678901234",
          billingAccount: "012345-6789AB-CDEF01",
          autoCreateNetwork: false,
          deletionPolicy: "PREVENT",
          labels: {},
        });
        expect(run).to.declare(PROJECT, "images-project").which.is.protected;
        expect(run).to.declare(BUCKET, "images-bucket").which.is.protected;
        for (const urn of urnsOf(run, SERVICE))
          expect(run.resources.find((resource) => resource.urn === urn)?.options.dependsOn).to.deep.equal(
            urnsOf(run, PROJECT),
          );
      });

      it("lets whoever uses its projectId wait for every API, and knows the id all the same", async () => {
        const run = await runProgram(
          () => {
            const { projectId } = project(CREATED)();
            new Repository("apps", { project: projectId, format: "DOCKER", repositoryId: "apps" });
          },
          { preview },
        );
        const apps = declared(run, "apps");
        expect(apps.inputs.project).to.equal("acme-images");
        expect(urnsOf(run, SERVICE)).to.have.length(BASE.length);
        expect(apps.options.dependsOn).to.include.members([
          ...urnsOf(run, SERVICE),
          ...urnsOf(run, "gcp:projects/defaultServiceAccounts:DefaultServiceAccounts"),
        ]);
        expect(declared(run, "images-bucket").options.dependsOn).to.include.members(urnsOf(run, SERVICE));
      });

      it("takes the grants of the default accounts when the APIs that create them are on", async () => {
        const run = await runProgram(project({ apis: ["appengine.googleapis.com"] }), { preview });
        expect(declared(run, "images-default-accounts").options.dependsOn).to.deep.equal(urnsOf(run, SERVICE).sort());
      });

      it("creates a service agent when its API is on", async () => {
        const run = await runProgram(project({ apis: ["pubsub.googleapis.com"] }), { preview });
        expect(declared(run, "images-agent-pubsub").options.dependsOn).to.deep.equal([
          declared(run, "images-api-pubsub").urn,
        ]);
      });
    });
  }

  it("answers with the project, its bucket and its service agents", async () => {
    const { outputs, resources } = await runProgram(() => outputsOf(project()()));
    const expected = {
      projectId: "acme-images",
      projectNumber: "123456789012",
      bucketName: "acme-images-kiln",
      bucketUrl: "gs://acme-images-kiln",
      serviceAgents: {
        artifactregistry: "service-123456789012@gcp-sa-artifactregistry.iam.gserviceaccount.com",
        compute: "service-123456789012@compute-system.iam.gserviceaccount.com",
      },
    };
    expect(outputs).to.deep.equal(expected);
    expect(resources[0]?.outputs).to.deep.equal(expected);
  });

  it("knows the e-mail of a service agent when the agent exists, not before", async () => {
    const run = await runProgram(() => {
      const { serviceAgents } = project()();
      const agent = serviceAgents.apply(({ artifactregistry }) => artifactregistry ?? "");
      new Repository("apps", { format: "DOCKER", repositoryId: "apps", description: agent });
    });
    expect(declared(run, "apps").options.dependsOn).to.include(declared(run, "images-agent-artifactregistry").urn);
  });

  it("leaves the number of a project that is yet to be created for the update", async () => {
    const { outputs } = await runProgram(() => outputsOf(project(CREATED)()), { preview: true });
    expect(outputs).to.deep.equal({
      projectId: "acme-images",
      projectNumber: UNKNOWN,
      bucketName: "acme-images-kiln",
      bucketUrl: "gs://acme-images-kiln",
      serviceAgents: UNKNOWN,
    });
  });

  it("passes every input on", async () => {
    const labels = { team: "platform" };
    const run = await runProgram(
      project({
        create: {
          organizationId: "organizations/234567890123",
          billingAccount: "012345-6789AB-CDEF01",
          displayName: "Acme images",
        },
        apis: ["secretmanager.googleapis.com", "compute.googleapis.com", "secretmanager.googleapis.com"],
        bucketName: "acme-kiln",
        location: "europe-west1",
        labels,
        protect: false,
      }),
    );
    expect(declared(run, "images-project").inputs).to.deep.equal({
      projectId: "acme-images",
      name: "Acme images",
      orgId: "234567890123",
      billingAccount: "012345-6789AB-CDEF01",
      autoCreateNetwork: false,
      deletionPolicy: "DELETE",
      labels,
    });
    expect(run).to.declare(BUCKET).with.inputs({ name: "acme-kiln", location: "europe-west1", labels });
    expect(declared(run, "images-project").options.protect).to.equal(false);
    expect(declared(run, "images-bucket").options.protect).to.equal(false);
    expect(urnsOf(run, SERVICE)).to.have.length(BASE.length + 1);
    expect(run).to.declare(SERVICE, "images-api-secretmanager");
  });

  it("takes its protection from the component's own option, as others do", async () => {
    const run = await runProgram(() => new ImageProject("images", REQUIRED, { protect: false }));
    expect(declared(run, "images-bucket").options.protect).to.equal(false);
  });

  it("takes Outputs", async () => {
    const later = <T>(value: T) => pulumi.output(Promise.resolve(value));
    const run = await runProgram(
      project({ projectId: later("acme-images"), location: later("EU"), labels: { team: later("platform") } }),
    );
    expect(run)
      .to.declare(BUCKET)
      .with.inputs({ name: "acme-images-kiln", location: "EU", labels: { team: "platform" } });
  });

  it("declares the same resources in whichever order the APIs are given", async () => {
    const apis = ["pubsub.googleapis.com", "run.googleapis.com", "bigquery.googleapis.com"];
    const urns = async (given: string[]) =>
      (await runProgram(project({ apis: given }))).resources.map(({ urn }) => urn);
    expect(await urns(apis)).to.deep.equal(await urns([...apis].reverse()));
  });

  it("leaves the default accounts of an adopted project alone when asked to", async () => {
    const run = await runProgram(() => ({ id: project({ deprivilegeDefaultAccounts: false })().projectId }));
    expect(run).to.not.declare("gcp:projects/defaultServiceAccounts:DefaultServiceAccounts");
    expect(run.outputs).to.deep.equal({ id: "acme-images" });
  });

  it("names the bucket of a domain-scoped project without its colon and period", async () => {
    const run = await runProgram(project({ ...CREATED, projectId: "acme.example:images" }));
    expect(run).to.declare(BUCKET).with.inputs({ name: "acme-example-images-kiln" });
    expect(run).to.declare(PROJECT).with.inputs({ projectId: "acme.example:images", name: "images" });
  });

  it("asks for the bucket's name where the project's id makes none", async () => {
    expect(await refusalOf(project({ projectId: "google.com:acme-images" }))).to.equal(
      [
        'ImageProject "images": an input is wrong',
        '  bucketName must be set, since "google-com-acme-images-kiln", which the project\'s id gives, is no bucket name: at most 63 characters, without "google"',
      ].join("\n"),
    );
    expect(await runProgram(project({ projectId: "google.com:acme-images", bucketName: "acme-kiln" })))
      .to.declare(BUCKET)
      .with.inputs({ name: "acme-kiln" });
  });

  it("names everything that is wrong at once, and declares nothing", async () => {
    const wrong = project({
      projectId: "Acme",
      location: "europe",
      create: { folderId: "shared", organizationId: "acme.example", billingAccount: "mine", displayName: "A" },
      apis: ["compute.googleapis.com", "storage"],
      bucketName: "-",
      labels: { Team: "platform" },
    });
    expect(await refusalOf(wrong)).to.equal(
      [
        'ImageProject "images": 10 inputs are wrong',
        '  projectId must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
        '  location must be a location of Cloud Storage, whose multi-region in Europe is "EU", got "europe"',
        "  create must have folderId or organizationId, got both; the folder is enough, since it lies in the organization",
        '  create.folderId must be a folder id such as 345678901234, got "shared"',
        '  create.organizationId must be an organization id such as 234567890123, got "acme.example"',
        '  create.billingAccount must be a billing account id such as 012345-6789AB-CDEF01, got "mine"',
        '  create.displayName must be 4 to 30 letters, digits, spaces, hyphens, quotes and exclamation marks, got "A"',
        '  bucketName must be lower-case letters, digits, hyphens, underscores and periods, beginning and ending with a letter or digit, got "-"',
        '  labels must have keys of at most 63 lower-case letters, digits, hyphens and underscores, beginning with a letter, got "Team"',
        '  apis[1] must be the name of an API such as compute.googleapis.com, got "storage"',
      ].join("\n"),
    );
  });

  it("refuses to create a project nowhere", async () => {
    expect(await refusalOf(project({ create: { billingAccount: "012345-6789AB-CDEF01" } }))).to.include(
      "create must have folderId or organizationId, got neither; leave create out to adopt a project that exists",
    );
  });

  for (const [input, args] of Object.entries<Partial<ImageProjectArgs>>({
    projectId: { projectId: pulumi.output(Promise.resolve("Late")) },
    location: { location: pulumi.output(Promise.resolve("Late")) },
    bucketName: { bucketName: pulumi.output(Promise.resolve("Late")) },
    labels: { labels: { team: pulumi.output(Promise.resolve("Late")) } },
  }))
    it(`refuses an Output for ${input} as soon as it is known`, async () => {
      expect(await refusalOf(project(args))).to.match(new RegExp(`  ${input} must .*got "Late"`));
    });

  it("asks for a bucket's name where the project's id gives one that is too long", async () => {
    const projectId = `${"a".repeat(50)}.example:images`;
    expect(await refusalOf(project({ projectId }))).to.match(
      /\n {2}bucketName must be set, since .* at most 63 characters/,
    );
    await runProgram(project({ projectId, bucketName: "acme-images-kiln" }));
  });

  it("states what its deployer needs", () => {
    expect(ImageProject.requirements.unknownTypes).to.deep.equal([]);
    expect(ImageProject.requirements.roles).to.include.members([
      "roles/billing.user",
      "roles/iam.serviceAccountViewer",
      "roles/resourcemanager.projectCreator",
    ]);
    expect(ImageProject.requirements.apis).to.include.members(["cloudbilling.googleapis.com", "iam.googleapis.com"]);
  });
});

function serviceInputs(api: string) {
  return { project: "acme-images", service: `${api}.googleapis.com`, disableOnDestroy: false };
}
