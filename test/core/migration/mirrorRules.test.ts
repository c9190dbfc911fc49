import { expect } from "chai";
import {
  cpu,
  dockerConfigSecret,
  jobImage,
  memory,
  memoryOfCpu,
  parallelism,
  planObject,
  planText,
  taskTimeout,
} from "../../../core/migration/mirrorRules";
import { type Rule } from "../../../core/rules";
import { planText as plan } from "./samples";

/** What a rule takes and what it refuses, with a part of what it says then. */
function judges<T>(what: string, rule: Rule<T>, good: T[], bad: [T, string][]): void {
  describe(what, () => {
    for (const value of good)
      it(`may be ${JSON.stringify(value).slice(0, 60)}`, () => expect(rule(value)).to.equal(undefined));
    for (const [value, part] of bad)
      it(`may not be ${JSON.stringify(value).slice(0, 60)}`, () => expect(rule(value)).to.include(part));
  });
}

judges(
  "the name of a plan's object",
  planObject,
  ["migration/plan.yaml", "plan.json", "a/b/c_d-1.yml"],
  [
    ["", "must be the name of an object"],
    ["/plan.yaml", "must be the name of an object"],
    ["a//b.yaml", "must be the name of an object"],
    ['a" || true || "', "must be the name of an object"],
    ["a".repeat(256), "at most 255"],
    ["migration/ledgers/plan.yaml", "must not lie below migration/ledgers/"],
  ],
);

judges(
  "the text of a plan",
  planText,
  [plan, '{"apiVersion":"kiln/v1","kind":"MigrationPlan"}'],
  [
    ["migration.yaml", "must be the text of a plan"],
    ["kind: FamilyPolicy", "must be the text of a plan"],
    ["# kind: MigrationPlan", "must be the text of a plan"],
  ],
);

judges(
  "the image of a mirror's job",
  jobImage,
  ["europe-west1-docker.pkg.dev/acme/tools/kiln:1", `kiln@sha256:${"a".repeat(64)}`],
  [
    ["Kiln", "is no image: it "],
    ["a b", "is no image: it "],
  ],
);

judges(
  "the version of the secret with Docker's configuration",
  dockerConfigSecret,
  ["projects/p/secrets/s/versions/latest", "projects/p/secrets/s/versions/3"],
  [['{"auths":{"x":{"auth":"c2VjcmV0"}}}', "put Docker's config.json into Secret Manager"]],
);
it("the version of a secret is never shown", () => expect(dockerConfigSecret("c2VjcmV0")).to.not.include("c2VjcmV0"));

judges(
  "the time of a task",
  taskTimeout,
  ["1s", "6h", "7d"],
  [
    ["0s", "must be from 1s to 168h"],
    ["8d", "must be from 1s to 168h"],
    ["6 hours", "must be a duration"],
  ],
);

judges(
  "tasks at once",
  parallelism(4),
  [1, 4],
  [
    [0, "from 1 to 4 tasks at once"],
    [5, "from 1 to 4 tasks at once"],
  ],
);

judges(
  "processors",
  cpu,
  [1, 2, 4, 6, 8],
  [
    [3, "must be one of 1, 2, 4, 6, 8"],
    ["toString" as never, "must be one of"],
  ],
);

judges(
  "memory",
  memory,
  ["512Mi", "2Gi"],
  [
    ["2G", "must be a quantity"],
    ["0Gi", "must be a quantity"],
  ],
);

judges(
  "memory beside processors",
  memoryOfCpu,
  [
    { cpu: 1, memory: "4Gi" },
    { cpu: 8, memory: "32Gi" },
  ],
  [
    [{ cpu: 1, memory: "5Gi" }, "from 512Mi to 4096Mi with 1 vCPU"],
    [{ cpu: 4, memory: "1Gi" }, "from 2048Mi to 16384Mi with 4 vCPU"],
  ],
);
