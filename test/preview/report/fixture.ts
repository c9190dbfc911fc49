import { type Comparison, type Grant, type ResourceChange } from "../../../preview/compare/comparison";
import { type PolicyInfo, type PolicyPackResult } from "../../../preview";

const urn = (type: string, name: string) => `urn:pulumi:prod::shop-images::${type}::${name}`;
const BUCKET = urn("gcp:storage/bucket:Bucket", "web-policies");
const DATASET = urn("gcp:bigquery/dataset:Dataset", "pulls-dataset");
const RELEASE = urn("gcp:artifactregistry/repository:Repository", "release");
const EVERYBODY = urn("gcp:projects/iAMMember:IAMMember", "everybody");
const WRITER = urn("gcp:bigquery/datasetIamMember:DatasetIamMember", "pulls-writer");
const SINK = urn("gcp:logging/projectSink:ProjectSink", "pulls-sink");
const TOPIC = urn("gcp:pubsub/topic:Topic", "builds");

const policy = (name: string, other: Partial<PolicyInfo>): PolicyInfo => ({
  name,
  description: `What ${name} requires.`,
  level: "mandatory",
  severity: "high",
  type: "resource",
  url: `https://example.com/policies/${name}`,
  ...other,
});

/** Six violations, two that nobody can tell, two remediations of which one failed. */
export const PACK: PolicyPackResult = {
  name: "kiln",
  version: "0.2.0",
  policies: [
    policy("containers-immutable-tags", {
      remediationSteps: "Set dockerConfig.immutableTags to true, and keep moving tags in a repository of their own.",
    }),
    policy("factory-bucket-access", { severity: "medium", remediationSteps: "Set uniformBucketLevelAccess to true." }),
    policy("factory-bucket-versioning", {
      level: "advisory",
      severity: "low",
      remediationSteps: "Set versioning.enabled to true.",
    }),
    policy("iam-no-primitive-roles", { severity: "critical", remediationSteps: "Grant a predefined role instead." }),
    policy("iam-no-public-members", { severity: "critical", remediationSteps: "Name a group instead of everybody." }),
    policy("images-customer-key", { level: "advisory", severity: undefined, url: undefined }),
    policy("logs-dataset-expiration", {
      level: "advisory",
      severity: "medium",
      remediationSteps: "Set defaultTableExpirationMs.",
    }),
    policy("logs-sink-writer", { type: "stack" }),
  ],
  violations: [
    {
      policy: "containers-immutable-tags",
      level: "mandatory",
      message: "dockerConfig.immutableTags is false: a tag that was released may come to mean another image.",
      urn: RELEASE,
    },
    { policy: "factory-bucket-access", level: "mandatory", message: "uniformBucketLevelAccess is false.", urn: BUCKET },
    { policy: "iam-no-primitive-roles", level: "mandatory", message: "role is a primitive role.", urn: EVERYBODY },
    {
      policy: "iam-no-public-members",
      level: "mandatory",
      message: "member is everybody on the internet.",
      urn: EVERYBODY,
    },
    { policy: "factory-bucket-versioning", level: "advisory", message: "versioning.enabled is false.", urn: BUCKET },
    {
      policy: "logs-dataset-expiration",
      level: "advisory",
      message: "defaultTableExpirationMs is not set: the tables grow for ever.",
      urn: DATASET,
    },
  ],
  unknowns: [
    { policy: "images-customer-key", message: "The answer depends on inputs that a preview does not know." },
    { policy: "logs-sink-writer", message: "member depends on what a preview does not know.", urn: WRITER },
  ],
  remediations: [
    { policy: "factory-labels", urn: BUCKET, inputs: ["labels"] },
    { policy: "factory-labels", urn: TOPIC, inputs: [], problem: "the labels are not known yet" },
  ],
};

const grant = (member: string, role: string, resource: string, of: string, other: Partial<Grant> = {}): Grant => ({
  ...{ member, role, resource, urn: of, authoritative: false },
  ...other,
});
const PUBLIC = grant("allUsers", "roles/editor", "project acme-images", EVERYBODY);

/** What the stack grants. */
export const GRANTS: Grant[] = [
  grant("[unknown] of pulls-sink", "roles/bigquery.dataEditor", "dataset pulls", WRITER),
  PUBLIC,
  grant(
    "group:images@example.com",
    "roles/artifactregistry.reader",
    "repository acme-images/europe-west1/release",
    RELEASE,
    {
      condition: 'request.time < timestamp("2027-01-01T00:00:00Z")',
    },
  ),
  grant("group:images@example.com", "roles/compute.imageUser", "project acme-images", EVERYBODY, {
    authoritative: true,
  }),
];

const change = (kind: ResourceChange["kind"], of: string, other: Partial<ResourceChange> = {}): ResourceChange => {
  const [, , type, name] = of.split("::");
  return { kind, urn: of, type, name, inputs: [], options: [], losesProtection: false, ...other };
};

/** A change of every kind. */
export const COMPARISON: Comparison = {
  summary:
    "1 to delete, 1 to replace, 1 to rename, 2 to update, 2 to create; 2 lose protection: the BigQuery dataset holds data",
  changes: [
    change("delete", urn("gcp:kms/cryptoKey:CryptoKey", "images-key"), {
      losesProtection: true,
      holds: "what the key encrypted can no longer be read",
    }),
    change("update", RELEASE, {
      losesProtection: true,
      inputs: [{ path: "dockerConfig.immutableTags", before: true, after: false, replaces: false }],
      options: [{ path: "protect", before: true, after: false, replaces: false }],
    }),
    change("replace", DATASET, {
      inputs: [
        { path: "labels.team", after: "platform", replaces: false },
        { path: "location", before: "EU", after: "US", replaces: true },
      ],
      holds: "the BigQuery dataset holds data",
      hint: "Copy the tables to a new dataset first, or keep the location.",
    }),
    change("rename", TOPIC, { oldUrn: urn("gcp:pubsub/topic:Topic", "events") }),
    change("update", SINK, {
      inputs: [
        {
          path: "destination",
          before: "bigquery.googleapis.com/projects/acme/datasets/pulls",
          after: { $unknown: true },
          replaces: false,
        },
        { path: "exclusions[]", before: { name: "noise", filter: "severity<INFO" }, replaces: false },
      ],
    }),
    change("create", EVERYBODY),
    change("create", BUCKET),
  ],
  unchanged: 4,
  grants: {
    added: [PUBLIC],
    removed: [
      grant(
        "group:auditors@example.com",
        "roles/viewer",
        "project acme-images",
        urn("gcp:projects/iAMMember:IAMMember", "auditors"),
      ),
    ],
    flipped: [GRANTS[3]],
  },
  requirements: { apis: ["storage.googleapis.com"], roles: ["roles/storage.admin"] },
  outputs: [
    {
      path: "registry",
      before: "europe-west1-docker.pkg.dev/acme/release",
      after: { $unknown: true },
      replaces: false,
    },
  ],
};
