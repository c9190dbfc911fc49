import { liveAccess } from "../../../agent/access/liveAccess";
import { machine } from "../../../agent/host";
import { verdictOf } from "../../../core/access/verdict";
import { faults } from "../../../testing/compute/protocol/faults";
import { useAccess } from "../../support/access";
import { expect } from "../../support/chai";

const HUB = { project: "acme-containers", location: "europe-west1", repositoryId: "hub" };
const NAME = "projects/acme-containers/locations/europe-west1/repositories/hub";
const ACCOUNT = "nodes@acme-shop.iam.gserviceaccount.com";
const READER = { role: "roles/artifactregistry.reader", members: [`serviceAccount:${ACCOUNT}`] };

describe("liveAccess", () => {
  const fake = useAccess();
  const live = () =>
    liveAccess({
      environment: { KILN_IAM_ENDPOINT: `http://127.0.0.1:${fake().port}` },
      host: { ...machine, sleep: () => Promise.resolve() },
      patience: { attempts: 3 },
    });
  const verdict = async () => verdictOf(ACCOUNT, await live().accessTo(HUB));

  beforeEach(() => {
    fake().bind(NAME);
    fake().bind("projects/acme-containers");
    fake().bind("folders/1");
    fake().bind("organizations/2");
    fake().world.projects.set("acme-containers", { number: "123456789012", parent: "folders/1" });
    fake().world.folders.set("folders/1", "organizations/2");
  });

  it("finds the grant on the repository, its project, a folder and the organization", async () => {
    expect(await verdict()).to.deep.equal({ state: "missing" });
    for (const place of [NAME, "projects/acme-containers", "folders/1", "organizations/2"]) {
      fake().bind(place, READER);
      const on = place === NAME ? "the repository" : place;
      expect(await verdict()).to.deep.equal({ state: "granted", by: `roles/artifactregistry.reader on ${on}` });
      fake().world.policies.set(place, []);
    }
  });

  it("asks for conditions, and cannot tell whether they hold", async () => {
    fake().bind(NAME, { ...READER, condition: { title: "until May", expression: "request.time < …" } });
    expect(JSON.stringify(await verdict())).to.include("under a condition (until May)");
  });

  it("names what it may not read, and what that takes", async () => {
    fake().deny("acme-containers", "artifactregistry.repositories.getIamPolicy");
    fake().deny("folders/1", "resourcemanager.folders.getIamPolicy");
    const { gaps } = await live().accessTo(HUB);
    expect(gaps).to.have.length(2);
    expect(gaps[0]).to.match(
      /^the policy of projects.*hub cannot be read \(HTTP 403.*needs artifactregistry\.repositories\.getIamPolicy$/,
    );
    expect(gaps[1]).to.match(
      /^the policy of folders\/1 cannot be read .*needs resourcemanager\.folders\.getIamPolicy$/,
    );
    expect((await verdict()).state).to.equal("unknown");
  });

  it("says that a repository is not there, and that what is above a project is not known", async () => {
    fake().world.policies.delete(NAME);
    fake().world.projects.delete("acme-containers");
    const { gaps } = await live().accessTo(HUB);
    expect(gaps[0]).to.include("cannot be read, since that is not there");
    expect(gaps[1]).to.include("what projects/acme-containers lies in is not known");
    expect(await live().projectNumber("acme-containers")).to.equal(undefined);
  });

  it("tries again what failed for now, and gives up what goes on failing", async () => {
    fake().bind(NAME, READER);
    fake().inject({ fault: faults.status(503), method: "artifactRegistry.getIamPolicy" });
    fake().inject({ fault: faults.reset(), method: "projects.getIamPolicy" });
    expect((await verdict()).state).to.equal("granted");
    fake().inject({ fault: faults.status(409), method: "artifactRegistry.getIamPolicy" });
    expect(JSON.stringify(await verdict())).to.include("HTTP 409");
    fake().inject({ fault: faults.status(429), method: "projects.getIamPolicy", times: Infinity });
    expect((await live().accessTo(HUB)).gaps.join()).to.include(
      "the policy of projects/acme-containers cannot be read",
    );
  });

  it("reads each project once, however many repositories it has", async () => {
    const { accessTo, projectNumber } = live();
    fake().bind(NAME.replace("hub", "apps"));
    await Promise.all([accessTo(HUB), accessTo({ ...HUB, repositoryId: "apps" }), projectNumber("acme-containers")]);
    const count = (method: string) => fake().calls.filter((call) => call.method === method).length;
    expect(count("projects.getIamPolicy")).to.equal(1);
    expect(count("projects.getProject")).to.equal(1);
    expect(count("artifactRegistry.getIamPolicy")).to.equal(2);
  });

  it("asks as the account where it may be impersonated", async () => {
    expect(await live().mayPull(ACCOUNT, HUB)).to.equal(undefined);
    fake().world.mayPull.set(ACCOUNT, false).set("other@acme.gserviceaccount.com", true);
    expect(await live().mayPull(ACCOUNT, HUB)).to.equal(false);
    fake().world.mayPull.set(ACCOUNT, true);
    expect(await live().mayPull(ACCOUNT, HUB)).to.equal(true);
    const token = fake().calls.find(({ method }) => method === "iAMCredentials.generateAccessToken");
    expect(token?.request).to.include({ lifetime: "300s", name: `projects/-/serviceAccounts/${ACCOUNT}` });
  });

  it("takes no answer for a no where the repository is not there", async () => {
    fake().world.mayPull.set(ACCOUNT, false);
    fake().world.policies.delete(NAME);
    expect(await live().mayPull(ACCOUNT, HUB)).to.equal(undefined);
  });

  it("knows what stands behind a virtual repository, and the number of a project", async () => {
    fake().world.repositories.set(NAME, {
      mode: "VIRTUAL_REPOSITORY",
      virtualRepositoryConfig: { upstreamPolicies: [{ id: "apps", repository: NAME.replace("hub", "apps") }] },
    });
    expect(await live().upstreamsOf(HUB)).to.deep.equal([{ ...HUB, repositoryId: "apps" }]);
    expect(await live().projectNumber("acme-containers")).to.equal("123456789012");
  });

  it("takes only a stand-in on this machine", () => {
    const environment = { KILN_IAM_ENDPOINT: "https://example.com" };
    expect(() => liveAccess({ environment, host: machine })).to.throw("KILN_IAM_ENDPOINT must be like");
  });
});
