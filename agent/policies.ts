import pLimit from "p-limit";
import { PROJECT_POLICY_OBJECT } from "../core/lifecycle/projectPolicy";
import { POLICY_PREFIX, type PolicyObject, readPolicies, type ReadPolicies } from "../core/lifecycle/readPolicies";
import { MOST_POLICY_BYTES, tooBig } from "../core/lifecycle/readPolicy";
import { type Bucket, type ListedObject } from "./bucket";
import { failureOf } from "./failure";

/** Objects read at the same time. */
const AT_ONCE = 16;

/** Reads all policies of the bucket; what is wrong with one is a problem of that one alone. */
export async function policiesIn(bucket: Bucket, project: string): Promise<ReadPolicies> {
  const listed = (await bucket.list(POLICY_PREFIX)).filter(({ name }) => !name.endsWith("/"));
  const all = [...listed, { name: PROJECT_POLICY_OBJECT, bytes: 0 }];
  const read = await pLimit(AT_ONCE).map(all, (object) => policyObject(bucket, object));
  return readPolicies(
    read.filter((object) => object !== undefined),
    project,
  );
}

async function policyObject(bucket: Bucket, { name, bytes }: ListedObject): Promise<PolicyObject | undefined> {
  if (bytes > MOST_POLICY_BYTES) return { name, problem: tooBig(bytes) };
  try {
    const object = await bucket.read(name);
    return object && { name, text: object.text };
  } catch (error) {
    return { name, problem: `could not be read: ${failureOf(error).message}` };
  }
}
