import { expect } from "chai";
import { verdictOf } from "../../../core/access/verdict";
import { type GraphResource, type PreviewGraph } from "../../../preview";
import { registryAccessOf } from "../../../preview/access/registryAccess";
import { declared, graphOf, urnOf } from "../graphs";

type Inputs = GraphResource["inputs"];

const HUB = { project: "acme-containers", location: "europe-west1", repositoryId: "hub" };
const ACCOUNT = "nodes@acme-shop.iam.gserviceaccount.com";
const READER = { role: "roles/artifactregistry.reader", member: `serviceAccount:${ACCOUNT}` };
const UNKNOWN = { $unknown: true };
const ON_HUB = { project: HUB.project, location: HUB.location, repository: "hub" };
const MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
const PROJECT_MEMBER = "gcp:projects/iAMMember:IAMMember";

/** What a graph of one resource says of the account and the repository. */
function said(type: string, inputs: Inputs, more: Partial<GraphResource> = {}, graph: Partial<PreviewGraph> = {}) {
  const { accessTo } = registryAccessOf(graphOf([declared(type, "it", { inputs, ...more })], graph));
  const verdict = verdictOf(ACCOUNT, accessTo(HUB));
  const because = { granted: "by", missing: "", unknown: "why" }[verdict.state];
  return [verdict.state, (verdict as Record<string, unknown>)[because]].filter(Boolean).join(": ");
}

describe("registryAccessOf", () => {
  it("finds grants on the repository, however they are written", () => {
    const granted = "granted: roles/artifactregistry.reader on the repository (it)";
    expect(said(MEMBER, { ...READER, ...ON_HUB })).to.equal(granted);
    const repository = "projects/acme-containers/locations/europe-west1/repositories/hub";
    expect(said(MEMBER, { ...READER, repository })).to.equal(granted);
    const { role, member } = READER;
    const [binding, policy] = ["Binding", "Policy"].map((kind) => MEMBER.replaceAll("Member", kind));
    expect(said(binding, { role, members: ["user:a@b.example", member], ...ON_HUB })).to.equal(granted);
    const policyData = JSON.stringify({ bindings: [{ role, members: [member] }] });
    expect(said(policy, { policyData, ...ON_HUB })).to.equal(granted);
  });

  it("takes project and region from the provider", () => {
    const gcp = { project: HUB.project, region: HUB.location };
    expect(said(MEMBER, { ...READER, repository: "hub" }, {}, { defaultProviders: { gcp } })).to.include("granted");
    expect(said(MEMBER, { ...READER, repository: "hub" })).to.include("unknown: ");
    const provider = declared("pulumi:providers:gcp", "other", { inputs: { ...gcp, project: "acme-other" } });
    const inputs = { ...READER, repository: "hub" };
    const grant = declared(MEMBER, "it", { inputs, provider: urnOf("pulumi:providers:gcp", "other") });
    const { accessTo } = registryAccessOf(graphOf([provider, grant], { defaultProviders: { gcp } }));
    expect(accessTo(HUB).grants).to.deep.equal([]);
    expect(accessTo({ ...HUB, project: "acme-other" }).grants).to.have.length(1);
  });

  it("finds grants on its project, and cannot tell of those above it", () => {
    expect(said(PROJECT_MEMBER, { ...READER, project: "acme-containers" })).to.equal(
      "granted: roles/artifactregistry.reader on project acme-containers (it)",
    );
    expect(said(PROJECT_MEMBER, { ...READER, project: "acme-shop" })).to.equal("missing");
    expect(said(PROJECT_MEMBER, { ...READER, project: "123456789012" })).to.include(
      "look whether its project is acme-containers",
    );
    expect(said("gcp:folder/iAMMember:IAMMember", { ...READER, folder: "folders/1" })).to.equal(
      "unknown: roles/artifactregistry.reader on folder folders/1 (it) is granted: look whether acme-containers is below it",
    );
    expect(said("gcp:organizations/iAMMember:IAMMember", { ...READER, orgId: "1" })).to.include("unknown");
  });

  it("leaves out what is on something else, only read, or about to be deleted", () => {
    expect(said(MEMBER, { ...READER, ...ON_HUB, repository: "apps" })).to.equal("missing");
    expect(said(MEMBER, { ...READER, ...ON_HUB, location: "us" })).to.equal("missing");
    expect(said("gcp:storage/bucketIAMMember:BucketIAMMember", { ...READER, bucket: "hub" })).to.equal("missing");
    expect(said("gcp:projects/iAMCustomRole:IAMCustomRole", { project: HUB.project })).to.equal("missing");
    expect(said(MEMBER, { ...READER, ...ON_HUB }, { read: "id" })).to.equal("missing");
    const change = { op: "delete", diffReasons: [], replaceReasons: [] };
    expect(said(MEMBER, { ...READER, ...ON_HUB }, { change })).to.equal("missing");
  });

  it("cannot tell where the graph does not", () => {
    expect(said(MEMBER, { ...READER, ...ON_HUB, member: UNKNOWN })).to.include("only the deployment will know");
    expect(said(MEMBER, { ...READER, ...ON_HUB, repository: UNKNOWN })).to.include(
      "look whether its repository is hub",
    );
    expect(said("acme:index:Remote", {}, { custom: false, remote: true })).to.equal(
      "unknown: it is made by another process, and what it grants is not seen",
    );
  });

  it("knows the repositories, what stands behind virtual ones, and numbers", () => {
    const docker = (name: string, inputs: Inputs) =>
      declared("gcp:artifactregistry/repository:Repository", name, { inputs: { format: "DOCKER", ...inputs } });
    const all = { ...HUB, repositoryId: "all" };
    const behind = "projects/acme-containers/locations/europe-west1/repositories/hub";
    const found = registryAccessOf(
      graphOf([
        docker("hub", HUB),
        docker("all", { ...all, virtualRepositoryConfig: { upstreamPolicies: [{ repository: behind }] } }),
        docker("npm", { ...HUB, format: "NPM" }),
        declared("gcp:organizations/project:Project", "shop", {
          inputs: { projectId: "acme-shop" },
          outputs: { number: "123456789012" },
        }),
      ]),
    );
    expect(found.repositories).to.deep.equal([HUB, all]);
    expect(found.upstreams.get(behind.replace("hub", "all"))).to.deep.equal([HUB]);
    expect(found.projectNumbers.get("acme-shop")).to.equal("123456789012");
  });
});
