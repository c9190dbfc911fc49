import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "destination Nobody is granted to write to this sink's destination";
const DATASET = "bigquery.googleapis.com/projects/acme/datasets/pulls";
const WRITER = "serviceAccount:service-123456789012@gcp-sa-logging.iam.gserviceaccount.com";

const SINK = { type: "gcp:logging/projectSink:ProjectSink", name: "sink" };

const sink = (inputs: Inputs, type = SINK.type): CaseResource => ({
  ...SINK,
  type,
  inputs: { project: "acme-shop", destination: DATASET, writerIdentity: UNKNOWN, ...inputs },
});

const grant = (type: string, inputs: Inputs): CaseResource => ({ type, name: "writer", inputs });

const onDataset = (member: Value, more: Inputs = {}): CaseResource =>
  grant("gcp:bigquery/datasetIamMember:DatasetIamMember", {
    project: "acme",
    datasetId: "pulls",
    role: "roles/bigquery.dataEditor",
    member,
    ...more,
  });

const onProject = (role: string, member: Value): CaseResource =>
  grant("gcp:projects/iAMMember:IAMMember", { project: "acme", role, member });

const ofDataset = (access: Inputs): CaseResource => ({
  type: "gcp:bigquery/dataset:Dataset",
  name: "pulls",
  inputs: { project: "acme", datasetId: "pulls", accesses: [access] },
});

export const cases: RuleCases = {
  good: [
    {
      title: "the writer of a sink that is created first",
      resources: [sink({}), { ...onDataset(UNKNOWN), sources: { member: [SINK] } }],
    },
    { title: "the sink's own writer", resources: [sink({ writerIdentity: WRITER }), onDataset(WRITER)] },
    {
      title: "an account of one's own",
      resources: [
        sink({ customWriterIdentity: "serviceAccount:logs@acme.iam.gserviceaccount.com" }),
        onDataset("serviceAccount:logs@acme.iam.gserviceaccount.com"),
      ],
    },
    {
      title: "the dataset's own list",
      resources: [
        sink({ writerIdentity: WRITER }),
        ofDataset({ role: "WRITER", userByEmail: WRITER.slice("serviceAccount:".length) }),
      ],
    },
    {
      title: "a grant on the whole project",
      resources: [sink({ writerIdentity: WRITER }), onProject("roles/bigquery.dataEditor", WRITER)],
    },
    {
      title: "a log bucket of the same project, which needs none",
      resources: [sink({ destination: "logging.googleapis.com/projects/acme-shop/locations/eu/buckets/pulls" })],
    },
    { title: "a sink that is off", resources: [sink({ disabled: true })] },
  ],
  bad: [
    { title: "no grant", resources: [sink({})], says: [SAYS] },
    {
      title: "a reader",
      resources: [sink({}), onDataset(UNKNOWN, { role: "roles/bigquery.dataViewer" })],
      says: [SAYS],
    },
    { title: "another dataset", resources: [sink({}), onDataset(UNKNOWN, { datasetId: "billing" })], says: [SAYS] },
    {
      title: "a dataset of another project",
      resources: [sink({}), onDataset(UNKNOWN, { project: "other" })],
      says: [SAYS],
    },
    { title: "somebody else", resources: [sink({}), onDataset("group:platform@acme.example")], says: [SAYS] },
    {
      title: "the writer of another sink",
      resources: [
        sink({ writerIdentity: WRITER }),
        onDataset("serviceAccount:service-999999999999@gcp-sa-logging.iam.gserviceaccount.com"),
      ],
      says: [SAYS],
    },
    {
      title: "a bucket, with a grant on another one",
      resources: [
        sink({ destination: "storage.googleapis.com/acme-logs" }, "gcp:logging/folderSink:FolderSink"),
        grant("gcp:storage/bucketIAMMember:BucketIAMMember", {
          bucket: "acme-images-kiln",
          role: "roles/storage.objectCreator",
          member: UNKNOWN,
        }),
      ],
      says: [SAYS],
    },
    {
      title: "a log bucket of another project",
      resources: [sink({ destination: "logging.googleapis.com/projects/acme/locations/eu/buckets/pulls" })],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the member", resources: [sink({}), onDataset(UNKNOWN)] },
    {
      title: "the member, which another sink gives",
      resources: [sink({}), { ...onDataset(UNKNOWN), sources: { member: [{ ...SINK, name: "other" }] } }],
    },
    { title: "the dataset of the grant", resources: [sink({}), onDataset(UNKNOWN, { datasetId: UNKNOWN })] },
    { title: "the destination", resources: [sink({ destination: UNKNOWN })] },
    { title: "an account of Cloud Logging's, as somebody wrote it", resources: [sink({}), onDataset(WRITER)] },
    {
      title: "what a role of one's own holds",
      resources: [sink({}), onProject("projects/acme/roles/writer", UNKNOWN)],
    },
    {
      title: "a whole policy",
      resources: [
        sink({ destination: "pubsub.googleapis.com/projects/acme/topics/pulls" }),
        grant("gcp:pubsub/topicIAMPolicy:TopicIAMPolicy", { topic: "pulls", policyData: UNKNOWN }),
      ],
    },
    {
      title: "an entry of the dataset's own list",
      resources: [sink({}), ofDataset({ role: "WRITER", userByEmail: UNKNOWN })],
    },
    {
      title: "whose log bucket it is",
      resources: [
        sink({
          project: undefined,
          destination: "logging.googleapis.com/projects/acme/locations/eu/buckets/pulls",
        }),
      ],
    },
  ],
  secret: [
    {
      title: "a secret destination",
      resources: [sink({ destination: secretValue("bigquery.googleapis.com/projects/hunter2/datasets/d") })],
    },
  ],
  absent: [
    { title: "no sink", resources: [onDataset(UNKNOWN)] },
    { title: "no destination", resources: [sink({ destination: undefined })] },
    { title: "no output of the sink", resources: [sink({ writerIdentity: undefined })], says: [SAYS] },
  ],
};
