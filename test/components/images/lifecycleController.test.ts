import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { LifecycleMode } from "../../../components/images/imageFamily";
import { LifecycleController } from "../../../components/images/lifecycleController";
import { type LifecycleControllerArgs } from "../../../components/images/lifecycleControllerArgs";
import {
  ASSET_QUOTA_PERMISSIONS,
  BUCKET_READ_PERMISSIONS,
  BUCKET_WRITE_PERMISSIONS,
  CONSUMER_PERMISSIONS,
  IMAGE_PROJECT_PERMISSIONS,
} from "../../../core/lifecycle/permissions";
import { type ProgramRun, refusalOf, runProgram, type RunOptions, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";

const REQUIRED: LifecycleControllerArgs = {
  project: "acme-images",
  bucket: "acme-images-kiln",
  region: "europe-west1",
};
const FULL: LifecycleControllerArgs = {
  ...REQUIRED,
  projectNumber: "234567890123",
  functionName: "image-aging",
  schedule: "30 4 * * 1-5",
  timeZone: "Europe/Berlin",
  consumerProjects: { shop: "acme-shop", search: "acme-search" },
  assetScope: { folderId: "folders/345678901234" },
  projectPolicy: { honourTimestamps: true, mode: LifecycleMode.Report, excludeLabels: { keep: "yes" } },
  notificationChannels: ["projects/acme-images/notificationChannels/1"],
  labels: { team: "platform" },
};

const FUNCTION = "gcp:cloudfunctionsv2/function:Function";
const ROLE = "gcp:projects/iAMCustomRole:IAMCustomRole";
const MEMBER = "gcp:projects/iAMMember:IAMMember";
const BUCKET_MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";
const JOB = "gcp:cloudscheduler/job:Job";
const SUBSCRIPTION = "gcp:pubsub/subscription:Subscription";
const ALERT = "gcp:monitoring/alertPolicy:AlertPolicy";
const METRIC = "gcp:logging/metric:Metric";
const OBJECT = "gcp:storage/bucketObject:BucketObject";

const AGENT = "serviceAccount:kiln-lifecycle-agent@acme-images.iam.gserviceaccount.com";
const INVOKER = "kiln-lifecycle-invoker@acme-images.iam.gserviceaccount.com";
const BUILDER = "kiln-lifecycle-builder@acme-images.iam.gserviceaccount.com";
const URL = "https://kiln-lifecycle-123456789012.europe-west1.run.app";

const controller = (args: Partial<LifecycleControllerArgs> = {}) => {
  const { functionName, functionUrl, agentEmail, invokerEmail, reportsUrl, actionsMetric, grants } =
    new LifecycleController("lifecycle", { ...REQUIRED, ...args });
  return { functionName, functionUrl, agentEmail, invokerEmail, reportsUrl, actionsMetric, grants };
};
const run = (args: Partial<LifecycleControllerArgs> = {}, options?: RunOptions) =>
  runProgram(() => controller(args), options);

/** The inputs of one resource. */
function inputsOf<T = Record<string, never>>({ resources }: ProgramRun, type: string, name: string): T {
  const found = resources.find((resource) => resource.type === type && resource.name === name);
  expect(found, `${type} ${name}`).to.not.equal(undefined);
  return found?.inputs as T;
}

describe("LifecycleController", () => {
  for (const preview of [false, true])
    describe(preview ? "in a preview" : "in an update", () => {
      it("makes all that a run needs", async () => {
        const { resources } = await run({}, { preview });
        expect(resources.map(({ name }) => name).sort()).to.deep.equal(CHILDREN);
      });

      it("runs the agent as its own account, reached from inside only", async () => {
        expect(inputsOf(await run({}, { preview }), FUNCTION, "lifecycle-function")).to.containSubset({
          project: "acme-images",
          location: "europe-west1",
          name: "kiln-lifecycle",
          buildConfig: {
            runtime: "nodejs22",
            entryPoint: "enforce",
            serviceAccount: `projects/acme-images/serviceAccounts/${BUILDER}`,
          },
          serviceConfig: {
            serviceAccountEmail: AGENT.slice("serviceAccount:".length),
            ingressSettings: "ALLOW_INTERNAL_ONLY",
            maxInstanceCount: 1,
            maxInstanceRequestConcurrency: 1,
            timeoutSeconds: 600,
            environmentVariables: {
              KILN_PROJECT: "acme-images",
              KILN_BUCKET: "acme-images-kiln",
              KILN_CONSUMER_PROJECTS: "",
              KILN_DEADLINE_SECONDS: "540",
            },
          },
        });
      });

      it("is called at night, and when an image was inserted, by one account that alone may call it", async () => {
        const result = await run({}, { preview });
        const oidcToken = { serviceAccountEmail: INVOKER, audience: URL };
        expect(result)
          .to.declare(JOB, "lifecycle-schedule")
          .with.inputs({
            schedule: "0 3 * * *",
            timeZone: "Etc/UTC",
            attemptDeadline: "600s",
            httpTarget: { uri: URL, httpMethod: "POST", oidcToken },
          });
        expect(result)
          .to.declare(SUBSCRIPTION, "lifecycle-images-push")
          .with.inputs({ ackDeadlineSeconds: 600, pushConfig: { pushEndpoint: URL, oidcToken } });
        const callers = result.resources.filter(({ inputs }) => inputs.role === "roles/run.invoker");
        expect(callers.map(({ inputs }) => inputs.member)).to.deep.equal([`serviceAccount:${INVOKER}`]);
      });

      it("answers with what operators need", async () => {
        const { outputs } = await run({}, { preview });
        const { grants, ...told } = outputs;
        expect(told).to.deep.equal({
          functionName: "kiln-lifecycle",
          functionUrl: URL,
          agentEmail: AGENT.slice("serviceAccount:".length),
          invokerEmail: INVOKER,
          reportsUrl: "gs://acme-images-kiln/lifecycle/reports/",
          actionsMetric: "logging.googleapis.com/user/kiln-lifecycle/actions",
        });
        if (!preview) expect(grants).to.deep.include(BUCKET_GRANT);
      });
    });

  it("gives the agent no more than it calls", async () => {
    const result = await run(FULL);
    const permissions = (purpose: string) =>
      inputsOf<{ permissions: string[] }>(result, ROLE, `lifecycle-${purpose}-role`).permissions;
    expect(permissions("agent")).to.have.members([...IMAGE_PROJECT_PERMISSIONS, ...ASSET_QUOTA_PERMISSIONS]);
    expect(permissions("reader")).to.have.members([...BUCKET_READ_PERMISSIONS]);
    expect(permissions("writer")).to.have.members([...BUCKET_WRITE_PERMISSIONS]);
    expect(permissions("consumer-shop")).to.have.members([...CONSUMER_PERMISSIONS]);
    const without = await run();
    expect(inputsOf<{ permissions: string[] }>(without, ROLE, "lifecycle-agent-role").permissions).to.not.include(
      ASSET_QUOTA_PERMISSIONS[0],
    );
    const granted = without.resources.filter(({ inputs }) => inputs.member === AGENT);
    expect(granted.map(({ inputs }) => inputs.role)).to.have.members([
      "projects/acme-images/roles/kiln_lifecycle_agent",
      "projects/acme-images/roles/kiln_lifecycle_reader",
      "projects/acme-images/roles/kiln_lifecycle_writer",
    ]);
  });

  it("lets the agent write neither policies nor its own program", async () => {
    const result = await run();
    expect(inputsOf(result, BUCKET_MEMBER, "lifecycle-bucket-writer")).to.containSubset({
      condition: { expression: BUCKET_GRANT.condition },
    });
    expect(inputsOf<{ name: string }>(result, OBJECT, "lifecycle-source").name).to.match(/^agent\/[0-9a-f]{16}\.zip$/);
  });

  it("reads what uses the images in each consumer, and in the folder", async () => {
    const result = await run(FULL);
    for (const key of ["shop", "search"])
      expect(result)
        .to.declare(MEMBER, `lifecycle-consumer-${key}`)
        .with.inputs({ project: `acme-${key}`, role: `projects/acme-${key}/roles/image_aging_consumer` });
    expect(result)
      .to.declare("gcp:folder/iAMMember:IAMMember", "lifecycle-assets")
      .with.inputs({ folder: "345678901234", role: "roles/cloudasset.viewer" });
    expect(inputsOf(result, FUNCTION, "lifecycle-function")).to.containSubset({
      serviceConfig: {
        environmentVariables: {
          KILN_CONSUMER_PROJECTS: "acme-search,acme-shop",
          KILN_ASSET_SCOPE: "folders/345678901234",
        },
      },
    });
    const organization = await run({ assetScope: { organizationId: "234567890123" } });
    expect(organization)
      .to.declare("gcp:organizations/iAMMember:IAMMember", "lifecycle-assets")
      .with.inputs({ orgId: "234567890123", role: "roles/cloudasset.viewer" });
  });

  it("builds the function as an account that reaches Cloud Functions' own buckets and repository alone", async () => {
    const result = await run();
    const conditions = (purpose: string) =>
      inputsOf<{ role: string; condition?: { expression: string } }>(result, MEMBER, `lifecycle-builder-${purpose}`);
    expect(conditions("source").condition?.expression).to.equal(
      'resource.name.startsWith("projects/_/buckets/gcf-v2-sources-")',
    );
    expect(conditions("images").condition?.expression).to.equal(
      'resource.name.startsWith("projects/acme-images/locations/europe-west1/repositories/gcf-artifacts")',
    );
    expect(conditions("logs").role).to.equal("roles/logging.logWriter");
  });

  it("keeps what it could not deliver, and lets Pub/Sub move it", async () => {
    const result = await run();
    const agent = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com";
    expect(result).to.grant("roles/pubsub.publisher", agent).and.to.grant("roles/pubsub.subscriber", agent);
    expect(
      inputsOf<{ deadLetterPolicy: object }>(result, SUBSCRIPTION, "lifecycle-images-push").deadLetterPolicy,
    ).to.be.an("object");
    expect(result).to.declare(SUBSCRIPTION, "lifecycle-dead-letters-kept");
  });

  it("listens to inserted images alone, once each", async () => {
    const { filter } = inputsOf<{ filter: string }>(
      await run(),
      "gcp:logging/projectSink:ProjectSink",
      "lifecycle-images-sink",
    );
    expect(filter).to.equal(
      'logName="projects/acme-images/logs/cloudaudit.googleapis.com%2Factivity" AND protoPayload.serviceName="compute.googleapis.com" AND protoPayload.methodName=~"compute[.]images[.]insert$" AND operation.last=true AND severity<ERROR',
    );
  });

  it("alerts of failures, refused policies and silence, and counts actions by kind", async () => {
    const result = await run(FULL);
    const alerts = result.resources.filter(({ type }) => type === ALERT);
    expect(alerts.map(({ name }) => name)).to.deep.equal([
      "lifecycle-alert-failed",
      "lifecycle-alert-refused",
      "lifecycle-alert-silent",
    ]);
    for (const { inputs } of alerts)
      expect(inputs).to.deep.include({
        notificationChannels: FULL.notificationChannels,
        userLabels: { team: "platform" },
      });
    expect(JSON.stringify(alerts)).to.include("image-aging/successes").and.to.include('kiln.event=\\"policy\\"');
    expect(result)
      .to.declare(METRIC, "lifecycle-metric-actions")
      .with.inputs({
        name: "image-aging/actions",
        labelExtractors: {
          kind: "EXTRACT(jsonPayload.kiln.kind)",
          mode: "EXTRACT(jsonPayload.kiln.mode)",
          outcome: "EXTRACT(jsonPayload.kiln.outcome)",
        },
      });
    const { dashboardJson } = inputsOf<{ dashboardJson: string }>(
      result,
      "gcp:monitoring/dashboard:Dashboard",
      "lifecycle-dashboard",
    );
    for (const metric of ["actions", "refusals", "successes"])
      expect(dashboardJson).to.include(`image-aging/${metric}`);
  });

  it("writes the policy of images outside of families where it is asked to", async () => {
    const { source } = inputsOf<{ source: { text: string } }>(await run(FULL), OBJECT, "lifecycle-project-policy");
    expect(JSON.parse(source.text)).to.deep.equal({
      apiVersion: "kiln/v1",
      kind: "ProjectPolicy",
      metadata: { project: "acme-images" },
      spec: {
        honourTimestamps: true,
        protectInUse: true,
        maxDeletesPerRun: 5,
        mode: "Report",
        excludeLabels: { keep: "yes" },
      },
    });
    expect(await run()).to.not.declare(OBJECT, "lifecycle-project-policy");
  });

  it("passes the other inputs on", async () => {
    const result = await run(FULL);
    expect(result)
      .to.declare(JOB)
      .with.inputs({ name: "image-aging", schedule: "30 4 * * 1-5", timeZone: "Europe/Berlin" });
    expect(result)
      .to.declare(FUNCTION)
      .with.inputs({ name: "image-aging", labels: { team: "platform" } });
    expect(result.outputs.functionUrl).to.equal("https://image-aging-234567890123.europe-west1.run.app");
  });

  it("waits for its grants before it is deployed, and is called when it may be called", async () => {
    const { resources } = await run();
    const urnOf = (name: string) => resources.find((resource) => resource.name === name)?.urn;
    const waitsFor = (name: string) => resources.find((resource) => resource.name === name)?.options.dependsOn;
    for (const grant of ["agent-grant", "bucket-reader", "bucket-writer", "builder-source", "builder-images"])
      expect(waitsFor("lifecycle-function")).to.include(urnOf(`lifecycle-${grant}`));
    for (const caller of ["schedule", "images-push"])
      expect(waitsFor(`lifecycle-${caller}`)).to.include(urnOf("lifecycle-invoker-grant"));
  });

  it("leaves for the update what a new project is not known by", async () => {
    const program = () => {
      const project = new Project("images", { projectId: "acme-images" });
      return controller({
        project: project.number.apply((number) => `project-${number}`),
        projectNumber: project.number,
      });
    };
    const preview = await runProgram(program, { preview: true });
    expect(inputsOf(preview, JOB, "lifecycle-schedule")).to.containSubset({ httpTarget: { uri: UNKNOWN } });
    expect(preview).to.declare(FUNCTION).with.inputs({ name: "kiln-lifecycle" });
    const update = await runProgram(program);
    expect(update.outputs.agentEmail).to.equal("kiln-lifecycle-agent@project-123456789012.iam.gserviceaccount.com");
  });

  it("knows the accounts of old projects, whose ids hold a domain", async () => {
    const { outputs } = await run({ project: "acme.example:images" });
    expect(outputs.agentEmail).to.equal("kiln-lifecycle-agent@images.acme.example.iam.gserviceaccount.com");
  });

  it("names everything that is wrong at once, and declares nothing", async () => {
    const wrong = {
      project: "Acme",
      bucket: "-",
      region: "EU",
      projectNumber: "acme",
      functionName: "Kiln",
      schedule: "daily",
      timeZone: "Berlin",
      consumerProjects: { shop: "Shop", "a/b": "acme-search" },
      assetScope: {},
      projectPolicy: { maxDeletesPerRun: 0 },
      notificationChannels: ["ops@acme.example"],
      labels: { Team: "platform" },
    };
    expect(await refusalOf(() => controller(wrong))).to.equal(
      [
        'LifecycleController "lifecycle": 13 inputs are wrong',
        '  consumerProjects.a/b must be a key of letters, digits, hyphens, underscores and periods, got "a/b"',
        '  project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
        '  bucket must be lower-case letters, digits, hyphens, underscores and periods, beginning and ending with a letter or digit, got "-"',
        '  region must be a region such as europe-west1, got "EU"',
        '  projectNumber must be a project number such as 123456789012, got "acme"',
        '  functionName must be 4 to 22 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Kiln"',
        '  schedule must be five fields as cron writes them, minute, hour, day of the month, month and day of the week, such as "0 3 * * *", got "daily"',
        '  timeZone must be a time zone of the tz database such as Etc/UTC or Europe/Berlin, got "Berlin"',
        '  consumerProjects.shop must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Shop"',
        "  assetScope must have folderId or organizationId, got neither; leave assetScope out to ask each of consumerProjects",
        "  projectPolicy.maxDeletesPerRun must be a whole number from 1 to 1000 images a run, got 0",
        '  notificationChannels[0] must be a notification channel as projects/P/notificationChannels/N, got "ops@acme.example"',
        '  labels must have keys of at most 63 lower-case letters, digits, hyphens and underscores, beginning with a letter, got "Team"',
      ].join("\n"),
    );
  });

  it("refuses Outputs as soon as they are known, projects that come twice, and a folder beside an organization", async () => {
    expect(await refusalOf(() => controller({ schedule: pulumi.output(Promise.resolve("never")) }))).to.include(
      'schedule must be five fields as cron writes them, minute, hour, day of the month, month and day of the week, such as "0 3 * * *", got "never"',
    );
    expect(await refusalOf(() => controller({ consumerProjects: { shop: "acme-shop", web: "acme-shop" } }))).to.include(
      "consumerProjects.web must not name a project again, since consumerProjects.shop does; remove one of them",
    );
    const both = { folderId: "345678901234", organizationId: "234567890123" };
    expect(await refusalOf(() => controller({ assetScope: both }))).to.include(
      "assetScope must have folderId or organizationId, got both; keep the one that holds all projects with your images",
    );
  });
});

const BUCKET_GRANT = {
  member: AGENT,
  resource: "buckets/acme-images-kiln",
  role: "projects/acme-images/roles/kiln_lifecycle_writer",
  condition: 'resource.name.startsWith("projects/_/buckets/acme-images-kiln/objects/lifecycle/")',
};

const CHILDREN = [
  "lifecycle",
  "lifecycle-agent",
  "lifecycle-agent-grant",
  "lifecycle-agent-role",
  "lifecycle-alert-failed",
  "lifecycle-alert-refused",
  "lifecycle-alert-silent",
  "lifecycle-bucket-reader",
  "lifecycle-bucket-writer",
  "lifecycle-builder",
  "lifecycle-builder-images",
  "lifecycle-builder-logs",
  "lifecycle-builder-source",
  "lifecycle-dashboard",
  "lifecycle-dead-letters",
  "lifecycle-dead-letters-kept",
  "lifecycle-dead-letters-writer",
  "lifecycle-function",
  "lifecycle-images",
  "lifecycle-images-forwarder",
  "lifecycle-images-push",
  "lifecycle-images-sink",
  "lifecycle-images-writer",
  "lifecycle-invoker",
  "lifecycle-invoker-grant",
  "lifecycle-metric-actions",
  "lifecycle-metric-refusals",
  "lifecycle-metric-successes",
  "lifecycle-pubsub-agent",
  "lifecycle-reader-role",
  "lifecycle-schedule",
  "lifecycle-source",
  "lifecycle-writer-role",
];
