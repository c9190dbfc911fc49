import { alike, anyLikely, bothAlike, type Likely } from "../likely";
import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { type Destination, destinationOf, isOn } from "./destinations";
import { grantedBy, isWriter, lets } from "./writers";

const PROJECT_SINK = "gcp:logging/projectSink:ProjectSink";
const SINKS = [
  PROJECT_SINK,
  "gcp:logging/billingAccountSink:BillingAccountSink",
  "gcp:logging/folderSink:FolderSink",
  "gcp:logging/organizationSink:OrganizationSink",
];

/** A sink may write to where it sends. */
export const sinkWriter: StackRule = {
  id: "logs-sink-writer",
  what: "The writer of each log sink is granted to write to the sink's destination.",
  why: "Cloud Logging makes an account for a sink but grants it nothing: until somebody does, every entry is dropped, without an error where the sink is looked at. The account is known after the deployment only: a preview goes by whether the grant is made of the sink's output.",
  fix: "Grant the sink's output `writerIdentity` a role on the destination: `roles/bigquery.dataEditor` on a dataset, `roles/storage.objectCreator` on a bucket, `roles/pubsub.publisher` on a topic, `roles/logging.bucketWriter` on the project of a log bucket.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/logging/docs/export/configure_export_v2#dest-auth",
  checkStack: (resources) => {
    const writersAt = onceFor((destination: Destination) => resources.flatMap((one) => writersOn(one, destination)));
    return resources
      .filter(({ type, inputs }) => SINKS.includes(type) && inputs.disabled !== true)
      .flatMap((sink) => judged(sink, writersAt));
  },
};

function judged(sink: PolicyResource, writersAt: (destination: Destination) => Writer[]): Finding[] {
  const { urn, inputs } = sink;
  const path = "destination";
  if (inputs.destination === UNKNOWN) return [{ path, cannotTell: true, urn }];
  const destination = typeof inputs.destination === "string" ? destinationOf(inputs.destination) : undefined;
  if (destination === undefined) return [];
  const answers = writersAt(destination).map((one) => bothAlike([one.may, isIt(one, sink)]));
  const answer = anyLikely([needsNone(sink, destination), ...answers]);
  if (answer === "maybe") return [{ path, cannotTell: true, urn }];
  if (answer === "yes") return [];
  return [{ path, violation: "Nobody is granted to write to this sink's destination as its writer.", urn }];
}

/** A log bucket of the sink's own project needs no grant. */
function needsNone({ type, inputs }: PolicyResource, { service, project }: Destination): Likely {
  if (service !== "logging" || type !== PROJECT_SINK) return "no";
  return alike(inputs.project ?? UNKNOWN, project);
}

/** A member that is not known yet, and that is made of the sink's outputs, is the sink's writer. */
function isIt({ member, sources }: Writer, sink: PolicyResource): Likely {
  return member === UNKNOWN && sources.includes(sink.urn) ? "yes" : isWriter(member, writerOf(sink));
}

/** An account of the user's own, or what Cloud Logging made. */
function writerOf({ inputs }: PolicyResource): Value {
  return inputs.customWriterIdentity ?? inputs.writerIdentity ?? UNKNOWN;
}

/** Inputs that name members, in grants and in a dataset's own list. */
const MEMBERS = ["member", "members", "accesses", "iamMember", "userByEmail"];

/** Somebody who may write to a destination. */
interface Writer {
  member: Value;
  /** URNs of the resources from which the member comes. */
  sources: readonly string[];
  may: Likely;
}

function writersOn(resource: PolicyResource, destination: Destination): Writer[] {
  const on = isOn(resource, destination);
  if (on === "no") return [];
  const sources = MEMBERS.flatMap((input) => resource.sources?.[input] ?? []);
  return grantedBy(resource)
    .map(({ role, member }): Writer => ({ member, sources, may: bothAlike([on, lets(role, destination.service)]) }))
    .filter(({ may }) => may !== "no");
}

/** Most sinks of a stack write to one destination. */
function onceFor<T>(find: (destination: Destination) => T): (destination: Destination) => T {
  const found = new Map<string, T>();
  return (destination) => {
    const key = JSON.stringify(destination);
    const value = found.get(key) ?? find(destination);
    found.set(key, value);
    return value;
  };
}
