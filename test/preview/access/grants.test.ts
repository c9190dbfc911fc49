import { expect } from "chai";
import { type GraphResource } from "../../../preview";
import { compareGrants } from "../../../preview/access/compareGrants";
import { grantsOf } from "../../../preview/access/grants";
import { declared, graphOf, urnOf } from "../graphs";

type Inputs = GraphResource["inputs"];

const UNKNOWN = { $unknown: true };
const DEVELOPERS = "group:developers@acme.example";

/** The grants of one resource, as `member role resource`, with `if` and `authoritative`. */
function given(type: string, inputs: Inputs, other: Partial<GraphResource> = {}): string[] {
  return grantsOf(graphOf([declared(type, "it", { inputs, ...other })])).map(
    ({ member, role, resource, condition, authoritative }) =>
      [member, role, `on ${resource}`, condition && `if ${condition}`, authoritative && "authoritative"]
        .filter(Boolean)
        .join(" "),
  );
}

/** Types, with their inputs but role and member, and what is granted on. */
const PLACES: [type: string, inputs: Inputs, place: string][] = [
  ["gcp:projects/iAMMember:IAMMember", { project: "acme" }, "project acme"],
  ["gcp:folder/iAMMember:IAMMember", { folder: "folders/1" }, "folder folders/1"],
  ["gcp:organizations/iAMMember:IAMMember", { orgId: "1" }, "organization 1"],
  [
    "gcp:serviceaccount/iAMMember:IAMMember",
    { serviceAccountId: "projects/p/serviceAccounts/s" },
    "service account projects/p/serviceAccounts/s",
  ],
  ["gcp:storage/bucketIAMMember:BucketIAMMember", { bucket: "b" }, "bucket b"],
  [
    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
    { repository: "r", location: "eu", project: "p" },
    "repository p/eu/r",
  ],
  ["gcp:compute/imageIamMember:ImageIamMember", { image: "i", project: "p" }, "image p/i"],
  ["gcp:compute/instanceIAMMember:InstanceIAMMember", { instanceName: "i", zone: "z", project: "p" }, "instance p/z/i"],
  ["gcp:bigquery/datasetIamMember:DatasetIamMember", { datasetId: "d", project: "p" }, "dataset p/d"],
  ["gcp:bigquery/iamMember:IamMember", { datasetId: "d", tableId: "t" }, "table d/t"],
  ["gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", { cryptoKeyId: "k" }, "crypto key k"],
  ["gcp:cloudrun/iamMember:IamMember", { service: "s", location: "eu" }, "service eu/s"],
  ["gcp:iap/tunnelInstanceIAMMember:TunnelInstanceIAMMember", { instance: "i", zone: "z" }, "tunnel instance z/i"],
];

describe("grantsOf", () => {
  for (const [type, inputs, place] of PLACES)
    it(`reads ${type.split(":")[1]} on ${place}`, () => {
      expect(given(type, { ...inputs, member: DEVELOPERS, role: "roles/r" })).to.deep.equal([
        `${DEVELOPERS} roles/r on ${place}`,
      ]);
    });

  it("reads bindings and policies, which replace what others granted", () => {
    expect(
      given("gcp:projects/iAMBinding:IAMBinding", { project: "p", role: "r", members: ["user:b@x.y", "user:a@x.y"] }),
    ).to.deep.equal(["user:a@x.y r on project p authoritative", "user:b@x.y r on project p authoritative"]);
    const policyData = JSON.stringify({ bindings: [{ role: "r", members: ["allUsers"] }] });
    expect(given("gcp:storage/bucketIAMPolicy:BucketIAMPolicy", { bucket: "b", policyData })).to.deep.equal([
      "allUsers r on bucket b authoritative",
    ]);
    for (const unread of [UNKNOWN, "{", '{"bindings": 5}', "null"])
      expect(given("gcp:storage/bucketIAMPolicy:BucketIAMPolicy", { bucket: "b", policyData: unread })).to.deep.equal([
        "[unknown] [unknown] on bucket b authoritative",
      ]);
  });

  it("reads a dataset's own list of accesses", () => {
    const accesses: Inputs[] = [
      { role: "OWNER", specialGroup: "projectOwners" },
      { role: "READER", groupByEmail: "readers@acme.example" },
      { role: "roles/bigquery.dataEditor", iamMember: "allAuthenticatedUsers" },
      { view: { projectId: "p", datasetId: "d", tableId: "v" } },
      { role: "WRITER", userByEmail: UNKNOWN },
    ];
    const dataset = { datasetId: "d", project: "p", location: "EU" };
    expect(given("gcp:bigquery/dataset:Dataset", { ...dataset, accesses })).to.have.members([
      "projectOwners roles/bigquery.dataOwner on dataset p/d authoritative",
      "group:readers@acme.example roles/bigquery.dataViewer on dataset p/d authoritative",
      "allAuthenticatedUsers roles/bigquery.dataEditor on dataset p/d authoritative",
      'view {"projectId":"p","datasetId":"d","tableId":"v"} reads the dataset on dataset p/d authoritative',
      "[unknown] roles/bigquery.dataEditor on dataset p/d authoritative",
    ]);
    expect(given("gcp:bigquery/dataset:Dataset", dataset)).to.deep.equal([]);
    const single = { ...dataset, role: "READER", userByEmail: "a@acme.example" };
    expect(given("gcp:bigquery/datasetAccess:DatasetAccess", single)).to.deep.equal([
      "user:a@acme.example roles/bigquery.dataViewer on dataset p/d",
    ]);
  });

  it("shows conditions by title, secrets as secrets, and whose the unknown will be", () => {
    const type = "gcp:projects/iAMMember:IAMMember";
    const base = { project: "p", role: "r" };
    const sink = urnOf("gcp:logging/projectSink:ProjectSink", "images-sink");
    expect(given(type, { ...base, member: "a", condition: { title: "Nights", expression: "x" } })).to.deep.equal([
      "a r on project p if Nights",
    ]);
    expect(given(type, { ...base, member: "a", condition: { expression: "x" } })).to.deep.equal([
      "a r on project p if x",
    ]);
    expect(given(type, { ...base, member: "a", condition: UNKNOWN })).to.deep.equal(["a r on project p if [unknown]"]);
    expect(given(type, { ...base, member: "[secret]" })).to.deep.equal(["[secret] r on project p"]);
    expect(given(type, { ...base, member: UNKNOWN }, { propertyDependencies: { member: [sink] } })).to.deep.equal([
      "[unknown] of images-sink r on project p",
    ]);
    expect(
      given(type, { ...base, member: UNKNOWN }, { propertyDependencies: { member: [sink, urnOf("t:t:T", "x")] } }),
    ).to.deep.equal(["[unknown] r on project p"]);
    expect(
      given(type, { ...base, project: UNKNOWN, member: "a" }, { propertyDependencies: { project: [sink] } }),
    ).to.deep.equal(["a r on project [unknown] of images-sink"]);
  });

  it("passes over what is only read or goes, roles of one's own, and other providers", () => {
    const inputs = { project: "p", role: "r", member: "a" };
    expect(given("gcp:projects/iAMMember:IAMMember", inputs, { read: "id" })).to.deep.equal([]);
    expect(
      given("gcp:projects/iAMMember:IAMMember", inputs, {
        change: { op: "delete", diffReasons: [], replaceReasons: [] },
      }),
    ).to.deep.equal([]);
    expect(given("gcp:projects/iAMCustomRole:IAMCustomRole", inputs)).to.deep.equal([]);
    expect(given("azure:x/iAMMember:IAMMember", inputs)).to.deep.equal([]);
  });
});

describe("compareGrants", () => {
  const MEMBER = "gcp:projects/iAMMember:IAMMember";
  const BINDING = "gcp:projects/iAMBinding:IAMBinding";
  const grant = (name: string, inputs: Inputs, type = MEMBER) =>
    declared(type, name, { inputs: { project: "p", role: "r", ...inputs } });
  const compared = (base: GraphResource[], head: GraphResource[]) => {
    const { added, removed, flipped } = compareGrants(graphOf(base), graphOf(head));
    const members = (grants: { member: string }[]) => grants.map(({ member }) => member);
    return { added: members(added), removed: members(removed), flipped: members(flipped) };
  };

  it("goes by who gets what where, not by the resource that says so", () => {
    expect(compared([grant("a", { member: "x" })], [grant("b", { member: "x" })])).to.deep.equal({
      added: [],
      removed: [],
      flipped: [],
    });
    expect(compared([grant("a", { member: "x" })], [grant("a", { member: "y" })])).to.deep.equal({
      added: ["y"],
      removed: ["x"],
      flipped: [],
    });
    expect(
      compared([grant("a", { member: "x" })], [grant("a", { member: "x", condition: { title: "Nights" } })]),
    ).to.deep.equal({ added: ["x"], removed: ["x"], flipped: [] });
    expect(
      compared([grant("a", { member: "x" })], [grant("a", { member: "x" }), grant("b", { member: "x" })]),
      "given twice",
    ).to.deep.equal({ added: [], removed: [], flipped: [] });
  });

  it("tells when a grant starts or ceases to be authoritative", () => {
    expect(compared([grant("a", { member: "x" })], [grant("a", { members: ["x"] }, BINDING)]).flipped).to.deep.equal([
      "x",
    ]);
    expect(compared([grant("a", { members: ["x"] }, BINDING)], [grant("a", { member: "x" })]).flipped).to.deep.equal([
      "x",
    ]);
  });

  it("takes what is given twice for authoritative if either is", () => {
    const both = [grant("a", { members: ["x"] }, BINDING), grant("b", { member: "x" })];
    const additive = [grant("b", { member: "x" })];
    expect(compared(additive, both).flipped).to.deep.equal(["x"]);
    expect(compared(additive, [...both].reverse()).flipped).to.deep.equal(["x"]);
  });

  it("counts what is unknown: two may be two", () => {
    const unknown = (name: string) => grant(name, { member: UNKNOWN });
    expect(compared([unknown("a")], [unknown("a"), unknown("b")])).to.deep.equal({
      added: ["[unknown]"],
      removed: [],
      flipped: [],
    });
  });
});
