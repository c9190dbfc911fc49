import { type Grant } from "../compare/comparison";
import { compareText, type GraphResource, type PreviewGraph } from "../graph";
import { type GraphValue } from "../graphValue";
import { type Bound, datasetAccesses, singleAccess } from "./datasetAccess";
import { placeOf } from "./place";
import { conditionText, fieldsOf, textAt, textOf } from "./text";

const IAM = /^gcp:.*I(?:AM|am)(Member|Binding|Policy)$/;

/** Who gets what where, from every resource that gives a role; by member, role, resource, condition and URN. */
export function grantsOf({ resources }: Pick<PreviewGraph, "resources">): Grant[] {
  return managed(resources).flatMap(grantsOfResource).sort(byMember);
}

/** Resources that the program manages and keeps: neither components, nor what is only read or deleted. */
export function managed(resources: readonly GraphResource[]): GraphResource[] {
  return resources.filter(({ custom, read, change }) => custom && read === undefined && change?.op !== "delete");
}

function grantsOfResource(resource: GraphResource): Grant[] {
  const kind = IAM.exec(resource.type)?.[1];
  const { urn, type } = resource;
  if (kind !== undefined) {
    const place = { resource: placeOf(resource), authoritative: kind !== "Member", urn };
    return boundOf(kind, resource).map((bound) => ({ ...bound, ...place }));
  }
  if (type === "gcp:bigquery/dataset:Dataset") {
    const place = { resource: placeOf(resource), authoritative: true, urn };
    return datasetAccesses(resource).map((bound) => ({ ...bound, ...place }));
  }
  if (type === "gcp:bigquery/datasetAccess:DatasetAccess") {
    const place = { resource: placeOf(resource), authoritative: false, urn };
    return singleAccess(resource).map((bound) => ({ ...bound, ...place }));
  }
  return [];
}

/** Who gets what by a resource of IAM; nothing for others. */
export function boundBy(resource: GraphResource): Bound[] {
  const kind = IAM.exec(resource.type)?.[1];
  return kind === undefined ? [] : boundOf(kind, resource);
}

function boundOf(kind: string, resource: GraphResource): Bound[] {
  const role = textAt(resource, "role");
  const condition = conditionText(resource.inputs.condition);
  if (kind === "Policy") return boundByPolicy(resource);
  if (kind === "Member") return [{ member: textAt(resource, "member"), role, ...condition }];
  const { members } = resource.inputs;
  if (!Array.isArray(members)) return [{ member: textAt(resource, "members"), role, ...condition }];
  return members.map((member) => ({ member: textOf(member, resource, "members"), role, ...condition }));
}

/** A whole policy is JSON text, which a preview knows where no look-up made it. */
function boundByPolicy(resource: GraphResource): Bound[] {
  const bindings = bindingsOf(resource.inputs.policyData);
  if (!bindings) {
    const text = textAt(resource, "policyData");
    return [{ member: text.startsWith("[") ? text : "[unknown]", role: "[unknown]" }];
  }
  return bindings.flatMap(({ role, members, condition }) =>
    (Array.isArray(members) ? members : []).map((member) => ({
      member: textOf(member),
      role: textOf(role),
      ...conditionText(condition),
    })),
  );
}

function bindingsOf(policy: GraphValue | undefined): Record<string, GraphValue>[] | undefined {
  if (typeof policy !== "string") return undefined;
  try {
    const { bindings } = fieldsOf(JSON.parse(policy) as GraphValue);
    return Array.isArray(bindings) ? bindings.map(fieldsOf) : undefined;
  } catch {
    return undefined;
  }
}

function byMember(a: Grant, b: Grant): number {
  return (
    compareText(a.member, b.member) ||
    compareText(a.role, b.role) ||
    compareText(a.resource, b.resource) ||
    compareText(a.condition ?? "", b.condition ?? "") ||
    compareText(a.urn, b.urn)
  );
}
