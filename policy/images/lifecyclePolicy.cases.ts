import { type CaseResource, type RuleCases, secretValue, textAsset } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const image = (inputs: Inputs): CaseResource => ({
  type: "gcp:compute/image:Image",
  name: "web",
  inputs: { sourceDisk: "web-build", ...inputs },
});
const template = (sourceImage: Inputs[string]): CaseResource => ({
  type: "gcp:compute/instanceTemplate:InstanceTemplate",
  name: "web",
  inputs: { machineType: "e2-small", disks: [{ sourceImage }] },
});
const DOCUMENT = textAsset('{"kind":"FamilyPolicy"}');
const object = (name: Inputs[string], source: Inputs[string] = DOCUMENT): CaseResource => ({
  type: "gcp:storage/bucketObject:BucketObject",
  name: "policy",
  inputs: { bucket: "acme-images-kiln", name, source },
});
const family = (name: string, inputs: Inputs = {}): CaseResource => ({ type: "kiln:index:ImageFamily", name, inputs });
const project: CaseResource = {
  type: "kiln:index:ImageProject",
  name: "images",
  inputs: { projectId: "acme-images" },
};
const unknownProject: CaseResource = {
  type: "gcp:organizations/project:Project",
  name: "images",
  inputs: { projectId: UNKNOWN },
};

const SAYS = "The family has no lifecycle policy in this stack";
const WEB = "projects/acme-images/global/images/family/web";

export const cases: RuleCases = {
  good: [
    { title: "a family with its component", resources: [family("web"), image({ family: "web" })] },
    {
      title: "a component of another name",
      resources: [family("servers", { family: "web" }), image({ family: "web" })],
    },
    { title: "a policy's document", resources: [object("families/web.json"), image({ family: "web" })] },
    { title: "a template in the stack's project", resources: [project, family("web"), template(WEB)] },
    {
      title: "a family of another project",
      resources: [project, template("projects/debian-cloud/global/images/family/debian-12")],
    },
    {
      title: "a public family beside a project that is not known",
      resources: [unknownProject, template("projects/debian-cloud/global/images/family/debian-12")],
    },
    { title: "an image without a family, which another rule looks at", resources: [image({})] },
  ],
  bad: [
    { title: "an image of a family without one", resources: [image({ family: "web" })], says: [`family ${SAYS}`] },
    { title: "the policy of another family", resources: [family("db"), image({ family: "web" })], says: [SAYS] },
    {
      title: "a document of another kind",
      resources: [object("families/web.json", textAsset("{}")), image({ family: "web" })],
      says: [SAYS],
    },
    {
      title: "a document that cannot be read, of another family",
      resources: [object("families/db.json", UNKNOWN), image({ family: "web" })],
      says: [SAYS],
    },
    {
      title: "a template of the stack's project",
      resources: [project, template(WEB)],
      says: [`disks[0].sourceImage ${SAYS}`],
    },
  ],
  unknown: [
    { title: "the family", resources: [family("web"), image({ family: UNKNOWN })] },
    { title: "whose policy an object is", resources: [object(UNKNOWN), image({ family: "web" })] },
    { title: "a document", resources: [object("families/web.json", UNKNOWN), image({ family: "web" })] },
    {
      title: "a document that a file holds",
      resources: [object("families/web.json", { $asset: { path: "web.json" } }), image({ family: "web" })],
    },
    { title: "the stack's own project", resources: [unknownProject, template(WEB)] },
    { title: "the family of a component", resources: [family("x", { family: UNKNOWN }), image({ family: "web" })] },
  ],
  secret: [{ title: "a secret family", resources: [image({ family: secretValue("hunter2") })] }],
  absent: [{ title: "no family and no policy", resources: [image({}), project] }],
};
