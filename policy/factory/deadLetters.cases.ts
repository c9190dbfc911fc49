import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";

const subscription = (pushConfig: Value, deadLetterPolicy?: Value): CaseResource => ({
  type: "gcp:pubsub/subscription:Subscription",
  name: "images",
  inputs: { topic: "images", pushConfig, deadLetterPolicy },
});

const PUSH = { pushEndpoint: "https://aging-123456789012.europe-west1.run.app" };
const LETTERS = { deadLetterTopic: "projects/acme-images/topics/dead-letters", maxDeliveryAttempts: 10 };
const SAYS = "deadLetterPolicy.deadLetterTopic Nothing keeps what the function refuses";

export const cases: RuleCases = {
  good: [
    { title: "a topic for what is refused", resources: [subscription(PUSH, LETTERS)] },
    { title: "a topic that is still to come", resources: [subscription(PUSH, { deadLetterTopic: UNKNOWN })] },
    { title: "a subscription that somebody pulls from", resources: [subscription(undefined)] },
  ],
  bad: [
    { title: "none", resources: [subscription(PUSH)], says: [SAYS] },
    { title: "a policy without a topic", resources: [subscription(PUSH, { maxDeliveryAttempts: 5 })], says: [SAYS] },
  ],
  unknown: [{ title: "whether it calls anybody", resources: [subscription(UNKNOWN)] }],
  secret: [{ title: "a secret address", resources: [subscription({ pushEndpoint: secretValue("hunter2") })] }],
  absent: [{ title: "neither a call nor a topic", resources: [subscription(undefined, undefined)] }],
};
