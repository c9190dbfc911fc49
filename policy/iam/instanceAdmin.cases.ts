import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const ROLE = "roles/compute.instanceAdmin.v1";
const SAYS = "role The role is granted outside of image and consumer projects";

const member = (project: Inputs[string], inputs: Inputs = {}): CaseResource => ({
  type: "gcp:projects/iAMMember:IAMMember",
  name: "admin",
  inputs: { project, role: ROLE, member: "group:developers@acme.example", ...inputs },
});
const imageProject = (projectId: Inputs[string]): CaseResource => ({
  type: "kiln:index:ImageProject",
  name: "images",
  inputs: { projectId },
});

export const cases: RuleCases = {
  good: [
    { title: "in the stack's image project", resources: [imageProject("acme-images"), member("acme-images")] },
    {
      title: "in a consumer's project, by the component's inputs",
      resources: [
        {
          type: "kiln:index:ImageSharing",
          inputs: {
            project: "acme-images",
            consumers: { shop: { project: "acme-shop", projectNumber: "123456789012" } },
          },
        },
        member("projects/acme-shop"),
      ],
    },
    {
      title: "in a consumer's project, by the component's outputs",
      resources: [
        {
          type: "kiln:index:ImageSharing",
          inputs: { grants: [{ member: "group:developers@acme.example", role: ROLE, resource: "projects/acme-shop" }] },
        },
        member("acme-shop"),
      ],
    },
    {
      title: "in a project that is allowed",
      resources: [member("acme-lab")],
      config: { allowedProjects: ["acme-lab"] },
    },
    { title: "another role", resources: [member("acme-lab", { role: "roles/compute.viewer" })] },
  ],
  bad: [
    { title: "in another project", resources: [imageProject("acme-images"), member("acme-lab")], says: [SAYS] },
    {
      title: "in an image project that is not among those allowed",
      resources: [imageProject("acme-images"), member("acme-images")],
      config: { allowedProjects: ["acme-lab"] },
      says: [SAYS],
    },
    {
      title: "on a folder",
      resources: [
        {
          type: "gcp:folder/iAMBinding:IAMBinding",
          inputs: { folder: "folders/123456789012", role: "roles/compute.instanceAdmin", members: [] },
        },
      ],
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "the project", resources: [imageProject("acme-images"), member(UNKNOWN)] },
    { title: "the image project", resources: [imageProject(UNKNOWN), member("acme-lab")] },
    { title: "the role", resources: [member("acme-lab", { role: UNKNOWN })] },
  ],
  secret: [{ title: "a secret project", resources: [member(secretValue("hunter2"))] }],
  absent: [
    { title: "no project", resources: [member(undefined)], says: [SAYS] },
    { title: "no role", resources: [member("acme-lab", { role: undefined })] },
  ],
};
