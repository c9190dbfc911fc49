import { type Finding, type PolicyResource, type StackRule } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { BUCKET_OBJECT, documentOf, familyOfObject } from "./policyDocuments";

const CONTROLLER = "kiln:index:LifecycleController";

/** What makes a bucket, and the output or input that names it. */
const BUCKETS: Record<string, string> = {
  "gcp:storage/bucket:Bucket": "name",
  "kiln:index:ImageProject": "bucketName",
};

/** Policies are enforced. */
export const lifecycleController: StackRule = {
  id: "images-lifecycle-controller",
  what: "A stack that makes the bucket of its families' policies has a controller that enforces them.",
  why: "A policy is a document: nothing happens by it until somebody reads it. Compute Engine itself never makes an image obsolete and never deletes one, so that families whose policy nobody enforces grow for ever and keep images with known holes usable.",
  fix: "Declare a `kiln.LifecycleController` with the same `bucket`; where another stack or program enforces the policies, except the family with that as the reason.",
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/docs/images/deprecate-custom",
  checkStack: (resources) => {
    if (resources.some(({ type }) => type === CONTROLLER)) return [];
    const buckets = resources.filter(({ type }) => Object.hasOwn(BUCKETS, type)).map(bucketOf);
    return resources.filter(isPolicy).flatMap((policy): Finding[] => {
      const { urn, inputs } = policy;
      const bucket = inputs.bucket ?? UNKNOWN;
      if (bucket !== UNKNOWN && buckets.includes(bucket))
        return [{ path: "bucket", violation: "Nothing in this stack enforces this policy.", urn }];
      const open = bucket === UNKNOWN ? buckets.length > 0 : buckets.includes(UNKNOWN);
      return open ? [{ path: "bucket", cannotTell: true, urn }] : [];
    });
  },
};

function bucketOf({ type, inputs }: PolicyResource): Value {
  return inputs[BUCKETS[type]] ?? UNKNOWN;
}

/** A document that cannot be read is a policy by its name. */
function isPolicy(resource: PolicyResource): boolean {
  const family = resource.type === BUCKET_OBJECT ? familyOfObject(resource) : undefined;
  if (family === undefined || family === UNKNOWN) return false;
  const document = documentOf(resource.inputs);
  return document === UNKNOWN || document?.kind === "FamilyPolicy";
}
