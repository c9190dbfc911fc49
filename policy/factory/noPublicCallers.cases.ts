import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "Everybody on the internet gets this";
const SCHEDULER = "serviceAccount:scheduler@acme-images.iam.gserviceaccount.com";

const GRANTS = [
  "gcp:cloudfunctions/functionIamMember:FunctionIamMember",
  "gcp:cloudfunctionsv2/functionIamMember:FunctionIamMember",
  "gcp:cloudrun/iamMember:IamMember",
  "gcp:cloudrunv2/jobIamMember:JobIamMember",
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember",
  "gcp:cloudrunv2/workerPoolIamMember:WorkerPoolIamMember",
];

const invoker = (member: Value, type = GRANTS[4]): CaseResource => ({
  type,
  inputs: { name: "controller", role: "roles/run.invoker", member },
});

const service = (inputs: Inputs): CaseResource => ({ type: "gcp:cloudrunv2/service:Service", inputs });

const annotated = (annotations: Value): CaseResource => ({
  type: "gcp:cloudrun/service:Service",
  inputs: { metadata: { annotations } },
});

export const cases: RuleCases = {
  good: [
    { title: "a service account", resources: [invoker(SCHEDULER)] },
    { title: "callers that are asked", resources: [service({ invokerIamDisabled: false })] },
    {
      title: "callers that are asked, by an annotation",
      resources: [annotated({ "run.googleapis.com/invoker-iam-disabled": "false" })],
    },
  ],
  bad: [
    ...GRANTS.map((type) => ({
      title: `everybody in ${type}`,
      resources: [invoker("allUsers", type)],
      says: [`member ${SAYS}`],
    })),
    {
      title: "everybody with an account, among others",
      resources: [
        {
          type: "gcp:cloudrunv2/serviceIamBinding:ServiceIamBinding",
          inputs: { name: "controller", role: "roles/run.invoker", members: [SCHEDULER, "allAuthenticatedUsers"] },
        },
      ],
      says: [`members[1] ${SAYS}`],
    },
    {
      title: "no caller is asked",
      resources: [service({ invokerIamDisabled: true })],
      says: ["invokerIamDisabled Nobody who calls is asked for a grant"],
    },
    {
      title: "no caller is asked, by an annotation",
      resources: [annotated({ "run.googleapis.com/invoker-iam-disabled": "true" })],
      says: ["metadata.annotations.run.googleapis.com/invoker-iam-disabled Nobody who calls is asked"],
    },
  ],
  unknown: [
    { title: "the member", resources: [invoker(UNKNOWN)] },
    { title: "whether callers are asked", resources: [service({ invokerIamDisabled: UNKNOWN })] },
    { title: "the annotations of a service", resources: [annotated(UNKNOWN)] },
  ],
  secret: [{ title: "a secret member", resources: [invoker(secretValue("user:hunter2@acme.example"))] }],
  absent: [
    { title: "no member", resources: [invoker(undefined)] },
    { title: "nothing is said of callers", resources: [service({}), annotated({})] },
  ],
};
