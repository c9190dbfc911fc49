import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { DATASET } from "./datasets";

const SAYS = "Everybody on the internet gets this";

const dataset = (accesses: Value): CaseResource => ({ type: DATASET, inputs: { datasetId: "pulls", accesses } });

const viewer = (member: Value): CaseResource => ({
  type: "gcp:bigquery/datasetIamMember:DatasetIamMember",
  inputs: { datasetId: "pulls", role: "roles/bigquery.dataViewer", member },
});

const access = (inputs: Record<string, Value>): CaseResource => ({
  type: "gcp:bigquery/datasetAccess:DatasetAccess",
  inputs: { datasetId: "pulls", role: "READER", ...inputs },
});

export const cases: RuleCases = {
  good: [
    { title: "a group", resources: [viewer("group:analysts@acme.example")] },
    {
      title: "a list of the dataset's own",
      resources: [
        dataset([
          { role: "OWNER", specialGroup: "projectOwners" },
          { role: "READER", groupByEmail: "analysts@acme.example" },
        ]),
      ],
    },
    { title: "an entry beside the dataset", resources: [access({ userByEmail: "ada@acme.example" })] },
  ],
  bad: [
    { title: "everybody", resources: [viewer("allUsers")], says: [`member ${SAYS}`] },
    {
      title: "everybody with an account, in the dataset's own list",
      resources: [dataset([{ specialGroup: "projectOwners" }, { specialGroup: "allAuthenticatedUsers" }])],
      says: [`accesses[1].specialGroup ${SAYS}`],
    },
    {
      title: "everybody, in the dataset's own list",
      resources: [dataset([{ role: "READER", iamMember: "allUsers" }])],
      says: [`accesses[0].iamMember ${SAYS}`],
    },
    {
      title: "an entry beside the dataset",
      resources: [access({ specialGroup: "allAuthenticatedUsers" })],
      says: [`specialGroup ${SAYS}`],
    },
    {
      title: "a table",
      resources: [
        {
          type: "gcp:bigquery/iamBinding:IamBinding",
          inputs: { tableId: "events", role: "roles/bigquery.dataViewer", members: ["allAuthenticatedUsers"] },
        },
      ],
      says: [`members[0] ${SAYS}`],
    },
  ],
  unknown: [
    { title: "the member", resources: [viewer(UNKNOWN)] },
    { title: "the list", resources: [dataset(UNKNOWN)] },
    { title: "an entry of the list", resources: [dataset([UNKNOWN])] },
    { title: "a group", resources: [access({ specialGroup: UNKNOWN })] },
  ],
  secret: [{ title: "a secret member", resources: [viewer(secretValue("user:hunter2@acme.example"))] }],
  absent: [{ title: "no list, which gives it to the project", resources: [dataset(undefined)] }],
};
