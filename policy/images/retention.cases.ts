import { type CaseResource, type RuleCases, secretValue, textAsset } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const document = (spec: Inputs) =>
  JSON.stringify({
    apiVersion: "kiln/v1",
    kind: "FamilyPolicy",
    metadata: { family: "web", project: "acme-images" },
    spec,
  });
const object = (inputs: Inputs): CaseResource => ({
  type: "gcp:storage/bucketObject:BucketObject",
  inputs: { bucket: "acme-images-kiln", name: "families/web.json", ...inputs },
});
const policy = (spec: Inputs) => object({ source: textAsset(document(spec)) });

const SAYS = "spec.retainAtLeast The policy deletes images without keeping enough of them";

export const cases: RuleCases = {
  good: [
    { title: "three images stay", resources: [policy({ deleteAfter: "90d", retainAtLeast: 3 })] },
    { title: "nothing is deleted", resources: [policy({ obsoleteAfter: "30d" })] },
    { title: "another object", resources: [object({ name: "recipes/web.json", source: textAsset("{}") })] },
    { title: "an object that is no policy", resources: [object({ source: textAsset("not JSON") })] },
  ],
  bad: [
    { title: "none stays", resources: [policy({ deleteAfter: "90d" })], says: [SAYS] },
    {
      title: "fewer stay than have to",
      resources: [policy({ deleteAfter: "90d", retainAtLeast: 2 })],
      config: { retainAtLeast: 3 },
      says: [SAYS],
    },
    {
      title: "a policy that is given as text",
      resources: [object({ content: document({ deleteAfter: "90d", retainAtLeast: 0 }) })],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the document", resources: [object({ source: UNKNOWN })] },
    {
      title: "what a file or an address holds",
      resources: [
        object({ source: { $asset: { path: "families/web.json" } } }),
        object({ source: { $asset: { uri: "https://acme.example/web.json" } } }),
      ],
    },
    { title: "the text", resources: [object({ content: UNKNOWN })] },
    { title: "the name, which may be a policy's", resources: [object({ name: UNKNOWN, source: UNKNOWN })] },
  ],
  secret: [
    {
      title: "a secret document",
      resources: [
        object({ content: secretValue(document({ deleteAfter: "90d", excludeLabels: { team: "hunter2" } })) }),
      ],
    },
  ],
  absent: [{ title: "no document", resources: [object({})] }],
};
