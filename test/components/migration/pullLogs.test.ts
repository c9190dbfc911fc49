import * as pulumi from "@pulumi/pulumi";
import { Project } from "@pulumi/gcp/organizations";
import { PullLogs } from "../../../components/migration/pullLogs";
import { type PullLogsArgs, type PullLogSourceArgs } from "../../../components/migration/pullLogsArgs";
import { EVENTS_SCHEMA } from "../../../core/pulls/events";
import { pullsQuery } from "../../../core/pulls/pullsQuery";
import { PULLS_DESCRIPTION, PullView, VIEWS } from "../../../core/pulls/views";
import { refusalOf, runProgram, type ProgramRun, UNKNOWN } from "../../../testing";
import { expect } from "../../support/chai";
import { named, refusalText, waitsFor } from "../../support/programs";

const DATASET = "gcp:bigquery/dataset:Dataset";
const TABLE = "gcp:bigquery/table:Table";
const WRITER = "gcp:bigquery/datasetIamMember:DatasetIamMember";
const PROJECT_SINK = "gcp:logging/projectSink:ProjectSink";
const FOLDER_SINK = "gcp:logging/folderSink:FolderSink";
const ORGANIZATION_SINK = "gcp:logging/organizationSink:OrganizationSink";

const REQUIRED: PullLogsArgs = {
  project: "acme-logs",
  location: "EU",
  sources: { shop: { project: "acme-shop" } },
};
const KEY = "projects/acme-keys/locations/europe/keyRings/logs/cryptoKeys/pulls";
const WHOLE: PullLogsArgs = {
  project: "acme-logs",
  location: "europe-west3",
  datasetId: "pulls",
  description: "Who still pulls from Docker Hub",
  retention: "P90D",
  kmsKey: KEY,
  labels: { team: "platform" },
  views: { firstParty: ["gcr.io/acme-prod"], egress: { "acme-shop/europe-west1/shop": "nat-europe" } },
  sources: {
    shop: { project: "acme-shop", name: "pulls" },
    data: { folder: "folders/345678901234" },
    company: { organization: "organizations/234567890123", name: "pulls_of_all" },
  },
};

const logs =
  (args: Partial<PullLogsArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
  () =>
    new PullLogs("pulls", { ...REQUIRED, ...args }, opts);
const from = (sources: Record<string, PullLogSourceArgs>) => logs({ sources });
const outputsOf = ({ datasetId, table, destination, views, writerIdentities, grants }: PullLogs) => ({
  datasetId,
  table,
  destination,
  views,
  writerIdentities,
  grants,
});
const writer = (sink: string) => `serviceAccount:${sink}@gcp-sa-logging.iam.gserviceaccount.com`;

const refusal = (...lines: string[]) => refusalText('PullLogs "pulls"', lines);

describe("PullLogs", () => {
  for (const preview of [false, true]) {
    describe(preview ? "in a preview" : "in an update", () => {
      it("makes dataset, table, sink and the writer's grant when only the required inputs are given", async () => {
        const run = await runProgram(logs({ views: { enabled: false } }), { preview });
        expect(run.resources.map(({ type, name, inputs }) => [type, name, inputs])).to.deep.equal([
          ["kiln:index:PullLogs", "pulls", named(run, "pulls").inputs],
          [
            DATASET,
            "pulls-dataset",
            {
              project: "acme-logs",
              datasetId: "image_pull_logs",
              location: "EU",
              defaultPartitionExpirationMs: 34_560_000_000,
              deleteContentsOnDestroy: false,
            },
          ],
          [
            TABLE,
            "pulls-events",
            {
              project: "acme-logs",
              datasetId: "image_pull_logs",
              tableId: "events",
              description: "Pulls of container images, written by Cloud Logging",
              schema: JSON.stringify(EVENTS_SCHEMA),
              timePartitioning: { type: "DAY", field: "timestamp", expirationMs: 34_560_000_000 },
              deletionProtection: true,
            },
          ],
          [
            PROJECT_SINK,
            "pulls-shop-sink",
            {
              project: "acme-shop",
              name: "image_pull_logs",
              description: "Pulls of container images",
              destination: "bigquery.googleapis.com/projects/acme-logs/datasets/image_pull_logs",
              filter: 'resource.type="k8s_pod" jsonPayload.reason="Pulling"',
              bigqueryOptions: { usePartitionedTables: true },
              uniqueWriterIdentity: true,
            },
          ],
          [
            WRITER,
            "pulls-shop-writer",
            {
              project: "acme-logs",
              datasetId: "image_pull_logs",
              role: "roles/bigquery.dataEditor",
              member: preview ? UNKNOWN : writer("pulls-shop-sink"),
            },
          ],
        ]);
      });

      it("answers with dataset, table, destination and what the update makes of the writers", async () => {
        const { outputs } = await runProgram(() => outputsOf(logs()()), { preview });
        const member = preview ? UNKNOWN : writer("pulls-shop-sink");
        expect(outputs).to.deep.equal({
          datasetId: "image_pull_logs",
          table: "acme-logs.image_pull_logs.events",
          destination: "bigquery.googleapis.com/projects/acme-logs/datasets/image_pull_logs",
          views: {
            pulls: "acme-logs.image_pull_logs.pulls",
            image: "acme-logs.image_pull_logs.pulls_by_image",
            day: "acme-logs.image_pull_logs.pulls_by_day",
            cluster: "acme-logs.image_pull_logs.pulls_by_cluster",
            share: "acme-logs.image_pull_logs.third_party_share",
            budget: "acme-logs.image_pull_logs.docker_hub_budget",
            tracker: "acme-logs.image_pull_logs.cutover_tracker",
          },
          writerIdentities: { shop: member },
          grants: preview
            ? UNKNOWN
            : [
                {
                  member,
                  role: "roles/bigquery.dataEditor",
                  resource: "projects/acme-logs/datasets/image_pull_logs",
                },
              ],
        });
      });
    });
  }

  it("passes every input on", async () => {
    const run = await runProgram(logs(WHOLE));
    expect(named(run, "pulls-dataset").inputs).to.deep.equal({
      project: "acme-logs",
      datasetId: "pulls",
      location: "europe-west3",
      description: "Who still pulls from Docker Hub",
      labels: { team: "platform" },
      defaultPartitionExpirationMs: 7_776_000_000,
      defaultEncryptionConfiguration: { kmsKeyName: KEY },
      deleteContentsOnDestroy: false,
    });
    expect(run)
      .to.declare(TABLE, "pulls-events")
      .with.inputs({
        labels: { team: "platform" },
        timePartitioning: { type: "DAY", field: "timestamp", expirationMs: 7_776_000_000 },
        encryptionConfiguration: { kmsKeyName: KEY },
      });
    expect(run).to.declare(PROJECT_SINK, "pulls-shop-sink").with.inputs({ project: "acme-shop", name: "pulls" });
    const shared = {
      description: "Pulls of container images",
      destination: "bigquery.googleapis.com/projects/acme-logs/datasets/pulls",
      filter: 'resource.type="k8s_pod" jsonPayload.reason="Pulling"',
      bigqueryOptions: { usePartitionedTables: true },
      includeChildren: true,
    };
    expect(named(run, "pulls-data-sink")).to.deep.include({
      type: FOLDER_SINK,
      inputs: { ...shared, name: "image_pull_logs", folder: "345678901234" },
    });
    expect(named(run, "pulls-company-sink")).to.deep.include({
      type: ORGANIZATION_SINK,
      inputs: { ...shared, name: "pulls_of_all", orgId: "234567890123" },
    });
  });

  it("lets each sink, and BigQuery with the key, and nobody else, do what they must", async () => {
    const { resources, outputs } = await runProgram(() => outputsOf(logs(WHOLE)()));
    const member = "serviceAccount:bq-123456789012@bigquery-encryption.iam.gserviceaccount.com";
    const key = { member, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", resource: KEY };
    const writers = ["company", "data", "shop"].map((source) => ({
      member: writer(`pulls-${source}-sink`),
      role: "roles/bigquery.dataEditor",
      resource: "projects/acme-logs/datasets/pulls",
    }));
    expect(outputs.grants).to.deep.equal([key, ...writers]);
    const granted = resources
      .filter(({ inputs }) => inputs.role !== undefined)
      .map(({ inputs }) => ({
        member: inputs.member,
        role: inputs.role,
        resource: inputs.cryptoKeyId ?? `projects/${String(inputs.project)}/datasets/${String(inputs.datasetId)}`,
      }));
    expect(granted).to.have.deep.members([key, ...writers]);
    expect(outputs.writerIdentities).to.deep.equal({
      shop: writer("pulls-shop-sink"),
      data: writer("pulls-data-sink"),
      company: writer("pulls-company-sink"),
    });
  });

  it("grants beside the dataset, whose own list of accesses it leaves alone", async () => {
    const run = await runProgram(logs(WHOLE));
    expect(named(run, "pulls-dataset").inputs).not.to.have.property("accesses");
    expect(run.resources.map(({ type }) => type).filter((type) => /DatasetAccess|Iam(Binding|Policy)/.test(type))).to.be
      .empty;
  });

  it("waits with every sink for the table, and with the dataset for the key", async () => {
    for (const preview of [false, true]) {
      const run = await runProgram(logs(WHOLE), { preview });
      expect(waitsFor(run, "pulls-dataset")).to.deep.equal(["pulls-key"]);
      expect(waitsFor(run, "pulls-events")).to.include("pulls-dataset");
      for (const source of ["shop", "data", "company"]) {
        expect(waitsFor(run, `pulls-${source}-sink`)).to.include("pulls-events");
        expect(waitsFor(run, `pulls-${source}-writer`)).to.include.members(["pulls-dataset", `pulls-${source}-sink`]);
      }
    }
  });

  it("leaves the columns that Cloud Logging adds alone", async () => {
    const run = await runProgram(logs());
    expect(named(run, "pulls-events").options.ignoreChanges).to.deep.equal(["schema"]);
  });

  it("protects what holds data, and nothing else, until it is released", async () => {
    const protectedIn = async (program: () => unknown) => {
      const run = await runProgram(program);
      const names = run.resources.filter(({ options }) => options.protect).map(({ name }) => name);
      return [names, named(run, "pulls-events").inputs.deletionProtection];
    };
    expect(await protectedIn(logs(WHOLE))).to.deep.equal([["pulls-dataset", "pulls-events"], true]);
    expect(await protectedIn(logs({ protect: false }))).to.deep.equal([[], false]);
    expect(await protectedIn(logs({}, { protect: false }))).to.deep.equal([[], false]);
  });

  it("keeps the same URNs, inputs and outputs when the sources are written in another order", async () => {
    const sources = Object.fromEntries(Object.entries(WHOLE.sources).reverse());
    const forwards = await runProgram(() => outputsOf(logs(WHOLE)()));
    const backwards = await runProgram(() => outputsOf(logs({ ...WHOLE, sources })()));
    const byUrn = (run: ProgramRun) => Object.fromEntries(run.resources.map(({ urn, inputs }) => [urn, inputs]));
    expect(byUrn(backwards)).to.deep.equal(byUrn(forwards));
    expect(backwards.outputs).to.deep.equal(forwards.outputs);
  });

  it("makes the views wait for what they read: BigQuery looks whether it is there", async () => {
    for (const preview of [false, true]) {
      const run = await runProgram(logs(WHOLE), { preview });
      expect(waitsFor(run, "pulls-pulls-view")).to.include("pulls-events");
      for (const which of Object.values(PullView))
        expect(waitsFor(run, `pulls-${which}-view`)).to.include("pulls-pulls-view");
    }
  });

  it("gives the views the queries of core/pulls, and takes nothing of theirs for data", async () => {
    for (const preview of [false, true]) {
      const run = await runProgram(logs(WHOLE), { preview });
      expect(named(run, "pulls-pulls-view").inputs).to.deep.equal({
        ...{ project: "acme-logs", datasetId: "pulls", tableId: "pulls", description: PULLS_DESCRIPTION },
        labels: { team: "platform" },
        deletionProtection: false,
        view: {
          useLegacySql: false,
          query: pullsQuery({
            tables: ["`acme-logs.pulls.events`"],
            firstParty: ["*-docker.pkg.dev", "gcr.io/acme-prod"],
            egress: { "acme-shop/europe-west1/shop": "nat-europe" },
          }),
        },
      });
      const { name, description, sql } = VIEWS.tracker;
      expect(named(run, "pulls-tracker-view").inputs).to.deep.equal({
        ...{ project: "acme-logs", datasetId: "pulls", tableId: name, description, labels: { team: "platform" } },
        ...{ deletionProtection: false, view: { useLegacySql: false, query: sql("`acme-logs.pulls.pulls`") } },
      });
    }
  });

  it("takes Outputs for inputs", async () => {
    const late = <T>(value: T) => pulumi.output(Promise.resolve(value));
    const args: PullLogsArgs = {
      project: late("acme-logs"),
      location: late("US"),
      datasetId: late("late"),
      retention: late("30d"),
      views: { firstParty: [late("gcr.io/late")], egress: { "acme-shop/europe-west1/shop": late("nat-late") } },
      sources: { data: { folder: late("folders/345678901234"), name: late("late_sink") } },
    };
    const run = await runProgram(() => outputsOf(logs(args)()));
    expect(run).to.declare(DATASET).with.inputs({ datasetId: "late", defaultPartitionExpirationMs: 2_592_000_000 });
    expect(run).to.declare(FOLDER_SINK).with.inputs({ folder: "345678901234", name: "late_sink" });
    expect(run.outputs.table).to.equal("acme-logs.late.events");
    expect(JSON.stringify(named(run, "pulls-pulls-view").inputs))
      .to.include("`acme-logs.late.events`")
      .and.include("registry = 'gcr.io'")
      .and.include("THEN 'nat-late'");
  });

  it("leaves for the update what a preview cannot know", async () => {
    const later = () => {
      const { number } = new Project("shop", { projectId: "acme-shop" });
      return from({ shop: { project: number.apply((number) => `shop-${number}`) } })();
    };
    const run = await runProgram(later, { preview: true });
    expect(run).to.declare(PROJECT_SINK).with.inputs({ project: UNKNOWN, name: "image_pull_logs" });
  });

  it("keeps secret what is given as a secret", async () => {
    const run = await runProgram(() => logs({ description: pulumi.secret("for the audit") })());
    expect(named(run, "pulls-dataset")).to.haveSecretInput("description");
    expect(named(run, "pulls-shop-sink")).not.to.haveSecretInput("destination");
  });

  describe("refuses", () => {
    it("everything that is wrong at once", async () => {
      const wrong = logs({
        project: "Acme",
        location: "eu",
        datasetId: "image-pull-logs",
        retention: "12h",
        kmsKey: "pulls",
        labels: { Team: "x" },
        sources: {},
        views: {
          firstParty: ["gcr"],
          egress: { shop: "nat", "acme-shop/europe-west1/shop": "*", "acme-shop/europe-west1-b/shop": "a b" },
        },
      });
      expect(await refusalOf(wrong)).to.equal(
        refusal(
          'sources must not be empty; name at least one, as in { shop: { project: "acme-shop" } }',
          'labels must have keys of at most 63 lower-case letters, digits, hyphens and underscores, beginning with a letter, got "Team"',
          'project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Acme"',
          'location must be a region such as europe-west1, or US or EU, got "eu"',
          'datasetId must be letters, digits and underscores, got "image-pull-logs"',
          'retention must be from 1d to 10000d, since the table has a partition a day, got "12h"',
          'kmsKey must be a key as projects/P/locations/L/keyRings/R/cryptoKeys/K, got "pulls"',
          'views.egress.shop must be a cluster as PROJECT/LOCATION/CLUSTER, such as acme-shop/europe-west1/shop, got "shop"',
          'views.firstParty[0] must be a registry, which may begin with *, and a path if need be, such as gcr.io/acme-prod, got "gcr"',
          'views.egress.acme-shop/europe-west1/shop must not be "*", which stands for all clusters together',
          'views.egress.acme-shop/europe-west1-b/shop must be a name such as nat-europe or 203.0.113.7: at most 200 letters, digits, underscores, hyphens, periods, colons and slashes, beginning with a letter or digit, got "a b"',
        ),
      );
    });

    it("sources of nothing, of two things, and with wrong ids and names", async () => {
      const wrong = from({
        "a b": { project: "acme-shop" },
        nothing: {},
        both: { project: "acme-shop-2", folder: "345678901234" },
        project: { project: "Shop", name: "pulls of the shop" },
        folder: { folder: "data" },
        company: { organization: "acme.example" },
      });
      expect(await refusalOf(wrong)).to.equal(
        refusal(
          'sources.a b must be a key of letters, digits, hyphens, underscores and periods, got "a b"',
          "sources.nothing must have exactly one of project, folder and organization, got none",
          "sources.both must have exactly one of project, folder and organization, got project and folder",
          'sources.project.name must be letters, digits, underscores, hyphens and periods, beginning with a letter or digit, got "pulls of the shop"',
          'sources.project.project must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got "Shop"',
          'sources.folder.folder must be a folder id such as 345678901234, got "data"',
          'sources.company.organization must be an organization id such as 234567890123, got "acme.example"',
        ),
      );
    });

    it("two sinks with one name, and one source read twice", async () => {
      const wrong = from({
        shop: { project: "acme-shop" },
        again: { project: "acme-shop" },
        other: { project: "acme-shop", name: "other" },
        data: { folder: "345678901234", name: "pulls" },
        same: { folder: "folders/345678901234", name: "pulls" },
        company: { organization: "345678901234", name: "pulls" },
      });
      expect(await refusalOf(wrong)).to.equal(
        refusal(
          'sources.again must not make a second sink "image_pull_logs" in project acme-shop, since sources.shop makes it; remove one of them',
          "sources.other must not read project acme-shop again, since sources.shop does and every pull would be counted twice; remove one of them",
          'sources.same must not make a second sink "pulls" in folder 345678901234, since sources.data makes it; remove one of them',
        ),
      );
    });

    it("Outputs as soon as they are known", async () => {
      const late = pulumi.output(Promise.resolve("1h"));
      expect(await refusalOf(logs({ retention: late }))).to.include("retention must be from 1d to 10000d");
      expect(await refusalOf(from({ shop: { project: pulumi.output("Late") } }))).to.include('got "Late"');
    });
  });
});
