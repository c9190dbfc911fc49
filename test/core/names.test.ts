import { expect } from "chai";
import * as names from "../../core/names";
import type { Rule } from "../../core/rules";

/** What each rule accepts and refuses; a line per property of the name that the service's documentation states. */
const CASES: Record<string, { rule: Rule<string>; good: string[]; bad: string[] }> = {
  projectId: {
    rule: names.projectId,
    good: ["acme-images", "abc123", "a".repeat(30), "example.com:images-1"],
    bad: ["acme", "Acme-images", "acme-images-", "1acme-images", "a".repeat(31), "acme_images", ""],
  },
  projectNumber: { rule: names.projectNumber, good: ["123456789012"], bad: ["acme", "0123456", "12", "1e9"] },
  folderId: { rule: names.folderId, good: ["345678901234", "folders/345678901234"], bad: ["folder", "folders/"] },
  organizationId: { rule: names.organizationId, good: ["234567890123", "organizations/1"], bad: ["acme.example"] },
  billingAccount: {
    rule: names.billingAccount,
    good: ["012345-6789AB-CDEF01"],
    bad: ["012345-6789ab-cdef01", "mine", "billingAccounts/012345-6789AB-CDEF01"],
  },
  computeName: {
    rule: names.computeName,
    good: ["a", "web-7", "a".repeat(63)],
    bad: ["", "Web", "7web", "web-", "web_1", "a".repeat(64)],
  },
  computeNamePrefix: { rule: names.computeNamePrefix, good: ["web-", "web"], bad: ["", "-web", "a".repeat(63)] },
  location: {
    rule: names.location,
    good: ["europe-west1", "us", "EU", "northamerica-northeast1", "EUR4", "EUROPE-WEST1"],
    bad: ["", "Europe", "mars-1", "europe-west1-b", "europe west1"],
  },
  apiName: { rule: names.apiName, good: ["compute.googleapis.com"], bad: ["compute", "compute.example.com"] },
  repositoryId: { rule: names.repositoryId, good: ["apps", "a".repeat(63)], bad: ["Apps", "apps_1", "a".repeat(64)] },
  datasetId: { rule: names.datasetId, good: ["image_pull_logs", "A1"], bad: ["image-pull-logs", ""] },
  sinkName: {
    rule: names.sinkName,
    good: ["image_pull_logs", "a.b-c"],
    bad: ["", "-a", "a b", "_Default", "a".repeat(101)],
  },
  bucketName: {
    rule: names.bucketName,
    good: ["acme-images-kiln", "a.b_c"],
    bad: ["Acme", "-a", "a-", "ab", "a".repeat(64), `${"a.".repeat(111)}a`],
  },
  serviceAccountEmail: {
    rule: names.serviceAccountEmail,
    good: ["builder@acme-images.iam.gserviceaccount.com", "123-compute@developer.gserviceaccount.com"],
    bad: ["serviceAccount:builder@acme-images.iam.gserviceaccount.com", "dev@acme.example"],
  },
  kmsKey: {
    rule: names.kmsKey,
    good: ["projects/p/locations/eu/keyRings/r/cryptoKeys/k"],
    bad: ["k", "projects/p/locations/eu/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1"],
  },
  mapKey: { rule: names.mapKey, good: ["a", "A.b_c-1"], bad: ["", "a/b", "-a", "a b", "a".repeat(64)] },
};

describe("names", () => {
  for (const [name, { rule, good, bad }] of Object.entries(CASES)) {
    it(`${name} accepts ${good.map((text) => text.slice(0, 24)).join(", ")}`, () => {
      for (const text of good) expect(rule(text), text).to.equal(undefined);
    });
    it(`${name} refuses others with what is allowed`, () => {
      for (const text of bad) expect(rule(text), JSON.stringify(text)).to.match(/^must (be|have) .*, got /);
    });
  }

  it("refuses a location that reads like a zone with the fix", () => {
    expect(names.location("europe-west1-b")).to.equal(
      'must be a region such as europe-west1 or a multi-region such as eu, got "europe-west1-b"',
    );
  });

  it("holds labels to Google's alphabet", () => {
    expect(names.labels({ team: "platform", "cost-centre": "" })).to.equal(undefined);
    expect(names.labels({ Team: "x" })).to.include('got "Team"');
    expect(names.labels({ team: "Platform" })).to.include('got "Platform" for team');
  });
});
