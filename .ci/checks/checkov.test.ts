import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { rules } from "../../policy/rules";
import { type GraphResource, type PreviewGraph, previewOffline } from "../../preview";
import { tableUnder } from "./checkov/document";
import { DECLARED, JUDGED } from "./checkov/kinds";
import { listedChecks, type Verdict, verdictOn } from "./checkov/run";
import { kindOf, terraformOf } from "./checkov/terraform";

const ROOT = join(__dirname, "../..");
const DOCUMENT = join(ROOT, "docs/policies-checkov.md");
/** Wrong on purpose. */
const WRONG = "examples/pull-request/change";
const BROKEN = "broken";

const idOf = (cell: string) => cell.replaceAll("`", "");
const rowsUnder = (heading: string) => tableUnder(heading, DOCUMENT).map((cells) => cells.map(idOf));

describe("Checkov", () => {
  let verdict: Verdict;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "kiln-checkov-"));
    for (const project of projects()) {
      const graph = await previewOffline({ directory: join(ROOT, project) });
      write(folder, project, graph);
      if (project === ".") write(folder, BROKEN, broken(graph));
    }
    verdict = verdictOn(folder);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const failed = (isBroken: boolean) =>
    verdict.failed.filter(({ file_path }) => file_path.startsWith(`/${BROKEN}/`) === isBroken);

  it("reads everything", () => expect(verdict.unreadable).to.deep.equal([]));

  it("finds nothing in the factory and the examples but what the document gives a reason for", () => {
    const found = failed(false).map(({ check_id, resource }) => `${check_id} ${kindOf(resource)}`);
    const excused = rowsUnder("What the factory and the examples do not pass").map(([id, kind]) => `${id} ${kind}`);
    expect([...new Set(found)].sort()).to.deep.equal([...excused].sort());
  });

  it("finds what is broken on purpose", () => {
    const found = failed(true).map(({ check_id, resource }) => `${check_id} ${kindOf(resource)}`);
    expect(found).to.include.members(BREAKS.map(({ check, type }) => `${check} ${DECLARED[type]}`));
  });

  it("asks nothing of Kiln's kinds that is neither a rule nor left out with a reason", () => {
    const kinds = new Set([...Object.values(DECLARED), ...JUDGED]);
    const asked = listedChecks().filter(({ kind }) => kinds.has(kind));
    const answered = [...rowsUnder("Asked by a rule"), ...rowsUnder("Not asked")].map(([id]) => id);
    expect(answered.filter((id, index) => answered.indexOf(id) !== index)).to.deep.equal([]);
    expect([...new Set(asked.map(({ id }) => id))].sort()).to.deep.equal([...answered].sort());
  });

  it("is asked by the rules that the document names", () => {
    const said = rules.flatMap(({ id, checkov = [] }) => checkov.map((check) => `${check} ${id}`));
    const documented = rowsUnder("Asked by a rule").flatMap(([check, , ids]) =>
      ids.split(", ").map((rule) => `${check} ${linkText(rule)}`),
    );
    expect(documented.sort()).to.deep.equal(said.sort());
  });
});

/** The factory, and every example that is not wrong on purpose. */
function projects(): string[] {
  const files = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" });
  const found = files.filter((file) => /(^|\/)Pulumi\.yaml$/.test(file) && !file.includes("node_modules"));
  return [".", ...found.map((file) => `examples/${dirname(file)}`).filter((project) => project !== WRONG)];
}

function write(folder: string, project: string, graph: PreviewGraph): void {
  const own = join(folder, project === "." ? "factory" : project);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "main.tf.json"), JSON.stringify(terraformOf(graph), undefined, 2));
}

/** What is broken in the factory, and the check that has to notice. */
const BREAKS: readonly { type: string; check: string; inputs: GraphResource["inputs"] }[] = [
  { type: "gcp:storage/bucket:Bucket", check: "CKV_GCP_29", inputs: { uniformBucketLevelAccess: false } },
  { type: "gcp:storage/bucket:Bucket", check: "CKV_GCP_114", inputs: { publicAccessPrevention: "inherited" } },
  { type: "gcp:storage/bucket:Bucket", check: "CKV_GCP_78", inputs: { versioning: { enabled: false } } },
  { type: "gcp:organizations/project:Project", check: "CKV_GCP_27", inputs: { autoCreateNetwork: true } },
  { type: "gcp:bigquery/table:Table", check: "CKV_GCP_121", inputs: { deletionProtection: false } },
  {
    type: "gcp:bigquery/dataset:Dataset",
    check: "CKV_GCP_15",
    inputs: { accesses: [{ role: "READER", specialGroup: "allAuthenticatedUsers" }] },
  },
  {
    type: "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    check: "CKV_GCP_101",
    inputs: { member: "allUsers" },
  },
  { type: "gcp:projects/iAMMember:IAMMember", check: "CKV_GCP_117", inputs: { role: "roles/owner" } },
];

function broken(graph: PreviewGraph): PreviewGraph {
  const resources = graph.resources.map((resource) => ({
    ...resource,
    inputs: Object.assign(
      { ...resource.inputs },
      ...BREAKS.filter(({ type }) => type === resource.type).map(({ inputs }) => inputs),
    ) as GraphResource["inputs"],
  }));
  return { ...graph, resources };
}

/** `[text](address)`, or text alone. */
function linkText(cell: string): string {
  return /^\[(.*)\]\(.*\)$/.exec(cell)?.[1] ?? cell;
}
