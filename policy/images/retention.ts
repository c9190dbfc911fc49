import { type ResourceRule, type RuleConfig } from "../rule";
import { at, type Inputs, UNKNOWN } from "../value";
import { BUCKET_OBJECT, documentOf, familyOfObject } from "./policyDocuments";

const KEPT = "spec.retainAtLeast";

/** Families never run empty. */
export const retention: ResourceRule = {
  id: "images-retention",
  what: "A lifecycle policy that deletes images says how many stay.",
  why: "A policy that deletes by age alone empties a family whose builds have stopped: after the last image is gone, no instance group that names the family can create an instance. Images that stay are also what a rollback goes back to.",
  fix: "Set `spec.retainAtLeast` of the policy, as `kiln.ImageFamily` does by itself.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/compute/docs/images/image-families-best-practices",
  config: {
    properties: {
      retainAtLeast: { type: "integer", description: "How many images have to stay at least.", default: 1 },
    },
  },
  types: [BUCKET_OBJECT],
  check: (object, config) => {
    if (familyOfObject(object) === undefined) return [];
    const document = documentOf(object.inputs);
    if (document === UNKNOWN) return [{ path: "source", cannotTell: true }];
    if (document?.kind !== "FamilyPolicy" || !deletes(document) || keepsEnough(document, config)) return [];
    return [{ path: KEPT, violation: "The policy deletes images without keeping enough of them." }];
  },
};

function deletes(document: Inputs): boolean {
  return typeof at(document, "spec.deleteAfter") === "string";
}

function keepsEnough(document: Inputs, { retainAtLeast }: RuleConfig): boolean {
  const kept = at(document, KEPT);
  return typeof kept === "number" && kept >= (typeof retainAtLeast === "number" ? retainAtLeast : 1);
}
