import * as fc from "fast-check";
import { accessRow, answeredRow, hintsOf, needsOf } from "../../../core/access/accessReport";
import {
  type Environment,
  environmentHints,
  EnvironmentKind,
  grantedByItself,
} from "../../../core/access/environments";
import { expect } from "../../support/chai";

const HUB = { project: "acme-containers", location: "europe-west1", repositoryId: "docker-hub" };
const ALL = { ...HUB, repositoryId: "all" };
const NUMBER = "123456789012";
const NOTHING = { grants: [], gaps: [] };

const row = (environment: Environment) => accessRow({ environment, repository: HUB }, NOTHING);

describe("what environments need", () => {
  it("names who pulls in each", () => {
    const account = (kind: EnvironmentKind, more: Partial<Environment> = {}) =>
      row({ kind, project: "acme-shop", projectNumber: NUMBER, ...more }).account;
    expect(account(EnvironmentKind.Gke)).to.equal(`${NUMBER}-compute@developer.gserviceaccount.com`);
    expect(account(EnvironmentKind.ComputeEngine)).to.equal(`${NUMBER}-compute@developer.gserviceaccount.com`);
    expect(account(EnvironmentKind.CloudBuild)).to.equal(`${NUMBER}-compute@developer.gserviceaccount.com`);
    expect(account(EnvironmentKind.CloudRun)).to.equal(
      `service-${NUMBER}@serverless-robot-prod.iam.gserviceaccount.com`,
    );
    expect(account(EnvironmentKind.AppEngineFlexible)).to.equal("acme-shop@appspot.gserviceaccount.com");
    const own = "nodes@acme-shop.iam.gserviceaccount.com";
    expect(account(EnvironmentKind.Gke, { serviceAccount: own, projectNumber: undefined })).to.equal(own);
  });

  it("says what to write where the account cannot be told", () => {
    const why = (environment: Environment) => row(environment).why?.join();
    expect(why({ kind: "gke", project: "acme-shop" })).to.equal(
      "the number of acme-shop is not known: write --gke acme-shop:NUMBER, or look with --live",
    );
    expect(why({ kind: "appengine", project: "acme.example:shop" })).to.equal(
      "the account of acme.example:shop is not known: write --appengine acme.example:shop=ACCOUNT",
    );
  });

  it("asks once for each repository, and for what stands behind a virtual one", () => {
    const environments: Environment[] = [{ kind: "gke", project: "acme-shop", projectNumber: NUMBER }];
    const upstreamsOf = ({ repositoryId }: typeof HUB) => (repositoryId === "all" ? [HUB, HUB] : []);
    const needs = needsOf({ environments, repositories: [ALL, ALL], upstreamsOf });
    expect(needs.map(({ repository, via }) => [repository.repositoryId, via?.repositoryId])).to.deep.equal([
      ["all", undefined],
      ["docker-hub", "all"],
    ]);
    const [virtual, behind] = needs.map((need) => accessRow(need, NOTHING));
    expect(virtual.state).to.equal("missing");
    expect(behind.state).to.equal("unknown");
    expect(behind.why?.[0]).to.include("it stands behind europe-west1-docker.pkg.dev/acme-containers/all");
    expect(needsOf({ environments, repositories: [ALL, HUB], upstreamsOf }).every(({ via }) => !via)).to.equal(true);
  });

  it("takes the account's own answer for the truth", () => {
    const need = {
      environment: { kind: "gke", project: "acme-shop", projectNumber: NUMBER },
      repository: HUB,
    } as const;
    expect(answeredRow(need, true).state).to.equal("granted");
    expect(answeredRow(need, false).state).to.equal("missing");
  });

  it("knows what Google grants by itself on an environment's own project", () => {
    const unseen = (kind: EnvironmentKind, of: string) => grantedByItself({ kind, project: "acme-shop" }, of);
    expect(unseen("run", "acme-shop")).to.include("roles/run.serviceAgent on its own project, acme-shop");
    expect(unseen("run", "acme-containers")).to.equal(undefined);
    expect(unseen("gke", "acme-shop")).to.equal(undefined);
  });

  it("warns of a grant to a default account, where one is missing", () => {
    const said = (environment: Environment) =>
      hintsOf([row(environment)])
        .join()
        .includes("account of its own");
    expect(said({ kind: "compute", project: "acme-shop", projectNumber: NUMBER })).to.equal(true);
    expect(said({ kind: "appengine", project: "acme-shop" })).to.equal(true);
    expect(said({ kind: "run", project: "acme-shop", projectNumber: NUMBER })).to.equal(false);
    expect(said({ kind: "compute", project: "acme-shop" })).to.equal(false);
  });

  it("has a row for every pair, and hints of the kinds that are there alone", () => {
    const environment = fc.record({
      kind: fc.constantFrom(...Object.values(EnvironmentKind)),
      project: fc.constantFrom("acme-shop", "acme-build"),
      projectNumber: fc.option(fc.constant(NUMBER), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(environment), fc.subarray([HUB, ALL]), (environments, repositories) => {
        const needs = needsOf({ environments, repositories, upstreamsOf: () => [] });
        expect(needs).to.have.length(environments.length * repositories.length);
        const rows = needs.map((need) => accessRow(need, NOTHING));
        for (const one of rows) expect(one.state).to.equal(one.account === undefined ? "unknown" : "missing");
        const kinds = [...new Set(rows.map(({ environment }) => environment))];
        const expected = kinds.flatMap((kind) => [...environmentHints(kind)]);
        expect(hintsOf(rows).filter((hint) => !hint.includes("iam-default-service-accounts"))).to.deep.equal(expected);
      }),
    );
  });
});
