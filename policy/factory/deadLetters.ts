import { type ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";

const TOPIC = "deadLetterPolicy.deadLetterTopic";

/** What cannot be delivered is kept, and not tried for days. */
export const deadLetters: ResourceRule = {
  id: "factory-dead-letters",
  what: "Subscriptions that call a function have a dead-letter topic.",
  why: "A message that a function refuses is delivered again and again until it is a week old, and each time the function runs. Then it is gone, and nobody knows what was not done. A dead-letter topic takes it after a few tries, and tells by its size.",
  fix: "Set `deadLetterPolicy` with a `deadLetterTopic` that has a subscription, and grant Pub/Sub's service agent `roles/pubsub.publisher` on that topic and `roles/pubsub.subscriber` on this subscription.",
  severity: "low",
  level: "advisory",
  link: "https://cloud.google.com/pubsub/docs/dead-letter-topics",
  types: ["gcp:pubsub/subscription:Subscription"],
  check: ({ inputs }) => {
    const topic = at(inputs, TOPIC) ?? undefined;
    const push = inputs.pushConfig ?? undefined;
    if (push === undefined || (topic !== undefined && topic !== UNKNOWN && topic !== "")) return [];
    if (push === UNKNOWN) return topic === UNKNOWN ? [] : [{ path: "pushConfig", cannotTell: true }];
    return topic === UNKNOWN ? [] : [{ path: TOPIC, violation: "Nothing keeps what the function refuses." }];
  },
};
