import { expect } from "chai";
import { type PreviewGraph, previewOffline, RENDERERS, reportOf } from "../../../preview";
import { SecretTexts } from "../../../preview/monitor/secrets";
import { previewOf, project } from "../support";

const BASE = `
  const gcp = { bigquery: require("@pulumi/gcp/bigquery"), storage: require("@pulumi/gcp/storage"), logging: require("@pulumi/gcp/logging") };
  const logs = new gcp.bigquery.Dataset("logs", { datasetId: "logs", location: "EU", project: "acme" }, { protect: true });
  const store = new gcp.storage.Bucket("store", { name: "acme-store", location: "EU", labels: { team: "images" } });
  const sink = new gcp.logging.ProjectSink("pulls", { project: "acme", destination: pulumi.interpolate\`bigquery/\${logs.datasetId}\`, filter: "x" });
  new gcp.bigquery.DatasetIamMember("writer", { datasetId: logs.datasetId, project: "acme", role: "roles/bigquery.dataEditor", member: sink.writerIdentity });
  new gcp.storage.BucketIAMMember("reader", { bucket: store.name, role: "roles/storage.objectViewer", member: "group:web@acme.example" });
  exports.token = pulumi.secret("hunter2-before");`;

const CHANGE = BASE.replace('location: "EU", project', 'location: "US", project')
  .replace(", { protect: true }", "")
  .replace('team: "images"', 'team: "platform"')
  .replace('new gcp.storage.BucketIAMMember("reader"', 'new gcp.storage.BucketIAMMember("web-reader"')
  .replace("hunter2-before", "hunter2-after");

describe("two programs", () => {
  let base: PreviewGraph;
  let head: PreviewGraph;
  before(async () => {
    base = await previewOf(BASE);
    head = await previewOf(CHANGE);
  });

  it("are compared in the text report", () => {
    const report = RENDERERS.text(reportOf(head, { base, costs: true }), { color: false });
    const reader = "urn:pulumi:dev::sample::gcp:storage/bucketIAMMember:BucketIAMMember::reader";
    const hint = `the same grant under another name: Pulumi gives it once more, then takes it away; keep it with aliases: ["${reader}"]`;
    expect(report.slice(0, report.indexOf("pulumi:pulumi:Stack"))).to.equal(`Preview of sample, stack dev (offline)

Compared with the base: protection lost on 1, 1 to create, 1 to update, 1 to delete, 1 to replace: the BigQuery dataset holds data
  +- gcp:bigquery:Dataset logs
     ! loses protection
     ! the BigQuery dataset holds data
     ~ protect: true → false
     ~ location: "EU" → "US"  replaces it
  -  gcp:storage:BucketIAMMember reader
     ${hint}
  ~  gcp:storage:Bucket store
     ~ labels.team: "images" → "platform"
  +  gcp:storage:BucketIAMMember web-reader
     ${hint}
  2 unchanged

`);
    expect(report).to.include(`Who gets what
  [unknown] of pulls      roles/bigquery.dataEditor   dataset acme/logs
  group:web@acme.example  roles/storage.objectViewer  bucket acme-store

What is billed; no prices, since they depend on contract, region and use
`);
  });

  it("show no secret, and claim no change of one", () => {
    const text = JSON.stringify(reportOf(head, { base, costs: true }));
    expect(text).not.to.include("hunter2");
    expect(reportOf(head, { base }).comparison?.outputs).to.deep.equal([]);
  });

  it("show no text of the base that is a secret now, wherever it stands", async () => {
    const bucket = (inputs: string) => `
      const { Bucket } = require("@pulumi/gcp/storage");
      new Bucket("b", { location: "EU", ${inputs} });
      exports.url = "https://x:hunter2plain@acme.example";`;
    const before = await previewOf(bucket('labels: { pw: "hunter2plain" }, project: "of-hunter2plain"'));
    const secrets = new SecretTexts();
    const after = await previewOf(bucket('labels: { pw: pulumi.secret("hunter2plain") }'), { secrets });
    const { comparison } = reportOf({ ...after, outputs: {} }, { base: before, secrets });
    expect(comparison?.outputs.map((output) => output.before)).to.deep.equal(["https://x:[secret]@acme.example"]);
    expect(comparison?.changes[0].inputs).to.deep.equal([
      { path: "labels.pw", before: "[not secret]", after: "[secret]", replaces: false },
      { path: "project", before: "of-[secret]", replaces: true },
    ]);
    expect(RENDERERS.text(reportOf(after, { base: before, secrets }), { color: false })).to.include(
      "labels.pw: [not secret] → [secret]\n",
    );
  });

  it("tell that the stack moves to another project", async () => {
    const program = `const pulumi = require("@pulumi/pulumi");\n${BASE.replace('"EU", project: "acme"', '"EU"')}`;
    const of = (name: string) => {
      const files = { "index.js": program, "Pulumi.dev.yaml": `config:\n  gcp:project: ${name}\n` };
      return previewOffline({ directory: project(files) });
    };
    const { comparison } = reportOf(await of("beta"), { base: await of("acme") });
    expect(comparison?.summary).to.equal("1 to update, 2 that a provider's change may replace");
    expect(comparison?.changes[0]).to.deep.include({
      name: "default",
      inputs: [{ path: "project", before: "acme", after: "beta", replaces: false }],
      hint: "2 resources have no project of their own and may be replaced: Dataset logs, Bucket store",
    });
  });

  it("are the same where nothing changed, byte for byte", async () => {
    const again = await previewOf(BASE);
    expect(reportOf(again, { base }).comparison?.summary).to.equal("no changes");
    const render = (graph: PreviewGraph) =>
      RENDERERS.json(reportOf(head, { base: graph, costs: true }), { color: false });
    expect(render(again)).to.equal(render(base));
  });

  it("keep what an alias keeps, children included", async () => {
    const component = (name: string, alias: string) => `
      class Store extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("acme:index:Store", name, {}, opts);
          new (require("@pulumi/gcp/storage").Bucket)(name + "-bucket", { location: "EU" }, { parent: this });
        }
      }
      new Store("${name}", { aliases: [${alias}] });`;
    const before = await previewOf(component("old", ""));
    const kinds = (graph: PreviewGraph) =>
      reportOf(graph, { base: before }).comparison?.changes.map(({ kind }) => kind);
    expect(kinds(await previewOf(component("new", '{ name: "old" }')))).to.deep.equal(["rename"]);
    expect(kinds(await previewOf(component("new", "")))).to.deep.equal(["delete", "create"]);
  });
});
