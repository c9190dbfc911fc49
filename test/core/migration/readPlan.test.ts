import { expect } from "chai";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { planProblemText, readPlan } from "../../../core/migration/readPlan";
import { planText } from "./samples";

const problemsOf = (text: string) => readPlan({ file: "plan.yaml", text }).problems.map(planProblemText);

/** The sample with one text replaced. */
function changed(from: string, to: string): string {
  expect(planText).to.include(from);
  return planText.replace(from, to);
}

const SHA = `sha256:${"a".repeat(64)}`;

/** What is changed in the sample, and what is said of it. */
const REFUSED: [what: string, from: string, to: string, told: string][] = [
  ["another kind", "kind: MigrationPlan", "kind: FamilyPolicy", 'plan.yaml:2:7: kind must be "MigrationPlan"'],
  ["a field that nobody knows", "  rules:", "  rule: 1\n  rules:", "plan.yaml:7:9: spec.rule is not known"],
  [
    "a location that is none",
    "location: europe-west1",
    "location: mars",
    "plan.yaml:5:15: spec.destination.location must be a region",
  ],
  ["a project that is none", "project: acme-images", "project: Acme", "spec.destination.project must be a project id"],
  [
    "a prefix that is no registry",
    "prefix: ghcr.io",
    "prefix: index.docker.io",
    "spec.rules.1.prefix must be a registry",
  ],
  ["a prefix in the middle of a part", "prefix: ghcr.io", "prefix: ghcr.io/", "spec.rules.1.prefix must be a registry"],
  ["a prefix twice", "prefix: ghcr.io", "prefix: docker.io", '"docker.io" has a rule already, spec.rules.0'],
  [
    "a repository that is none",
    "repository: ghcr-io",
    "repository: GHCR",
    "spec.rules.1.repository must be lower-case",
  ],
  [
    "a path that is none",
    "repository: ghcr-io",
    "repository: ghcr-io\n      path: a//b",
    "spec.rules.1.path must be parts of a name",
  ],
  [
    "a remote repository that is pushed to",
    "remote: docker-io-remote",
    "remote: ghcr-io",
    "nothing can be pushed to a remote one",
  ],
  [
    "a remote repository with two upstreams",
    "repository: ghcr-io",
    "repository: ghcr-io\n      remote: docker-io-remote",
    "which stands in for docker.io",
  ],
  [
    "a source that is not whole",
    "source: docker.io/library/nginx:1.25",
    "source: nginx:1.25",
    'must be the whole name, "docker.io/library/nginx:1.25"',
  ],
  [
    "a source without a tag",
    "source: docker.io/library/nginx:1.25",
    "source: docker.io/library/nginx",
    '"docker.io/library/nginx:latest"',
  ],
  [
    "a source twice",
    "source: docker.io/library/redis:latest",
    "source: docker.io/library/nginx:1.25",
    "is in the plan already, spec.images.0",
  ],
  [
    "a destination elsewhere",
    "europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25",
    "gcr.io/acme/nginx:1.25",
    "must be a name in Artifact Registry",
  ],
  [
    "a destination without a repository",
    "europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25",
    "europe-west1-docker.pkg.dev/acme-images:1.25",
    "must have project, repository and name",
  ],
  [
    "a destination of another version",
    "docker-io/library/nginx:1.25",
    "docker-io/library/nginx:1.26",
    "must have the tag and digest of the source, :1.25",
  ],
  [
    "a copy into a remote repository",
    "docker-io/library/nginx:1.25",
    "docker-io-remote/library/nginx:1.25",
    "by the rules it is europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25",
  ],
  [
    "a remote image elsewhere",
    "docker-io-remote/library/redis",
    "other/library/redis",
    "must be in the remote repository of its rule",
  ],
  ["a remote image with no remote repository", "      remote: docker-io-remote\n", "", "which has none"],
  [
    "a place for two",
    "ghcr-io/acme/nginx:1",
    "docker-io/library/nginx:1",
    "is where docker.io/library/nginx:1.25 goes already",
  ],
  [
    "a digest of another image",
    "mode: Copy\n",
    `mode: Copy\n      digest: ${SHA}0\n`,
    "spec.images.0.digest must have 64 hexadecimal digits",
  ],
  [
    "a platform that is none",
    "mode: Copy\n",
    "mode: Copy\n      platforms: [amd64]\n",
    "spec.images.0.platforms must have entries",
  ],
  ["a batch of zero", "batch: 1", "batch: 0", "spec.images.0.batch must be a whole number from 1"],
  [
    "an unused image that is not planned",
    "unused:\n",
    "unused:\n    - docker.io/library/none:1\n",
    "spec.unused.0 must be the source of an image",
  ],
  ["an alias", "project: acme-images", "project: *other", "is an alias: write the value itself"],
  ["a tag", "project: acme-images", "project: !!binary aaaa", "has the tag tag:yaml.org,2002:binary"],
  ["a key twice", "  rules:", "  rules: []\n  rules:", "is a key that its object has had before"],
  ["a second document", "apiVersion:", "a: 1\n---\napiVersion:", "is a second document"],
];

describe("readPlan", () => {
  it("reads a plan", () => {
    const { document, problems } = readPlan({ file: "plan.yaml", text: planText });
    expect(problems).to.deep.equal([]);
    expect(document?.spec.images.map(({ source }) => source)).to.deep.equal([
      ...["docker.io/library/nginx:1.25", "docker.io/library/redis:latest", "ghcr.io/acme/nginx:1"],
    ]);
  });

  it("reads the plan of docs/plan.md", () => {
    const [, text] = /```yaml\n([^]*?)```/.exec(readFileSync(join(__dirname, "../../../docs/plan.md"), "utf8")) ?? [];
    expect(problemsOf(text ?? "")).to.deep.equal([]);
  });

  for (const [what, from, to, told] of REFUSED)
    it(`refuses ${what}`, () => expect(problemsOf(changed(from, to)).join("\n")).to.include(told));

  it("tells all that is wrong at once, each with its place", () => {
    const problems = problemsOf(
      changed("batch: 1", "batch: x").replace("uses: 3", "uses: -1").replace("acme-images", "A"),
    );
    expect(problems.map((problem) => /^plan\.yaml:(\d+):\d+: (\S+)/.exec(problem)?.slice(1))).to.deep.equal([
      ["6", "spec.destination.project"],
      ["19", "spec.images.0.batch"],
      ["20", "spec.images.0.uses"],
    ]);
  });

  it("takes a destination of its own, and a project of a domain", () => {
    const text = planText
      .replace("acme-images/docker-io/library/nginx:1.25", "acme-images/base/web/nginx:1.25")
      .replace("europe-west1-docker.pkg.dev/acme-images/ghcr-io", "us-docker.pkg.dev/example.com/images/ghcr-io");
    expect(problemsOf(text)).to.deep.equal([]);
  });

  it("refuses platforms of a digest, which names them all", () => {
    const text = planText
      .replaceAll("nginx:1.25", `nginx:1.25@${SHA}`)
      .replace("mode: Copy\n", "mode: Copy\n      platforms: [linux/amd64]\n");
    expect(problemsOf(text).join()).to.contain("spec.images.0.platforms must be left out");
  });

  it("leaves destinations unjudged where they are made anew", () => {
    const text = changed("europe-west1-docker.pkg.dev/acme-images/docker-io/library/nginx:1.25", "elsewhere");
    expect(readPlan({ file: "plan.yaml", text, anyDestination: true }).problems).to.deep.equal([]);
  });

  for (const [what, text] of Object.entries({
    nothing: "",
    "a list": "- 1",
    "deep indentation": "- ".repeat(100_000),
    "deep brackets": "[".repeat(100_000),
    "deep brackets in lines": "[\n".repeat(100_000),
    "ten thousand quotes": '"'.repeat(10_000),
    "nine megabytes": "a".repeat(9 << 20),
  }))
    it(`survives ${what}`, () => expect(problemsOf(text)).to.have.lengthOf.within(1, 100));

  it("survives whatever is taken from a plan or put into it", () => {
    const part = fc.record({
      at: fc.nat(planText.length),
      length: fc.nat(30),
      text: fc.string({ maxLength: 6, unit: "binary" }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const text = parts.reduce(
          (all, { at, length, text: put }) => all.slice(0, at) + put + all.slice(at + length),
          planText,
        );
        const { document, problems } = readPlan({ file: "plan.yaml", text });
        expect(document === undefined).to.equal(problems.length > 0);
      }),
      { numRuns: 100 },
    );
  });
});
