import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";

const job = (httpTarget: Value): CaseResource => ({
  type: "gcp:cloudscheduler/job:Job",
  name: "nightly",
  inputs: { region: "europe-west1", schedule: "0 3 * * *", httpTarget },
});
const subscription = (pushConfig: Value): CaseResource => ({
  type: "gcp:pubsub/subscription:Subscription",
  name: "images",
  inputs: { topic: "images", pushConfig },
});

const URI = "https://aging-123456789012.europe-west1.run.app";
const OWN = "caller@acme-images.iam.gserviceaccount.com";
const DEFAULT = "123456789012-compute@developer.gserviceaccount.com";

export const cases: RuleCases = {
  good: [
    {
      title: "a job with an account of its own",
      resources: [job({ uri: URI, oidcToken: { serviceAccountEmail: OWN } })],
    },
    {
      title: "a subscription with an account of its own",
      resources: [subscription({ pushEndpoint: URI, oidcToken: { serviceAccountEmail: OWN } })],
    },
    {
      title: "a call of Google's own API",
      resources: [job({ uri: "https://compute.googleapis.com/compute/v1", oauthToken: { serviceAccountEmail: OWN } })],
    },
    { title: "a subscription that somebody pulls from", resources: [subscription(undefined)] },
  ],
  bad: [
    { title: "a job without a token", resources: [job({ uri: URI })], says: ["httpTarget.oidcToken Nobody is told"] },
    {
      title: "a subscription without one",
      resources: [subscription({ pushEndpoint: URI })],
      says: ["pushConfig.oidcToken Nobody is told"],
    },
    {
      title: "a job that calls as a default account",
      resources: [job({ uri: URI, oidcToken: { serviceAccountEmail: DEFAULT } })],
      says: ["httpTarget.oidcToken.serviceAccountEmail It calls as a default account"],
    },
  ],
  unknown: [
    { title: "the account", resources: [job({ uri: URI, oidcToken: { serviceAccountEmail: UNKNOWN } })] },
    { title: "all of the call", resources: [subscription(UNKNOWN)] },
    { title: "the token", resources: [job({ uri: URI, oidcToken: UNKNOWN })] },
  ],
  secret: [
    {
      title: "a secret address",
      resources: [job({ uri: secretValue("hunter2") })],
    },
  ],
  absent: [
    { title: "a job that publishes to a topic", resources: [job(undefined)] },
    {
      title: "a token of nobody",
      resources: [job({ uri: URI, oidcToken: {} })],
      says: ["httpTarget.oidcToken.serviceAccountEmail It calls as a default account"],
    },
  ],
};
