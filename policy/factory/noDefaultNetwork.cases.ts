import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const SAYS = "autoCreateNetwork The project gets the default network";

const project = (inputs: Inputs): CaseResource => ({
  type: "gcp:organizations/project:Project",
  inputs: { projectId: "acme-images", ...inputs },
});

export const cases: RuleCases = {
  good: [{ title: "no network", resources: [project({ autoCreateNetwork: false })] }],
  bad: [{ title: "the default network", resources: [project({ autoCreateNetwork: true })], says: [SAYS] }],
  unknown: [{ title: "not known", resources: [project({ autoCreateNetwork: UNKNOWN })] }],
  secret: [{ title: "a secret name", resources: [project({ name: secretValue("hunter2") })] }],
  absent: [{ title: "nothing is said", resources: [project({})], says: [SAYS] }],
};
