import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import {
  ContainerRegistry,
  type ContainerRegistryArgs,
  type ContainerRepositoryArgs,
  RemoteUpstream,
  Runtime,
  VulnerabilityScanning,
} from "../../../components/containers/containerRegistry";
import { refusalOf, runProgram, type ProgramRun, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";
import { named, refusalText, waitsFor } from "../../support/programs";

const REPOSITORY = "gcp:artifactregistry/repository:Repository";
const MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
const KEY_MEMBER = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
const SECRET_MEMBER = "gcp:secretmanager/secretIamMember:SecretIamMember";

const REQUIRED: ContainerRegistryArgs = {
  project: "acme-images",
  location: "europe-west1",
  repositories: { apps: {} },
};
const KEY = "projects/acme-keys/locations/europe-west1/keyRings/images/cryptoKeys/registry";
const TOKEN = "projects/acme-images/secrets/hub-token/versions/3";
const CI = "serviceAccount:ci@acme-images.iam.gserviceaccount.com";
const DEVELOPERS = "group:developers@acme.example";
const AGENT = "service-123456789012@gcp-sa-artifactregistry.iam.gserviceaccount.com";

const registry =
  (args: Partial<ContainerRegistryArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
  () =>
    new ContainerRegistry("images", { ...REQUIRED, ...args }, opts);
const repository = (args: ContainerRepositoryArgs, others: Partial<ContainerRegistryArgs> = {}) =>
  registry({ ...others, repositories: { apps: args } });
const outputsOf = ({ urls, grants }: ContainerRegistry) => ({ urls, grants });

const refusal = (...lines: string[]) => refusalText('ContainerRegistry "images"', lines);

const WHOLE: ContainerRegistryArgs = {
  ...REQUIRED,
  repositories: {
    all: { description: "What teams pull", virtual: { upstreams: { hub: 10, apps: 20 } } },
    apps: {
      repositoryId: "applications",
      description: "Our own",
      cleanup: {
        keepNewest: 10,
        keepTagPrefixes: ["release-", "v"],
        deleteUntaggedAfter: "7d",
        deleteOlderThan: "90d",
        deleteTagged: {
          previews: { tagPrefixes: ["pr-"], olderThan: "2w" },
          nightly: { tagPrefixes: ["nightly-", "snapshot-"], olderThan: "P30D" },
        },
      },
      cleanupDryRun: true,
      vulnerabilityScanning: VulnerabilityScanning.Disabled,
      readers: { partners: "domain:partner.example" },
      writers: { release: "serviceAccount:release@acme-images.iam.gserviceaccount.com" },
      administrators: { owners: "group:owners@acme.example" },
      runtimes: { shop: { runtime: Runtime.CloudRun, projectNumber: "222222222222" } },
      labels: { team: "apps" },
    },
    hub: {
      remote: {
        upstream: RemoteUpstream.DockerHub,
        credentials: { username: "acme", passwordSecretVersion: TOKEN },
        skipUpstreamValidation: true,
      },
      cleanup: { deleteOlderThan: "30d" },
    },
  },
  readers: { developers: DEVELOPERS },
  writers: { ci: CI },
  administrators: { platform: "group:platform@acme.example" },
  runtimes: {
    clusters: { runtime: Runtime.Gke, projectNumber: "333333333333" },
    builds: { runtime: Runtime.CloudBuild, projectNumber: "333333333333" },
  },
  auditLogs: true,
  kmsKey: KEY,
  labels: { team: "platform", stage: "prod" },
};

describe("ContainerRegistry", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a preview" : "in an update", () => {
      it("makes a standard repository, and grants nothing, when only the required inputs are given", async () => {
        const run = await runProgram(registry(), { preview });
        expect(run.resources.map(({ name }) => name)).to.deep.equal(["images", "images-apps"]);
        expect(named(run, "images-apps")).to.deep.include({
          type: REPOSITORY,
          inputs: {
            project: "acme-images",
            location: "europe-west1",
            repositoryId: "apps",
            format: "DOCKER",
            mode: "STANDARD_REPOSITORY",
            dockerConfig: { immutableTags: false },
            labels: {},
            vulnerabilityScanningConfig: { enablementConfig: "INHERITED" },
          },
        });
      });

      it("answers with the address of each repository", async () => {
        const { outputs } = await runProgram(() => outputsOf(new ContainerRegistry("images", WHOLE)), { preview });
        expect(outputs.urls).to.deep.equal({
          all: "europe-west1-docker.pkg.dev/acme-images/all",
          apps: "europe-west1-docker.pkg.dev/acme-images/applications",
          hub: "europe-west1-docker.pkg.dev/acme-images/hub",
        });
      });

      it("declares every child under a name made of keys", async () => {
        const run = await runProgram(() => new ContainerRegistry("images", WHOLE), { preview });
        expect(run.resources.map(({ name }) => name)).to.have.members([
          "images",
          "images-audit",
          "images-key",
          "images-secret-acme-images/hub-token",
          "images-apps",
          "images-hub",
          "images-all",
          ...["apps", "hub", "all"].flatMap((key) => [
            `images-${key}/reader-developers`,
            `images-${key}/administrator-platform`,
            `images-${key}/runtime-clusters`,
            `images-${key}/runtime-builds`,
          ]),
          "images-apps/writer-ci",
          "images-apps/reader-partners",
          "images-apps/writer-release",
          "images-apps/administrator-owners",
          "images-apps/runtime-shop",
        ]);
      });
    });
  }

  it("logs who pulls and who pushes where that is asked for", async () => {
    const run = await runProgram(registry({ auditLogs: true }));
    expect(named(run, "images-audit")).to.deep.include({
      type: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
      inputs: {
        project: "acme-images",
        service: "artifactregistry.googleapis.com",
        auditLogConfigs: [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }],
      },
    });
  });

  it("passes every input of a standard repository on", async () => {
    const run = await runProgram(() => new ContainerRegistry("images", WHOLE));
    expect(named(run, "images-apps").inputs).to.deep.equal({
      project: "acme-images",
      location: "europe-west1",
      repositoryId: "applications",
      description: "Our own",
      format: "DOCKER",
      mode: "STANDARD_REPOSITORY",
      kmsKeyName: KEY,
      labels: { team: "apps", stage: "prod" },
      dockerConfig: { immutableTags: false },
      vulnerabilityScanningConfig: { enablementConfig: "DISABLED" },
      cleanupPolicyDryRun: true,
      cleanupPolicies: [
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 10 } },
        { id: "keep-tags", action: "KEEP", condition: { tagState: "TAGGED", tagPrefixes: ["release-", "v"] } },
        { id: "delete-untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan: "604800s" } },
        { id: "delete-older", action: "DELETE", condition: { tagState: "ANY", olderThan: "7776000s" } },
        {
          id: "delete-tagged-nightly",
          action: "DELETE",
          condition: { tagState: "TAGGED", tagPrefixes: ["nightly-", "snapshot-"], olderThan: "2592000s" },
        },
        {
          id: "delete-tagged-previews",
          action: "DELETE",
          condition: { tagState: "TAGGED", tagPrefixes: ["pr-"], olderThan: "1209600s" },
        },
      ],
    });
  });

  it("passes every input of a remote and of a virtual repository on", async () => {
    const run = await runProgram(() => new ContainerRegistry("images", WHOLE));
    const shared = { project: "acme-images", location: "europe-west1", format: "DOCKER", kmsKeyName: KEY };
    const labels = { team: "platform", stage: "prod" };
    expect(named(run, "images-hub").inputs).to.deep.equal({
      ...shared,
      labels,
      repositoryId: "hub",
      mode: "REMOTE_REPOSITORY",
      cleanupPolicies: [
        { id: "delete-older", action: "DELETE", condition: { tagState: "ANY", olderThan: "2592000s" } },
      ],
      remoteRepositoryConfig: {
        dockerRepository: { publicRepository: "DOCKER_HUB" },
        disableUpstreamValidation: true,
        upstreamCredentials: { usernamePasswordCredentials: { username: "acme", passwordSecretVersion: TOKEN } },
      },
    });
    expect(named(run, "images-all").inputs).to.deep.equal({
      ...shared,
      labels,
      repositoryId: "all",
      description: "What teams pull",
      mode: "VIRTUAL_REPOSITORY",
      virtualRepositoryConfig: {
        upstreamPolicies: [
          {
            id: "apps",
            priority: 20,
            repository: "projects/acme-images/locations/europe-west1/repositories/applications",
          },
          { id: "hub", priority: 10, repository: "projects/acme-images/locations/europe-west1/repositories/hub" },
        ],
      },
    });
  });

  it("makes tags immutable when asked", async () => {
    const run = await runProgram(repository({ immutableTags: true, cleanup: { deleteUntaggedAfter: "7d" } }));
    expect(named(run, "images-apps").inputs.dockerConfig).to.deep.equal({ immutableTags: true });
  });

  it("gives other upstreams by their address", async () => {
    const run = await runProgram(repository({ remote: { upstream: "https://registry.acme.example:5000" } }));
    expect(named(run, "images-apps").inputs.remoteRepositoryConfig).to.deep.equal({
      commonRepository: { uri: "https://registry.acme.example:5000" },
    });
  });

  describe("grants", () => {
    const on = (id: string) => `projects/acme-images/locations/europe-west1/repositories/${id}`;
    const EXPECTED = [
      ...["all", "applications", "hub"].flatMap((id) => [
        [on(id), "roles/artifactregistry.reader", DEVELOPERS],
        [on(id), "roles/artifactregistry.repoAdmin", "group:platform@acme.example"],
        [on(id), "roles/artifactregistry.reader", "serviceAccount:333333333333-compute@developer.gserviceaccount.com"],
        [on(id), "roles/artifactregistry.reader", "serviceAccount:333333333333@cloudbuild.gserviceaccount.com"],
      ]),
      [on("applications"), "roles/artifactregistry.writer", CI],
      [on("applications"), "roles/artifactregistry.reader", "domain:partner.example"],
      [
        on("applications"),
        "roles/artifactregistry.writer",
        "serviceAccount:release@acme-images.iam.gserviceaccount.com",
      ],
      [on("applications"), "roles/artifactregistry.repoAdmin", "group:owners@acme.example"],
      [
        on("applications"),
        "roles/artifactregistry.reader",
        "serviceAccount:service-222222222222@serverless-robot-prod.iam.gserviceaccount.com",
      ],
      [KEY, "roles/cloudkms.cryptoKeyEncrypterDecrypter", `serviceAccount:${AGENT}`],
      ["projects/acme-images/secrets/hub-token", "roles/secretmanager.secretAccessor", `serviceAccount:${AGENT}`],
    ];

    it("are the least that each needs, on each repository alone", async () => {
      const { resources } = await runProgram(() => new ContainerRegistry("images", WHOLE));
      const granted = resources
        .filter(({ inputs }) => inputs.role !== undefined)
        .map(({ inputs }) => [
          inputs.cryptoKeyId ??
            inputs.secretId ??
            `projects/${String(inputs.project)}/locations/${String(inputs.location)}/repositories/${String(inputs.repository)}`,
          inputs.role,
          inputs.member,
        ]);
      expect(granted).to.have.deep.members(EXPECTED);
    });

    it("are told as data, sorted", async () => {
      const { outputs } = await runProgram(() => outputsOf(new ContainerRegistry("images", WHOLE)));
      const told = outputs.grants as { resource: string; role: string; member: string }[];
      expect(told.map(({ resource, role, member }) => [resource, role, member])).to.deep.equal([...EXPECTED].sort());
    });

    it("are not replaced as a whole", async () => {
      const run = await runProgram(() => new ContainerRegistry("images", WHOLE));
      expect(run.resources.map(({ type }) => type).filter((type) => /Iam(Binding|Policy)/i.test(type))).to.deep.equal(
        [],
      );
    });

    it("reach everybody where that is asked for in so many words", async () => {
      const run = await runProgram(registry({ allowPublic: true, readers: { world: "allUsers" } }));
      expect(run).to.grant("roles/artifactregistry.reader", "allUsers");
    });

    it("give a secret that two repositories use to the service agent once", async () => {
      const remote = {
        upstream: RemoteUpstream.DockerHub,
        credentials: { username: "acme", passwordSecretVersion: TOKEN },
      };
      const newer = {
        ...remote,
        credentials: { username: "acme", passwordSecretVersion: TOKEN.replace("3", "latest") },
      };
      const run = await runProgram(registry({ repositories: { hub: { remote }, scanned: { remote: newer } } }));
      expect(run.resources.filter(({ type }) => type === SECRET_MEMBER)).to.have.length(1);
      for (const name of ["images-hub", "images-scanned"])
        expect(waitsFor(run, name)).to.include("images-secret-acme-images/hub-token");
    });

    it("give each of two secrets, whose projects and names run together the same way", async () => {
      const of = (project: string, secret: string) => ({
        remote: {
          upstream: RemoteUpstream.DockerHub,
          credentials: { username: "acme", passwordSecretVersion: `projects/${project}/secrets/${secret}/versions/1` },
        },
      });
      const repositories = { hub: of("acme-images", "eu-token"), other: of("acme-images-eu", "token") };
      const run = await runProgram(registry({ repositories }));
      const secrets = run.resources.filter(({ type }) => type === SECRET_MEMBER).map(({ inputs }) => inputs.secretId);
      expect(secrets).to.have.members([
        "projects/acme-images/secrets/eu-token",
        "projects/acme-images-eu/secrets/token",
      ]);
    });

    it("go to the service agent that is given, without a look-up", async () => {
      const answers = {
        "gcp:organizations/getProject:getProject": () => {
          throw new Error("looked up");
        },
      };
      const serviceAgent = "service-987654321098@gcp-sa-artifactregistry.iam.gserviceaccount.com";
      const run = await runProgram(registry({ kmsKey: KEY, serviceAgent }), { answers });
      expect(run)
        .to.declare(KEY_MEMBER, "images-key")
        .with.inputs({ cryptoKeyId: KEY, member: `serviceAccount:${serviceAgent}` });
    });
  });

  it("waits with a repository for what it depends on", async () => {
    for (const preview of [false, true]) {
      const run = await runProgram(() => new ContainerRegistry("images", WHOLE), { preview });
      expect(waitsFor(run, "images-apps")).to.deep.equal(["images-key"]);
      expect(waitsFor(run, "images-hub")).to.deep.equal(["images-key", "images-secret-acme-images/hub-token"]);
      expect(waitsFor(run, "images-all")).to.include.members(["images-apps", "images-hub", "images-key"]);
      expect(waitsFor(run, "images-apps/writer-ci")).to.include("images-apps");
    }
  });

  it("lets what uses an address wait for those who may use it", async () => {
    for (const preview of [false, true]) {
      const program = () => {
        const { urls } = new ContainerRegistry("images", WHOLE);
        new Project("shop", { projectId: "acme-shop", name: urls.hub });
      };
      const run = await runProgram(program, { preview });
      expect(named(run, "shop").inputs.name).to.equal("europe-west1-docker.pkg.dev/acme-images/hub");
      expect(waitsFor(run, "shop")).to.include.members(["images-hub", "images-hub/reader-developers"]);
      expect(waitsFor(run, "shop")).not.to.include("images-apps");
    }
  });

  describe("protection", () => {
    const protectedIn = async (program: () => unknown) => {
      const run = await runProgram(program);
      return run.resources.filter(({ options }) => options.protect).map(({ name }) => name);
    };

    it("holds the repositories, and nothing else, by default", async () => {
      expect(await protectedIn(() => new ContainerRegistry("images", WHOLE))).to.have.members([
        "images-apps",
        "images-hub",
        "images-all",
      ]);
    });

    it("is released by the input and by the component's option", async () => {
      expect(await protectedIn(registry({ protect: false }))).to.deep.equal([]);
      expect(await protectedIn(registry({}, { protect: false }))).to.deep.equal([]);
    });
  });

  it("keeps the same URNs, inputs and outputs when maps are written in another order", async () => {
    const forwards = await runProgram(() => outputsOf(new ContainerRegistry("images", WHOLE)));
    const backwards = await runProgram(() => outputsOf(new ContainerRegistry("images", reversed(WHOLE))));
    const byUrn = (run: ProgramRun) => new Map(run.resources.map(({ urn, inputs }) => [urn, inputs]));
    expect(Object.fromEntries(byUrn(backwards))).to.deep.equal(Object.fromEntries(byUrn(forwards)));
    expect(backwards.outputs).to.deep.equal(forwards.outputs);
  });

  it("takes Outputs for inputs", async () => {
    const late = <T>(value: T) => pulumi.output(Promise.resolve(value));
    const args: ContainerRegistryArgs = {
      project: late("acme-images"),
      location: late("europe-west1"),
      kmsKey: late(KEY),
      repositories: {
        hub: {
          repositoryId: late("hub-1"),
          remote: {
            upstream: late("https://quay.io"),
            credentials: { username: late("acme"), passwordSecretVersion: late(TOKEN) },
          },
          cleanup: { keepNewest: late(3), deleteUntaggedAfter: late("1d") },
          readers: { developers: late(DEVELOPERS) },
          runtimes: { shop: { runtime: late(Runtime.Gke), projectNumber: late("222222222222") } },
        },
        all: { virtual: { upstreams: { hub: late(1) } } },
      },
    };
    const run = await runProgram(() => outputsOf(new ContainerRegistry("images", args)));
    expect(named(run, "images-hub").inputs).to.deep.include({
      repositoryId: "hub-1",
      kmsKeyName: KEY,
      remoteRepositoryConfig: {
        commonRepository: { uri: "https://quay.io" },
        upstreamCredentials: { usernamePasswordCredentials: { username: "acme", passwordSecretVersion: TOKEN } },
      },
      cleanupPolicies: [
        { id: "keep-newest", action: "KEEP", mostRecentVersions: { keepCount: 3 } },
        { id: "delete-untagged", action: "DELETE", condition: { tagState: "UNTAGGED", olderThan: "86400s" } },
      ],
    });
    expect(run)
      .to.declare(SECRET_MEMBER, "images-hub-secret")
      .with.inputs({ secretId: TOKEN.slice(0, -11) });
    expect(run).to.declare(MEMBER, "images-hub/runtime-shop");
    expect(run).to.grant(
      "roles/artifactregistry.reader",
      "serviceAccount:222222222222-compute@developer.gserviceaccount.com",
    );
    expect(run.outputs.urls).to.deep.equal({
      hub: "europe-west1-docker.pkg.dev/acme-images/hub-1",
      all: "europe-west1-docker.pkg.dev/acme-images/all",
    });
  });

  it("leaves for the update what a preview cannot know", async () => {
    const later = () => {
      const { number } = new Project("shop", { projectId: "acme-shop" });
      return registry({ runtimes: { shop: { runtime: Runtime.CloudRun, projectNumber: number } } })();
    };
    const run = await runProgram(later, { preview: true });
    expect(run).to.declare(MEMBER, "images-apps/runtime-shop").with.inputs({ repository: "apps", member: UNKNOWN });
  });

  it("keeps secret what is given as a secret", async () => {
    const credentials = { username: pulumi.secret("acme-robot"), passwordSecretVersion: TOKEN };
    const run = await runProgram(() =>
      outputsOf(repository({ remote: { upstream: RemoteUpstream.DockerHub, credentials } })()),
    );
    expect(named(run, "images-apps")).to.haveSecretInput("remoteRepositoryConfig");
    expect(JSON.stringify(run.outputs)).not.to.include("acme-robot");
  });

  describe("refuses", () => {
    it("a registry without a repository", async () => {
      expect(await refusalOf(registry({ repositories: {} }))).to.equal(
        refusal("repositories must not be empty; name at least one, as in { apps: {} }"),
      );
    });

    it("everything that is wrong with the registry at once", async () => {
      const wrong = registry({
        project: "Acme",
        location: "eu",
        kmsKey: "registry",
        serviceAgent: "agent",
        labels: { Team: "x" },
      });
      expect(await refusalOf(wrong)).to.equal(
        refusal(
          'project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
          'location must be a region such as europe-west1, or us, europe or asia, got "eu"',
          'kmsKey must be a key as projects/P/locations/L/keyRings/R/cryptoKeys/K, got "registry"',
          'serviceAgent must be the e-mail of a service account such as builder@acme-images.iam.gserviceaccount.com, got "agent"',
          'labels must have keys of at most 63 lower-case letters, digits, hyphens and underscores, beginning with a letter, got "Team"',
        ),
      );
    });

    it("a key that is held elsewhere", async () => {
      const text = refusal(
        "kmsKey must be held where the repositories are, in us, got one in europe-west1; make a key ring there",
      );
      expect(await refusalOf(registry({ location: "us", kmsKey: KEY }))).to.equal(text);
      expect(await refusalOf(registry({ location: pulumi.output("us"), kmsKey: KEY }))).to.include(text);
    });

    it("ids that are wrong or given twice", async () => {
      const repositories = { Apps: {}, one: { repositoryId: "same" }, two: { repositoryId: "same" }, same: {} };
      expect(await refusalOf(registry({ repositories }))).to.equal(
        refusal(
          'repositories.two.repositoryId must not be that of repositories.one as well, got "same"',
          'repositories.same.repositoryId must not be that of repositories.one as well, got "same"',
          'repositories.Apps.repositoryId must be lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Apps"',
        ),
      );
      expect(await refusalOf(registry({ repositories: { "a b": { repositoryId: "apps" } } }))).to.equal(
        refusal('repositories.a b must be a key of letters, digits, hyphens, underscores and periods, got "a b"'),
      );
    });

    it("cleanup that is wrong", async () => {
      const cleanup = {
        keepNewest: 0,
        keepTagPrefixes: [],
        deleteUntaggedAfter: "soon",
        deleteOlderThan: "12h",
        deleteTagged: { "pull requests": { tagPrefixes: ["pr/"], olderThan: "14" } },
      };
      expect(await refusalOf(repository({ cleanup }))).to.equal(
        refusal(
          'repositories.apps.cleanup.deleteTagged.pull requests must be a key of letters, digits, hyphens, underscores and periods, got "pull requests"',
          'repositories.apps.cleanup.deleteTagged.pull requests.tagPrefixes[0] must be the beginning of a tag such as release- or v, got "pr/"',
          'repositories.apps.cleanup.deleteTagged.pull requests.olderThan must be a duration such as 30d, 12h, 1d12h or P30D, got "14"',
          "repositories.apps.cleanup.keepNewest must be a whole number from 1 to 10000 versions of each image, got 0",
          "repositories.apps.cleanup.keepTagPrefixes must not be empty; leave it out or name a prefix, since no prefix would mean every tag",
          'repositories.apps.cleanup.deleteUntaggedAfter must be a duration such as 30d, 12h, 1d12h or P30D, got "soon"',
          'repositories.apps.cleanup.deleteOlderThan must be at least 1d, since Artifact Registry cleans up about once a day, got "12h"',
        ),
      );
    });

    it("cleanup that deletes nothing, or by too many policies", async () => {
      expect(await refusalOf(repository({ cleanup: { keepNewest: 10 } }))).to.equal(
        refusal(
          "repositories.apps.cleanup must say what is deleted: add deleteUntaggedAfter, deleteOlderThan or deleteTagged, since what is kept only excepts from those",
        ),
      );
      const deleteTagged = Object.fromEntries(
        [..."abcdefghij"].map((key) => [key, { tagPrefixes: [key], olderThan: "7d" }]),
      );
      expect(await refusalOf(repository({ cleanup: { keepNewest: 1, deleteTagged } }))).to.equal(
        refusal(
          "repositories.apps.cleanup must make at most 10 policies, as many as Artifact Registry takes for a repository, got 11; put prefixes of one age into one entry of deleteTagged",
        ),
      );
    });

    it("the same where immutability is an Output", async () => {
      const late = { immutableTags: pulumi.output(true), cleanup: { deleteOlderThan: "90d", keepNewest: 3 } };
      expect(await refusalOf(repository(late))).to.include(
        "repositories.apps.immutableTags must not be true beside cleanup.deleteOlderThan, since no tagged image can be deleted then",
      );
      await runProgram(repository({ ...late, immutableTags: pulumi.output(false) }));
    });

    it("to clean tagged images up where tags are immutable", async () => {
      const cleanup = {
        deleteUntaggedAfter: "7d",
        deleteOlderThan: "90d",
        deleteTagged: { previews: { tagPrefixes: ["pr-"], olderThan: "7d" } },
      };
      const reason =
        "must be left out with immutableTags, with which no tagged image can be deleted; say deleteUntaggedAfter alone";
      expect(await refusalOf(repository({ immutableTags: true, cleanup }))).to.equal(
        refusal(
          `repositories.apps.cleanup.deleteOlderThan ${reason}`,
          `repositories.apps.cleanup.deleteTagged ${reason}`,
        ),
      );
    });

    it("virtual repositories that lead nowhere", async () => {
      const repositories = {
        apps: {},
        all: { virtual: { upstreams: { apps: 0, aps: 1, every: 1 } } },
        every: { virtual: { upstreams: {} } },
      };
      expect(await refusalOf(registry({ repositories }))).to.equal(
        refusal(
          'repositories.all.virtual.upstreams.aps must be the key of another repository of this registry (apps), got "aps"',
          "repositories.all.virtual.upstreams.every must not be a virtual repository; name the repositories behind it instead",
          "repositories.all.virtual.upstreams.apps must be a whole number from 1 to 10000 (the upstream with the greater one is asked first), got 0",
          "repositories.every.virtual.upstreams must not be empty; name the repositories behind it, as in { apps: 20, hub: 10 }",
        ),
      );
    });

    it("a repository that is remote and virtual", async () => {
      const both = { remote: { upstream: RemoteUpstream.DockerHub }, virtual: { upstreams: { apps: 1 } } };
      expect(await refusalOf(registry({ repositories: { apps: {}, both } }))).to.equal(
        refusal("repositories.both must be remote or virtual, not both; make two repositories of it"),
      );
    });

    it("what remote and virtual repositories cannot have", async () => {
      const given = {
        immutableTags: true,
        cleanup: { deleteOlderThan: "90d" },
        cleanupDryRun: true,
        vulnerabilityScanning: VulnerabilityScanning.Disabled,
        writers: { ci: CI },
      };
      const repositories = {
        hub: { remote: { upstream: RemoteUpstream.DockerHub }, ...given },
        all: { virtual: { upstreams: { hub: 1 } }, ...given },
      };
      const holdsNothing =
        "must be left out of a virtual repository, which holds no images; give it to the repositories behind it";
      expect(await refusalOf(registry({ repositories, writers: { ci: CI } }))).to.equal(
        refusal(
          "writers must be left out: no repository here is one that can be pushed to",
          "repositories.hub.immutableTags must be left out of a remote repository, whose tags move as those of the upstream do",
          "repositories.hub.writers must be left out of a remote repository, to which nothing can be pushed",
          `repositories.all.immutableTags ${holdsNothing}`,
          `repositories.all.cleanup ${holdsNothing}`,
          `repositories.all.cleanupDryRun ${holdsNothing}`,
          `repositories.all.vulnerabilityScanning ${holdsNothing}`,
          "repositories.all.writers must be left out of a virtual repository, to which nothing can be pushed",
        ),
      );
    });

    it("upstreams and credentials that are wrong, without showing a password", async () => {
      const remote = (upstream: string, credentials = {}) =>
        ({ remote: { upstream, credentials } }) as unknown as ContainerRepositoryArgs;
      const repositories = {
        plain: { remote: { upstream: "http://ghcr.io" } },
        bare: { remote: { upstream: "ghcr.io" } },
        inside: { remote: { upstream: "https://acme:hunter2@ghcr.io/acme" } },
        broken: { remote: { upstream: "acme:hunter2@ghcr.io" } },
        hub: { remote: { upstream: "https://docker.io" } },
        nobody: remote("https://ghcr.io", { passwordSecretVersion: TOKEN }),
        pasted: remote("https://quay.io", { username: "acme", passwordSecretVersion: "hunter2" }),
      };
      const secret =
        "must be a secret's version as projects/P/secrets/S/versions/V; put the password into Secret Manager and name its version here (what was given is not shown)";
      expect(await refusalOf(registry({ repositories }))).to.equal(
        refusal(
          'repositories.plain.remote.upstream must be RemoteUpstream.DockerHub or an address such as https://ghcr.io, got "http://ghcr.io"',
          'repositories.bare.remote.upstream must be RemoteUpstream.DockerHub or an address such as https://ghcr.io, got "ghcr.io"',
          "repositories.inside.remote.upstream must not hold credentials; give them in credentials, and https://ghcr.io here",
          'repositories.broken.remote.upstream must be RemoteUpstream.DockerHub or an address such as https://ghcr.io, got "…@ghcr.io"',
          "repositories.hub.remote.upstream must be RemoteUpstream.DockerHub for Docker Hub, since docker.io is not the address of its registry",
          "repositories.nobody.remote.credentials.username must be given beside passwordSecretVersion: the name of the account whose password or token the secret holds",
          `repositories.pasted.remote.credentials.passwordSecretVersion ${secret}`,
        ),
      );
    });

    it("members without a prefix, and everybody", async () => {
      const wrong = registry({
        readers: { developers: "developers@acme.example", world: "allUsers" },
        writers: { world: "allUsers" },
        repositories: { apps: { administrators: { world: "allAuthenticatedUsers" } } },
      });
      expect(await refusalOf(wrong)).to.equal(
        refusal(
          'readers.developers must be an IAM member with its prefix, such as group:platform@acme.example or serviceAccount:…, got "developers@acme.example"',
          "readers.world must not be allUsers, which is everybody on the internet; set allowPublic to true if that is what you want",
          "writers.world must not be allUsers, which is everybody on the internet; only readers may be public",
          "repositories.apps.administrators.world must not be allAuthenticatedUsers, which is everybody on the internet; only readers may be public",
        ),
      );
    });

    it("runtimes that do not exist", async () => {
      const runtime = { runtime: "lambda" as Runtime, projectNumber: "acme-shop" };
      expect(await refusalOf(registry({ runtimes: { shop: runtime } }))).to.equal(
        refusal(
          'runtimes.shop.runtime must be one of gke, cloudRun, cloudBuild, got "lambda"',
          'runtimes.shop.projectNumber must be a project number such as 123456789012, got "acme-shop"',
        ),
      );
    });

    it("one grant stated twice, of which the removal of either would take both", async () => {
      const wrong = registry({
        readers: { developers: DEVELOPERS, everyone: DEVELOPERS },
        repositories: { apps: { readers: { developers: CI, team: DEVELOPERS } } },
      });
      const twice = (first: string) =>
        `must not name ${DEVELOPERS} again, which ${first} names with the same role; leave one of them out, since removing it later would take the role from both`;
      expect(await refusalOf(wrong)).to.equal(
        refusal(
          `readers.everyone ${twice("readers.developers")}`,
          "repositories.apps.readers.developers must have a key of its own, since readers.developers holds here as well",
          `repositories.apps.readers.team ${twice("readers.developers")}`,
        ),
      );
    });

    it("Outputs as soon as they are known", async () => {
      const late = pulumi.output(Promise.resolve("Late"));
      expect(await refusalOf(registry({ project: late }))).to.include('got "Late"');
      const credentials = { username: "acme", passwordSecretVersion: pulumi.secret("hunter2") };
      const text = await refusalOf(repository({ remote: { upstream: "https://ghcr.io", credentials } }));
      expect(text).to.include("passwordSecretVersion must be a secret's version").and.not.include("hunter2");
    });
  });
});

/** The same value with the keys of every map in the opposite order. */
function reversed<T>(value: T): T {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, entry]) => [key, reversed(entry)])) as T;
}
