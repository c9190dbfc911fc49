import { type GraphResource } from "../graph";
import { markerOf } from "../graphValue";

/** What is lost with a resource, by type. */
const HOLDINGS = new Map(
  Object.entries({
    "gcp:artifactregistry/repository:Repository": "the Artifact Registry repository holds images",
    "gcp:bigquery/dataset:Dataset": "the BigQuery dataset holds data",
    "gcp:bigquery/table:Table": "the BigQuery table holds data",
    "gcp:bigtable/instance:Instance": "the Bigtable instance holds data",
    "gcp:compute/disk:Disk": "the disk holds data",
    "gcp:compute/image:Image": "the image may be what instances start from",
    "gcp:compute/machineImage:MachineImage": "the machine image may be what instances start from",
    "gcp:compute/regionDisk:RegionDisk": "the disk holds data",
    "gcp:compute/snapshot:Snapshot": "the snapshot holds data",
    "gcp:container/cluster:Cluster": "the GKE cluster holds workloads",
    "gcp:filestore/instance:Instance": "the Filestore instance holds data",
    "gcp:firestore/database:Database": "the Firestore database holds data",
    "gcp:kms/cryptoKey:CryptoKey": "what the KMS key encrypts becomes unreadable",
    "gcp:kms/cryptoKeyVersion:CryptoKeyVersion": "what the KMS key version encrypts becomes unreadable",
    "gcp:logging/folderBucketConfig:FolderBucketConfig": "the log bucket holds logs",
    "gcp:logging/organizationBucketConfig:OrganizationBucketConfig": "the log bucket holds logs",
    "gcp:logging/projectBucketConfig:ProjectBucketConfig": "the log bucket holds logs",
    "gcp:organizations/project:Project": "the project holds everything that is in it",
    "gcp:secretmanager/regionalSecret:RegionalSecret": "the secret holds its versions",
    "gcp:secretmanager/secret:Secret": "the secret holds its versions",
    "gcp:secretmanager/secretVersion:SecretVersion": "the secret's version holds a value",
    "gcp:spanner/database:Database": "the Spanner database holds data",
    "gcp:spanner/instance:Instance": "the Spanner instance holds data",
    "gcp:sql/database:Database": "the SQL database holds data",
    "gcp:sql/databaseInstance:DatabaseInstance": "the SQL instance holds data",
    "gcp:storage/bucket:Bucket": "the bucket holds objects",
  }),
);

/** What is lost when this resource is deleted; nothing where it stays in Google Cloud, or has nothing of its own. */
export function holdingOf({ type, inputs, options }: GraphResource): string | undefined {
  if (options.retainOnDelete === true || inputs.deletionPolicy === "ABANDON") return undefined;
  const isFront = inputs.mode === "VIRTUAL_REPOSITORY" || inputs.mode === "REMOTE_REPOSITORY";
  if (type === "gcp:artifactregistry/repository:Repository") {
    if (isFront) return undefined;
    if (typeof inputs.format === "string" && inputs.format !== "DOCKER")
      return "the Artifact Registry repository holds packages";
  }
  // A view has nothing of its own; where that is not known, it counts as a table.
  if (type === "gcp:bigquery/table:Table" && inputs.view && markerOf(inputs.view) === undefined) return undefined;
  return HOLDINGS.get(type);
}
