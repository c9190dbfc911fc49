import { compileFunction } from "node:vm";
import * as fc from "fast-check";
import { ContainerRegistry } from "../../../components";
import { type AccessRow } from "../../../core/access/accessReport";
import { componentCode, gcloudCommands } from "../../../core/access/fixes";
import { readRepositoryUrl } from "../../../core/access/repositoryUrl";
import { verdictOf } from "../../../core/access/verdict";
import { runProgram } from "../../../testing";
import { expect } from "../../support/chai";

const ROW: AccessRow = {
  environment: "gke",
  project: "acme-shop",
  account: "nodes@acme-shop.iam.gserviceaccount.com",
  repository: "europe-west1-docker.pkg.dev/acme-containers/docker-hub",
  permission: "artifactregistry.repositories.downloadArtifacts",
  state: "missing",
  link: "https://cloud.google.com",
};
const AGENT = "service-123456789012@serverless-robot-prod.iam.gserviceaccount.com";

/** What the code grants, when the real component runs it. */
async function grantsOf(code: string) {
  const program = compileFunction(code, ["ContainerRegistry"]) as (component: typeof ContainerRegistry) => void;
  const { resources } = await runProgram(() => program(ContainerRegistry));
  return resources
    .filter(({ type }) => type === "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember")
    .map(({ inputs }) => inputs as Record<"project" | "location" | "repository" | "role" | "member", string>);
}

describe("what grants what is missing", () => {
  it("is the readers of the registry, and a command each", async () => {
    const rows: AccessRow[] = [
      ROW,
      { ...ROW, environment: "compute" },
      { ...ROW, environment: "run", account: AGENT },
      { ...ROW, repository: "us-docker.pkg.dev/acme-containers/third-party" },
      { ...ROW, state: "granted", project: "acme-other", account: "other@acme-other.iam.gserviceaccount.com" },
    ];
    const code = componentCode(rows);
    expect(code.split("\n").slice(0, 10)).to.deep.equal([
      'new ContainerRegistry("registry", {',
      '  project: "acme-containers",',
      '  location: "europe-west1",',
      "  repositories: {",
      '    "docker-hub": {',
      "      readers: {",
      '        "gke-acme-shop": "serviceAccount:nodes@acme-shop.iam.gserviceaccount.com",',
      `        "run-acme-shop": "serviceAccount:${AGENT}",`,
      "      },",
      "    },",
    ]);
    const granted = await grantsOf(code.replace('"registry"', '"first"'));
    expect(granted.map(({ repository, member }) => [repository, member])).to.have.deep.members([
      ["docker-hub", `serviceAccount:${ROW.account}`],
      ["docker-hub", `serviceAccount:${AGENT}`],
      ["third-party", `serviceAccount:${ROW.account}`],
    ]);
    expect(gcloudCommands(rows)[0]).to.equal(
      "gcloud artifacts repositories add-iam-policy-binding docker-hub --project=acme-containers --location=europe-west1 --member=serviceAccount:nodes@acme-shop.iam.gserviceaccount.com --role=roles/artifactregistry.reader",
    );
    expect(gcloudCommands(rows)).to.have.length(3);
  });

  it("lets everybody pull who could not, whoever they are", async () => {
    const row = fc.record({
      environment: fc.constantFrom("gke" as const, "run" as const, "build" as const),
      project: fc.constantFrom("acme-shop", "acme.example:shop", "a".repeat(30)),
      account: fc.constantFrom(ROW.account, AGENT, "a@acme-shop.iam.gserviceaccount.com", "b@acme.gserviceaccount.com"),
      repository: fc.constantFrom(ROW.repository, "europe-west1-docker.pkg.dev/acme-containers/third-party"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (some) => {
        const rows = some.map((one) => ({ ...ROW, ...one }));
        const granted = await grantsOf(componentCode(rows));
        for (const { account = "", repository } of rows) {
          const { repositoryId } = readRepositoryUrl(repository).address!;
          const grants = granted
            .filter((one) => one.repository === repositoryId)
            .map(({ role, member }) => ({ role, member, on: "the repository" }));
          expect(verdictOf(account, { grants, gaps: [] }).state).to.equal("granted");
        }
      }),
      { numRuns: 10 },
    );
  });

  it("is nothing where nothing is missing", () => {
    expect(componentCode([{ ...ROW, state: "granted" }])).to.equal("");
    expect(gcloudCommands([{ ...ROW, state: "unknown" }])).to.deep.equal([]);
  });
});

describe("the address of a repository", () => {
  it("is read, or refused with an example", () => {
    expect(readRepositoryUrl(ROW.repository).address).to.deep.equal({
      location: "europe-west1",
      project: "acme-containers",
      repositoryId: "docker-hub",
    });
    for (const wrong of ["", "docker.io/library", "europe-west1-docker.pkg.dev/acme-containers", `${ROW.repository}/x`])
      expect(readRepositoryUrl(wrong).problem, wrong).to.include("must be a repository such as europe-west1-docker");
  });
});
