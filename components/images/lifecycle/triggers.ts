import * as pulumi from "@pulumi/pulumi";
import { Job } from "@pulumi/gcp/cloudscheduler";
import { ProjectSink } from "@pulumi/gcp/logging";
import { ServiceIdentity } from "@pulumi/gcp/projects";
import { Subscription, SubscriptionIAMMember, Topic, TopicIAMMember } from "@pulumi/gcp/pubsub";
import { serviceAgentEmail } from "../../../core/iam/serviceAgents";
import { imageInsertions } from "../../../core/lifecycle/controller";
import { type OwnAccount } from "../../accounts";
import { after, madeOf } from "../../inputs";
import { type Declared } from "./declared";
import { TIMEOUT_SECONDS } from "./function";

/** Who calls the function, and where. */
export interface Target {
  /** Address of the function. */
  url: pulumi.Output<string>;
  /** As whom it is called. */
  caller: OwnAccount;
  /** What has to be there before it can be called. */
  ready: pulumi.Resource[];
}

/** Calls the function at its times. https://cloud.google.com/run/docs/triggering/using-scheduler */
export function createSchedule({ parent, name, args }: Declared, { url, caller, ready }: Target): Job {
  return new Job(
    `${name}-schedule`,
    {
      project: args.project,
      region: args.region,
      name: args.functionName,
      description: "Ages images by the policies of their families",
      schedule: args.schedule,
      timeZone: args.timeZone,
      attemptDeadline: `${TIMEOUT_SECONDS}s`,
      retryConfig: { retryCount: 2, minBackoffDuration: "60s", maxBackoffDuration: "600s" },
      httpTarget: {
        uri: url,
        httpMethod: "POST",
        oidcToken: { serviceAccountEmail: caller.email, audience: url },
      },
    },
    { parent, dependsOn: ready },
  );
}

/** The topics and subscriptions that tell the function of new images. */
export interface ImageEvents {
  /** Where audit logs of inserted images go. */
  topic: Topic;
  /** Calls the function. */
  subscription: Subscription;
  /** Where messages end that the function refused again and again. */
  deadLetters: Topic;
  /** Keeps those for a week. */
  keptLetters: Subscription;
}

/** Calls the function when an image was inserted. https://cloud.google.com/pubsub/docs/push */
export function createImageEvents(declared: Declared, target: Target): ImageEvents {
  const topic = createTopic(declared, "images");
  createSink(declared, topic);
  const deadLetters = createTopic(declared, "dead-letters");
  const keptLetters = keepLetters(declared, deadLetters);
  const subscription = push(declared, topic, deadLetters, target);
  grantDeadLetters(declared, deadLetters, subscription);
  return { topic, subscription, deadLetters, keptLetters };
}

function createTopic({ parent, name, args }: Declared, purpose: string): Topic {
  const { project, labels, functionName } = args;
  const topic = { project, labels, name: madeOf(functionName, (known) => `${known}-${purpose}`) };
  return new Topic(`${name}-${purpose}`, topic, { parent });
}

function createSink({ parent, name, args, grants }: Declared, topic: Topic): void {
  const { project, functionName } = args;
  const sink = new ProjectSink(
    `${name}-images-sink`,
    {
      project,
      name: madeOf(functionName, (known) => `${known}-images`),
      description: "Inserted images",
      destination: pulumi.interpolate`pubsub.googleapis.com/projects/${project}/topics/${topic.name}`,
      filter: madeOf(project, imageInsertions),
      uniqueWriterIdentity: true,
    },
    { parent },
  );
  const granted = { project, topic: topic.name, role: "roles/pubsub.publisher", member: sink.writerIdentity };
  const resource = pulumi.interpolate`projects/${project}/topics/${topic.name}`;
  new TopicIAMMember(`${name}-images-writer`, grants.on(resource, granted), { parent });
}

/** A topic without a subscription forgets what it is told. */
function keepLetters({ parent, name, args }: Declared, topic: Topic): Subscription {
  const { project, labels, functionName } = args;
  return new Subscription(
    `${name}-dead-letters-kept`,
    {
      project,
      labels,
      name: madeOf(functionName, (known) => `${known}-dead-letters`),
      topic: topic.id,
      messageRetentionDuration: `${7 * 86_400}s`,
      expirationPolicy: { ttl: "" },
    },
    { parent },
  );
}

function push({ parent, name, args }: Declared, topic: Topic, deadLetters: Topic, target: Target): Subscription {
  const { project, labels, functionName } = args;
  const { url, caller, ready } = target;
  return new Subscription(
    `${name}-images-push`,
    {
      project,
      labels,
      name: madeOf(functionName, (known) => `${known}-images`),
      topic: topic.id,
      ackDeadlineSeconds: TIMEOUT_SECONDS,
      messageRetentionDuration: "86400s",
      expirationPolicy: { ttl: "" },
      retryPolicy: { minimumBackoff: "60s", maximumBackoff: "600s" },
      deadLetterPolicy: { deadLetterTopic: deadLetters.id, maxDeliveryAttempts: 10 },
      pushConfig: { pushEndpoint: url, oidcToken: { serviceAccountEmail: caller.email, audience: url } },
    },
    { parent, dependsOn: ready },
  );
}

/** Pub/Sub itself moves dead letters. https://cloud.google.com/pubsub/docs/dead-letter-topics#grant_forwarding_permissions */
function grantDeadLetters({ parent, name, args, grants }: Declared, topic: Topic, subscription: Subscription): void {
  const { project, projectNumber = "" } = args;
  const api = "pubsub.googleapis.com";
  const agent = new ServiceIdentity(`${name}-pubsub-agent`, { project, service: api }, { parent });
  const email = madeOf(projectNumber, (known) => serviceAgentEmail(api, known));
  const member = after(agent, pulumi.interpolate`serviceAccount:${email}`);
  const publisher = { project, topic: topic.name, role: "roles/pubsub.publisher", member };
  const subscriber = { project, subscription: subscription.name, role: "roles/pubsub.subscriber", member };
  const topicName = pulumi.interpolate`projects/${project}/topics/${topic.name}`;
  const subscriptionName = pulumi.interpolate`projects/${project}/subscriptions/${subscription.name}`;
  new TopicIAMMember(`${name}-dead-letters-writer`, grants.on(topicName, publisher), { parent });
  new SubscriptionIAMMember(`${name}-images-forwarder`, grants.on(subscriptionName, subscriber), { parent });
}
