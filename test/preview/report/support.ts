import { type GraphResource, type PreviewGraph, type Report } from "../../../preview";
import { COMPARISON, GRANTS, PACK } from "./fixture";

/** URN of a resource of the test's stack. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:prod::shop-images::${type}::${name}`;
}

/** A resource of which nothing but type and name matters, apart from what is given. */
export function resourceOf(type: string, name: string, other: Partial<GraphResource> = {}): GraphResource {
  return {
    urn: urnOf(type, name),
    type,
    name,
    custom: type.startsWith("gcp:"),
    inputs: {},
    protect: false,
    aliases: [],
    dependencies: [],
    propertyDependencies: {},
    options: {},
    ...other,
  };
}

/** A graph of these resources. */
export function graphOf(resources: GraphResource[], other: Partial<PreviewGraph> = {}): PreviewGraph {
  return {
    apiVersion: "kiln/v1",
    kind: "PreviewGraph",
    project: "shop-images",
    stack: "prod",
    source: "offline",
    resources,
    outputs: {},
    diagnostics: [],
    lookups: [],
    ...other,
  };
}

const STACK = resourceOf("pulumi:pulumi:Stack", "shop-images-prod");
const FAMILY = resourceOf("kiln:index:ImageFamily", "web", { parent: STACK.urn });
const LOGS = resourceOf("kiln:index:PullLogs", "pulls", { parent: STACK.urn });
const SINK = resourceOf("gcp:logging/projectSink:ProjectSink", "pulls-sink", {
  parent: LOGS.urn,
  inputs: { name: "pulls", destination: { $unknown: true }, filter: 'jsonPayload.message =~ "^Pulling image"' },
});
const DATASET = resourceOf("gcp:bigquery/dataset:Dataset", "pulls-dataset", {
  parent: LOGS.urn,
  inputs: { datasetId: "pulls", location: "US", labels: { "kiln-family": "web", team: "platform" } },
});

/** A report that has everything a renderer shows. */
export function fullReport(): Report {
  const bucket = resourceOf("gcp:storage/bucket:Bucket", "web-policies", {
    parent: FAMILY.urn,
    inputs: { location: "EU", uniformBucketLevelAccess: false, versioning: { enabled: false } },
  });
  const graph = graphOf(
    [
      STACK,
      FAMILY,
      bucket,
      resourceOf("gcp:storage/bucketObject:BucketObject", "web-policy", {
        parent: FAMILY.urn,
        inputs: { bucket: { $unknown: true }, name: "families/web.json", content: "[secret]" },
        dependencies: [bucket.urn],
        propertyDependencies: { bucket: [bucket.urn] },
      }),
      LOGS,
      DATASET,
      SINK,
      resourceOf("gcp:bigquery/datasetIamMember:DatasetIamMember", "pulls-writer", {
        parent: LOGS.urn,
        inputs: { member: { $unknown: true }, role: "roles/bigquery.dataEditor" },
        dependencies: [SINK.urn, DATASET.urn],
      }),
      resourceOf("gcp:artifactregistry/repository:Repository", "release", {
        parent: STACK.urn,
        inputs: { format: "DOCKER", dockerConfig: { immutableTags: false } },
        protect: true,
        options: { retainOnDelete: true },
      }),
      resourceOf("gcp:projects/iAMMember:IAMMember", "everybody", {
        parent: STACK.urn,
        inputs: { project: "acme-images", role: "roles/editor", member: "allUsers" },
      }),
      resourceOf("gcp:pubsub/topic:Topic", "builds", {
        parent: STACK.urn,
        aliases: [urnOf("gcp:pubsub/topic:Topic", "events")],
      }),
    ],
    {
      outputs: { bucket: "web-policies-1a2b", registry: { $unknown: true }, token: "[secret]" },
      diagnostics: [
        { severity: "warning", message: "the key rotates in 200 days\nset rotationPeriod", urn: bucket.urn },
        { severity: "info", message: "12 images are in the catalogue" },
      ],
      lookups: [
        {
          token: "gcp:compute/getImage:getImage",
          args: { family: "debian-12", project: "debian-cloud" },
          answered: false,
        },
      ],
      policyPacks: [PACK],
    },
  );
  return {
    graph,
    grants: GRANTS,
    comparison: COMPARISON,
    costs: [
      {
        kind: "BigQuery datasets",
        count: 1,
        drivers: "bytes stored and bytes scanned by queries",
        link: "https://cloud.google.com/bigquery/pricing",
      },
      {
        kind: "Cloud Storage buckets",
        count: 1,
        drivers: "bytes stored by class and location, operations, and bytes read across regions",
        link: "https://cloud.google.com/storage/pricing",
      },
    ],
  };
}
