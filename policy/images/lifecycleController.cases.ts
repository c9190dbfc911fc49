import { type CaseResource, type RuleCases, secretValue, textAsset } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const DOCUMENT = textAsset('{"kind":"FamilyPolicy"}');
const policy = (bucket: Inputs[string], source: Inputs[string] = DOCUMENT): CaseResource => ({
  type: "gcp:storage/bucketObject:BucketObject",
  name: "web-policy",
  inputs: { bucket, name: "families/web.json", source },
});
const bucket = (name: Inputs[string]): CaseResource => ({
  type: "gcp:storage/bucket:Bucket",
  name: "images-bucket",
  inputs: { name, location: "EU" },
});
const controller: CaseResource = {
  type: "kiln:index:LifecycleController",
  name: "lifecycle",
  inputs: { project: "acme-images", bucket: "acme-images-kiln", region: "europe-west1" },
};

const OWN = bucket("acme-images-kiln");
const SAYS = "bucket Nothing in this stack enforces this policy";

export const cases: RuleCases = {
  good: [
    { title: "a controller beside the families", resources: [OWN, policy("acme-images-kiln"), controller] },
    { title: "a bucket that another stack makes", resources: [policy("acme-images-kiln")] },
    { title: "a bucket beside it", resources: [bucket("acme-web"), policy("acme-images-kiln")] },
    {
      title: "an object of another kind",
      resources: [OWN, policy("acme-images-kiln", textAsset('{"kind":"Recipe"}'))],
    },
  ],
  bad: [
    { title: "a policy in the stack's own bucket", resources: [OWN, policy("acme-images-kiln")], says: [SAYS] },
    {
      title: "a policy that a file holds",
      resources: [OWN, policy("acme-images-kiln", { $asset: { path: "web.json" } })],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the policy's bucket", resources: [OWN, policy(UNKNOWN)] },
    { title: "what the stack's bucket is called", resources: [bucket(UNKNOWN), policy("acme-images-kiln")] },
  ],
  secret: [{ title: "a secret bucket", resources: [bucket(secretValue("hunter2")), policy(secretValue("hunter2"))] }],
  absent: [{ title: "no policy", resources: [OWN] }],
};
