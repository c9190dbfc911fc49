import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { ContainerRegistry } from "../../../components/containers/containerRegistry";
import { ImageMirror, MirrorUpdate } from "../../../components/migration/imageMirror";
import { type ImageMirrorArgs } from "../../../components/migration/imageMirrorArgs";
import { readableObjects, writableObjects } from "../../../core/migration/mirror";
import { refusalOf, runProgram, type RunOptions, UNKNOWN } from "../../../testing";
import { planText } from "../../core/migration/samples";
import { expect } from "../../support/chai";
import { named, refusalText, waitsFor } from "../../support/programs";

const IMAGE = `europe-west1-docker.pkg.dev/acme-images/tools/kiln@sha256:${"0".repeat(64)}`;
const KEY = "projects/acme-keys/locations/europe-west1/keyRings/run/cryptoKeys/jobs";
const REQUIRED: ImageMirrorArgs = {
  project: "acme-images",
  region: "europe-west1",
  bucket: "acme-images-kiln",
  image: IMAGE,
  repositories: { hub: "europe-docker.pkg.dev/acme-containers/docker-io" },
};
const FULL: ImageMirrorArgs = {
  ...REQUIRED,
  repositories: { ...REQUIRED.repositories, quay: "europe-west1-docker.pkg.dev/acme.example/images/quay" },
  plan: planText,
  planObject: "migration/hub.yaml",
  jobName: "hub-mirror",
  schedule: "0 */6 * * 1-5",
  timeZone: "Europe/Berlin",
  update: MirrorUpdate.MovedTags,
  taskCount: 40,
  parallelism: 10,
  timeout: "1d",
  maxRetries: 3,
  cpu: 2,
  memory: "4Gi",
  dockerConfigSecretVersion: "projects/acme-secrets/secrets/docker-config/versions/3",
  hubBudget: 150,
  egress: { network: "egress", subnetwork: "egress-jobs", tags: ["mirror"] },
  kmsKey: KEY,
  projectNumber: "234567890123",
  notificationChannels: ["projects/acme-images/notificationChannels/1"],
  alertOnSilence: true,
  protect: true,
  labels: { team: "platform" },
};

const JOB = "gcp:cloudrunv2/job:Job";
const SCHEDULE = "gcp:cloudscheduler/job:Job";
const AGENT = "kiln-mirror-agent@acme-images.iam.gserviceaccount.com";
const INVOKER = "kiln-mirror-invoker@acme-images.iam.gserviceaccount.com";
const RUN = "https://run.googleapis.com/v2/projects/acme-images/locations/europe-west1/jobs/kiln-mirror:run";

const mirror = (args: Partial<ImageMirrorArgs> = {}) => {
  const { jobName, agentEmail, invokerEmail, planUrl, ledgersUrl, grants } = new ImageMirror("mirror", {
    ...REQUIRED,
    ...args,
  });
  return { jobName, agentEmail, invokerEmail, planUrl, ledgersUrl, grants };
};
const run = (args: Partial<ImageMirrorArgs> = {}, options?: RunOptions) => runProgram(() => mirror(args), options);
const whole = (options?: RunOptions) => runProgram(() => mirror(FULL), options);

describe("ImageMirror", () => {
  for (const preview of [false, true])
    describe(preview ? "in a preview" : "in an update", () => {
      it("makes all that a run needs", async () => {
        const { resources } = await run({}, { preview });
        expect(resources.map(({ name }) => name).sort()).to.deep.equal(CHILDREN);
      });

      it("runs the copy of the plan in the bucket, as its own account", async () => {
        expect(named(await run({}, { preview }), "mirror-job").inputs).to.deep.equal({
          project: "acme-images",
          location: "europe-west1",
          name: "kiln-mirror",
          labels: {},
          deletionProtection: false,
          template: {
            labels: {},
            taskCount: 1,
            parallelism: 1,
            template: {
              serviceAccount: AGENT,
              timeout: "21600s",
              maxRetries: 1,
              containers: [
                {
                  image: IMAGE,
                  commands: ["kiln"],
                  args: [...COPY, "gs://acme-images-kiln/migration/plan.yaml", ...LEDGERS],
                  resources: { limits: { cpu: "1", memory: "1Gi" } },
                },
              ],
            },
          },
        });
      });

      it("is started at night, by one account that alone may start it", async () => {
        const result = await run({}, { preview });
        expect(result)
          .to.declare(SCHEDULE, "mirror-schedule")
          .with.inputs({
            name: "kiln-mirror",
            region: "europe-west1",
            schedule: "0 1 * * *",
            timeZone: "Etc/UTC",
            httpTarget: {
              uri: RUN,
              httpMethod: "POST",
              oauthToken: {
                serviceAccountEmail: INVOKER,
                scope: "https://www.googleapis.com/auth/cloud-platform",
              },
            },
          });
        const callers = result.resources.filter(({ inputs }) => inputs.role === "roles/run.invoker");
        expect(callers.map(({ type, inputs: { name, member } }) => [type, name, member])).to.deep.equal([
          ["gcp:cloudrunv2/jobIamMember:JobIamMember", "kiln-mirror", `serviceAccount:${INVOKER}`],
        ]);
      });

      it("takes every input", async () => {
        const result = await whole({ preview });
        const { template, ...job } = named(result, "mirror-job").inputs;
        expect(job).to.deep.equal({
          project: "acme-images",
          location: "europe-west1",
          name: "hub-mirror",
          labels: { team: "platform" },
          deletionProtection: true,
        });
        expect(template).to.deep.equal(WHOLE_TEMPLATE);
        expect(result).to.declare(JOB).that.is.protected;
        expect(named(result, "mirror-plan").inputs).to.deep.include({
          bucket: "acme-images-kiln",
          name: "migration/hub.yaml",
          contentType: "application/yaml",
        });
        expect(named(result, "mirror-plan").inputs.source).to.containSubset({ text: planText });
        expect(result)
          .to.declare(SCHEDULE)
          .with.inputs({ name: "hub-mirror", schedule: "0 */6 * * 1-5", timeZone: "Europe/Berlin" });
      });

      it("answers with what operators need", async () => {
        const { grants, ...told } = (await run({}, { preview })).outputs;
        expect(told).to.deep.equal({
          jobName: "kiln-mirror",
          agentEmail: AGENT,
          invokerEmail: INVOKER,
          planUrl: "gs://acme-images-kiln/migration/plan.yaml",
          ledgersUrl: "gs://acme-images-kiln/migration/ledgers/",
        });
        if (!preview) expect(grants).to.deep.equal(GRANTS);
      });
    });

  it("grants what a copy with every input needs, each on one thing", async () => {
    const { grants } = (await whole()).outputs as { grants: { member: string; role: string; resource: string }[] };
    const agent = "serviceAccount:hub-mirror-agent@acme-images.iam.gserviceaccount.com";
    const told = grants.map(({ member, role, resource }) => [member === agent ? "agent" : member, role, resource]);
    expect(told).to.have.deep.members([
      ["agent", "roles/storage.objectUser", "buckets/acme-images-kiln"],
      ["agent", "roles/storage.objectViewer", "buckets/acme-images-kiln"],
      [
        "serviceAccount:service-234567890123@serverless-robot-prod.iam.gserviceaccount.com",
        "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        KEY,
      ],
      ["agent", "roles/artifactregistry.writer", "projects/acme-containers/locations/europe/repositories/docker-io"],
      [
        "agent",
        "roles/artifactregistry.writer",
        "projects/acme.example:images/locations/europe-west1/repositories/quay",
      ],
      [
        "serviceAccount:hub-mirror-invoker@acme-images.iam.gserviceaccount.com",
        "roles/run.invoker",
        "projects/acme-images/locations/europe-west1/jobs/hub-mirror",
      ],
      ["agent", "roles/secretmanager.secretAccessor", "projects/acme-secrets/secrets/docker-config"],
    ]);
  });

  it("declares each of its grants as it tells it", async () => {
    const result = await whole();
    const declared = result.resources.filter(({ inputs }) => inputs.role !== undefined);
    expect(declared.length).to.equal((result.outputs.grants as object[]).length);
    expect(named(result, "mirror-repository-quay").inputs).to.deep.include({
      project: "acme.example:images",
      location: "europe-west1",
      repository: "quay",
    });
    expect(named(result, "mirror-docker-config").inputs.secretId).to.equal(
      "projects/acme-secrets/secrets/docker-config",
    );
  });

  it("looks the project's number up for the key where it is not given", async () => {
    const member = "serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com";
    const result = await run({ kmsKey: KEY });
    expect(named(result, "mirror-key").inputs).to.deep.include({ cryptoKeyId: KEY, member });
    expect(waitsFor(result, "mirror-job")).to.include("mirror-key");
  });

  it("waits for its grants before it is deployed, and is started when it may be and has a plan", async () => {
    const result = await whole();
    for (const grant of ["bucket-reader", "bucket-writer", "repository-hub", "repository-quay", "docker-config", "key"])
      expect(waitsFor(result, "mirror-job")).to.include(`mirror-${grant}`);
    expect(waitsFor(result, "mirror-schedule")).to.include.members(["mirror-invoker-grant", "mirror-plan"]);
  });

  it("alerts of failures, a schedule that starts nothing, and silence where it runs daily", async () => {
    const names = async (args: Partial<ImageMirrorArgs>) =>
      (await run(args)).resources
        .map(({ name }) => name)
        .filter((name) => name.startsWith("mirror-alert-"))
        .sort();
    const [failed, unstarted, silent] = ["mirror-alert-failed", "mirror-alert-unstarted", "mirror-alert-silent"];
    expect(await names({})).to.deep.equal([failed, silent, unstarted]);
    expect(await names({ schedule: "0 1 * * 0" })).to.deep.equal([failed, unstarted]);
    expect(await names({ schedule: pulumi.output("0 1 * * *") })).to.deep.equal([failed, unstarted]);
    expect(await names({ alertOnSilence: false })).to.deep.equal([failed, unstarted]);
    const result = await whole();
    for (const name of [failed, unstarted, silent])
      expect(named(result, name).inputs).to.deep.include({
        notificationChannels: FULL.notificationChannels,
        userLabels: { team: "platform" },
      });
    const conditions = (name: string) => JSON.stringify(named(result, name).inputs.conditions);
    expect(conditions(failed)).to.include('resource.labels.job_name=\\"hub-mirror\\"').and.include('\\"failed\\"');
    expect(conditions(silent)).to.include('metric.labels.result=\\"succeeded\\"').and.include('"duration":"82800s"');
    expect(conditions(unstarted)).to.include('resource.labels.job_id=\\"hub-mirror\\"');
  });

  it("keeps secret what it is given as a secret", async () => {
    const version = pulumi.secret("projects/acme-images/secrets/docker-config/versions/1");
    const result = await run({ dockerConfigSecretVersion: version });
    expect(named(result, "mirror-job")).to.haveSecretInput("template");
    expect(named(result, "mirror-docker-config")).to.haveSecretInput("secretId");
  });

  it("is protected as its options say", async () => {
    const protectedBy = await runProgram(() => void new ImageMirror("mirror", REQUIRED, { protect: true }));
    expect(named(protectedBy, "mirror-job").inputs.deletionProtection).to.equal(true);
    expect(protectedBy).to.declare(JOB).that.is.protected;
    expect(await run()).to.declare(JOB).that.is.not.protected;
  });

  it("writes into the repositories of a registry, which are there before", async () => {
    const program = (options?: RunOptions) =>
      runProgram(() => {
        const { urls } = new ContainerRegistry("registry", {
          project: "acme-images",
          location: "europe-west1",
          repositories: { "third-party": {} },
        });
        mirror({ repositories: { all: urls["third-party"] } });
      }, options);
    const address = { project: "acme-images", location: "europe-west1", repository: "third-party" };
    for (const preview of [false, true])
      expect(named(await program({ preview }), "mirror-repository-all").inputs).to.deep.include(address);
  });

  it("leaves for the update what a new project is not known by", async () => {
    const program = () => {
      const project = new Project("images", { projectId: "acme-images" });
      return mirror({ project: project.number.apply((number) => `project-${number}`), plan: planText });
    };
    const preview = await runProgram(program, { preview: true });
    expect(named(preview, "mirror-schedule").inputs).to.containSubset({ httpTarget: { uri: UNKNOWN } });
    expect(preview).to.declare(JOB).with.inputs({ name: "kiln-mirror" });
    const update = await runProgram(program);
    expect(update.outputs.agentEmail).to.equal("kiln-mirror-agent@project-123456789012.iam.gserviceaccount.com");
  });

  it("names everything that is wrong at once, and declares nothing", async () => {
    const wrong: ImageMirrorArgs = {
      project: "Acme",
      region: "EU",
      bucket: "-",
      image: "Kiln",
      repositories: { hub: "docker.io/library", "a/b": REQUIRED.repositories.hub, again: REQUIRED.repositories.hub },
      plan: "migration.yaml",
      planObject: "/plan",
      jobName: "Kiln",
      schedule: "daily",
      timeZone: "Berlin",
      update: "Always" as MirrorUpdate,
      taskCount: 2,
      parallelism: 3,
      timeout: "8d",
      maxRetries: 11,
      cpu: 3,
      memory: "1GB",
      dockerConfigSecretVersion: '{"auths":{"docker.io":{"auth":"c2VjcmV0"}}}',
      hubBudget: 0,
      egress: { tags: ["Mirror"] },
      kmsKey: "key",
      projectNumber: "acme",
      notificationChannels: ["ops@acme.example"],
      labels: { Team: "platform" },
    };
    expect(await refusalOf(() => mirror(wrong))).to.equal(refusalText('ImageMirror "mirror"', REFUSED));
  });

  it("refuses memory that its processors do not take, no repository, and Outputs as soon as they are known", async () => {
    expect(await refusalOf(() => mirror({ cpu: 4, memory: "1Gi" }))).to.include(
      'memory must be from 2048Mi to 16384Mi with 4 vCPU, got "1Gi"',
    );
    expect(await refusalOf(() => mirror({ repositories: {} }))).to.include(
      'repositories must not be empty; name at least one, as in { hub: "europe-west1-docker.pkg.dev/acme-images/docker-io" }',
    );
    expect(await refusalOf(() => mirror({ image: pulumi.output(Promise.resolve("Kiln")) }))).to.include(
      "image is no image: it must",
    );
    const secret = pulumi.secret('{"auths":{}}');
    const refused = await refusalOf(() => mirror({ dockerConfigSecretVersion: secret }));
    expect(refused).to.include("put Docker's config.json into Secret Manager").and.not.include("auths");
  });
});

const COPY = ["containers", "copy"];
const LEDGERS = ["--ledger", "gs://acme-images-kiln/migration/ledgers/"];

const WHOLE_TEMPLATE = {
  labels: { team: "platform" },
  taskCount: 40,
  parallelism: 10,
  template: {
    serviceAccount: "hub-mirror-agent@acme-images.iam.gserviceaccount.com",
    timeout: "86400s",
    maxRetries: 3,
    encryptionKey: KEY,
    containers: [
      {
        image: IMAGE,
        commands: ["kiln"],
        args: [
          ...[...COPY, "gs://acme-images-kiln/migration/hub.yaml", ...LEDGERS],
          ...["--overwrite", "--hub-budget", "150"],
        ],
        resources: { limits: { cpu: "2", memory: "4Gi" } },
        envs: [{ name: "DOCKER_CONFIG", value: "/var/run/kiln/docker" }],
        volumeMounts: [{ name: "docker-config", mountPath: "/var/run/kiln/docker" }],
      },
    ],
    volumes: [
      {
        name: "docker-config",
        secret: {
          secret: "projects/acme-secrets/secrets/docker-config",
          items: [{ path: "config.json", version: "3" }],
        },
      },
    ],
    vpcAccess: {
      egress: "ALL_TRAFFIC",
      networkInterfaces: [{ network: "egress", subnetwork: "egress-jobs", tags: ["mirror"] }],
    },
  },
};

const GRANTS = [
  {
    member: `serviceAccount:${AGENT}`,
    resource: "buckets/acme-images-kiln",
    role: "roles/storage.objectUser",
    condition: writableObjects("acme-images-kiln"),
  },
  {
    member: `serviceAccount:${AGENT}`,
    resource: "buckets/acme-images-kiln",
    role: "roles/storage.objectViewer",
    condition: readableObjects("acme-images-kiln", "migration/plan.yaml"),
  },
  {
    member: `serviceAccount:${AGENT}`,
    resource: "projects/acme-containers/locations/europe/repositories/docker-io",
    role: "roles/artifactregistry.writer",
  },
  {
    member: `serviceAccount:${INVOKER}`,
    resource: "projects/acme-images/locations/europe-west1/jobs/kiln-mirror",
    role: "roles/run.invoker",
  },
];

const CHILDREN = [
  "mirror",
  "mirror-agent",
  "mirror-alert-failed",
  "mirror-alert-silent",
  "mirror-alert-unstarted",
  "mirror-bucket-reader",
  "mirror-bucket-writer",
  "mirror-invoker",
  "mirror-invoker-grant",
  "mirror-job",
  "mirror-repository-hub",
  "mirror-schedule",
];

const REFUSED = [
  'schedule must be five fields as cron writes them, minute, hour, day of the month, month and day of the week, such as "0 3 * * *", got "daily"',
  'project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
  'region must be a region such as europe-west1, got "EU"',
  'bucket must be lower-case letters, digits, hyphens, underscores and periods, beginning and ending with a letter or digit, got "-"',
  'image is no image: it must be in lower case between registry and tag, got "Kiln"',
  'repositories.a/b must be a key of letters, digits, hyphens, underscores and periods, got "a/b"',
  "repositories.again must not name a repository again, since repositories.a/b does; remove one of them",
  'repositories.hub must be a repository of Artifact Registry as LOCATION-docker.pkg.dev/PROJECT/REPOSITORY, got "docker.io/library"',
  'plan must be the text of a plan, with its line "kind: MigrationPlan"; read the file that kiln containers plan wrote, got "migration.yaml"',
  'planObject must be the name of an object such as migration/plan.yaml: at most 255 letters, digits, ".", "_", "-" and "/", got "/plan"',
  'jobName must be 4 to 22 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Kiln"',
  'timeZone must be a time zone of the tz database such as Etc/UTC or Europe/Berlin, got "Berlin"',
  'update must be one of Never, MovedTags, got "Always"',
  "cpu must be one of 1, 2, 4, 6, 8, got 3",
  'memory must be a quantity of memory such as 512Mi or 2Gi, got "1GB"',
  "parallelism must be a whole number from 1 to 2 tasks at once, since taskCount is no more, got 3",
  'timeout must be from 1s to 168h, got "8d"',
  "maxRetries must be a whole number from 0 to 10 retries, got 11",
  "dockerConfigSecretVersion must be a secret's version as projects/P/secrets/S/versions/V; put Docker's config.json into Secret Manager and name its version here (what was given is not shown)",
  "hubBudget must be a whole number from 1 to 1000000 pulls in six hours, got 0",
  "egress must have network, subnetwork or both, got neither; leave egress out for Google's shared addresses",
  'egress.tags[0] must be a network tag such as mirror, got "Mirror"',
  'kmsKey must be a key as projects/P/locations/L/keyRings/R/cryptoKeys/K, got "key"',
  'projectNumber must be a project number such as 123456789012, got "acme"',
  'notificationChannels[0] must be a notification channel as projects/P/notificationChannels/N, got "ops@acme.example"',
  'labels must have keys of at most 63 lower-case letters, digits, hyphens and underscores, beginning with a letter, got "Team"',
];
