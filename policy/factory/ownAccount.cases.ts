import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";

const SAYS = "runs as a default account";
const BUILDER = "projects/acme-images/serviceAccounts/builder@acme-images.iam.gserviceaccount.com";
const RUNNER = "runner@acme-images.iam.gserviceaccount.com";
const FUNCTION = "gcp:cloudfunctionsv2/function:Function";

const trigger = (serviceAccount: Value): CaseResource => ({
  type: "gcp:cloudbuild/trigger:Trigger",
  inputs: { filename: "cloudbuild.yaml", serviceAccount },
});

const onEvents = (eventTrigger: Value): CaseResource => ({
  type: FUNCTION,
  inputs: {
    serviceConfig: { serviceAccountEmail: RUNNER },
    buildConfig: { serviceAccount: BUILDER },
    eventTrigger,
  },
});

export const cases: RuleCases = {
  good: [
    { title: "an account of the trigger's own", resources: [trigger(BUILDER)] },
    {
      title: "accounts for the function and for its build",
      resources: [
        {
          type: FUNCTION,
          inputs: { serviceConfig: { serviceAccountEmail: RUNNER }, buildConfig: { serviceAccount: BUILDER } },
        },
      ],
    },
    {
      title: "an account for the function's trigger",
      resources: [onEvents({ serviceAccountEmail: RUNNER })],
    },
    {
      title: "an account of the job's own",
      resources: [{ type: "gcp:cloudrunv2/job:Job", inputs: { template: { template: { serviceAccount: RUNNER } } } }],
    },
  ],
  bad: [
    {
      title: "Compute Engine's account",
      resources: [trigger("projects/acme-images/serviceAccounts/123456789012-compute@developer.gserviceaccount.com")],
      says: [`serviceAccount It ${SAYS}`],
    },
    {
      title: "Cloud Build's account",
      resources: [trigger("projects/-/serviceAccounts/123456789012@cloudbuild.gserviceaccount.com")],
      says: [SAYS],
    },
    {
      title: "App Engine's account",
      resources: [
        {
          type: "gcp:cloudfunctions/function:Function",
          inputs: { serviceAccountEmail: "acme-images@appspot.gserviceaccount.com", buildServiceAccount: BUILDER },
        },
      ],
      says: [`serviceAccountEmail It ${SAYS}`],
    },
    {
      title: "a build of a function",
      resources: [{ type: FUNCTION, inputs: { serviceConfig: { serviceAccountEmail: RUNNER }, buildConfig: {} } }],
      says: [`buildConfig.serviceAccount The build of the function ${SAYS}`],
    },
    {
      title: "a trigger of a function",
      resources: [onEvents({ eventType: "google.cloud.pubsub.topic.v1.messagePublished" })],
      says: [`eventTrigger.serviceAccountEmail The trigger of the function ${SAYS}`],
    },
  ],
  unknown: [
    { title: "an account that is created first", resources: [trigger(UNKNOWN)] },
    { title: "a trigger of a function", resources: [onEvents(UNKNOWN)] },
    {
      title: "a template",
      resources: [{ type: "gcp:cloudrunv2/service:Service", inputs: { template: UNKNOWN } }],
    },
  ],
  secret: [{ title: "a secret account", resources: [trigger(secretValue("hunter2@appspot.gserviceaccount.com"))] }],
  absent: [
    { title: "no account", resources: [trigger(undefined)], says: [SAYS] },
    {
      title: "no account of a function",
      resources: [{ type: FUNCTION, inputs: {} }],
      says: [`serviceConfig.serviceAccountEmail It ${SAYS}`, "buildConfig.serviceAccount"],
    },
    ...["gcp:eventarc/trigger:Trigger", "gcp:workflows/workflow:Workflow"].map((type) => ({
      title: `no account of ${type}`,
      resources: [{ type, inputs: {} }],
      says: [SAYS],
    })),
    ...["gcp:cloudrun/service:Service", "gcp:cloudrunv2/service:Service", "gcp:cloudrunv2/workerPool:WorkerPool"].map(
      (type) => ({ title: `no account of ${type}`, resources: [{ type, inputs: { template: {} } }], says: [SAYS] }),
    ),
  ],
};
