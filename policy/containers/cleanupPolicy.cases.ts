import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";
import { REPOSITORY } from "./repositories";

const SAYS = "cleanupPolicies No cleanup policy of this repository deletes anything";

const KEEP = { id: "keep", action: "KEEP", mostRecentVersions: { keepCount: 10 } };
const DELETE = { id: "old", action: "DELETE", condition: { olderThan: "2592000s" } };

const repository = (inputs: Inputs): CaseResource => ({ type: REPOSITORY, inputs: { format: "DOCKER", ...inputs } });

export const cases: RuleCases = {
  good: [
    { title: "what is old is deleted", resources: [repository({ cleanupPolicies: [KEEP, DELETE] })] },
    {
      title: "a trial",
      resources: [repository({ cleanupPolicies: [DELETE], cleanupPolicyDryRun: true })],
    },
    { title: "a virtual repository, which holds nothing", resources: [repository({ mode: "VIRTUAL_REPOSITORY" })] },
    {
      title: "one that deletes beside one that is not known",
      resources: [repository({ cleanupPolicies: [UNKNOWN, DELETE] })],
    },
  ],
  bad: [
    { title: "policies that keep only", resources: [repository({ cleanupPolicies: [KEEP] })], says: [SAYS] },
    { title: "a cache that grows", resources: [repository({ mode: "REMOTE_REPOSITORY" })], says: [SAYS] },
    { title: "no policy in the list", resources: [repository({ cleanupPolicies: [] })], says: [SAYS] },
  ],
  unknown: [
    { title: "policies", resources: [repository({ cleanupPolicies: UNKNOWN })] },
    { title: "what a policy does", resources: [repository({ cleanupPolicies: [{ id: "old", action: UNKNOWN }] })] },
    { title: "the mode", resources: [repository({ mode: UNKNOWN })] },
  ],
  secret: [
    { title: "a secret id", resources: [repository({ cleanupPolicies: [{ ...KEEP, id: secretValue("hunter2") }] })] },
  ],
  absent: [{ title: "no policy", resources: [repository({})], says: [SAYS] }],
};
