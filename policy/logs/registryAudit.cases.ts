import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";

const SAYS = "Pulls or pushes in the project of this repository are not logged";
const BOTH = [{ logType: "DATA_READ" }, { logType: "DATA_WRITE" }];

const repository = (project: Value, name = "releases"): CaseResource => ({
  type: "gcp:artifactregistry/repository:Repository",
  name,
  inputs: { project, repositoryId: name, format: "DOCKER" },
});

const audit = (inputs: Inputs, type = "gcp:projects/iAMAuditConfig:IAMAuditConfig", name = "audit"): CaseResource => ({
  type,
  name,
  inputs: { project: "acme", service: "artifactregistry.googleapis.com", auditLogConfigs: BOTH, ...inputs },
});

const policy = (policyData: Value): CaseResource => ({
  type: "gcp:projects/iAMPolicy:IAMPolicy",
  inputs: { project: "acme", policyData },
});

const parentPolicy = (type: string, inputs: Inputs): CaseResource => ({
  type,
  inputs: { policyData: inPolicy("allServices"), ...inputs },
});

const inPolicy = (service: string): string =>
  JSON.stringify({ auditConfigs: [{ service, auditLogConfigs: BOTH }], bindings: [] });

export const cases: RuleCases = {
  good: [
    { title: "pulls and pushes", resources: [repository("acme"), audit({})] },
    { title: "all services", resources: [repository("acme"), audit({ service: "allServices" })] },
    {
      title: "pulls here, pushes there",
      resources: [
        repository("acme"),
        audit({ auditLogConfigs: [BOTH[0]] }),
        audit({ service: "allServices", auditLogConfigs: [BOTH[1]] }, undefined, "all"),
      ],
    },
    {
      title: "the whole organization",
      resources: [
        repository("acme"),
        audit({ project: undefined, orgId: "123456789012" }, "gcp:organizations/iamAuditConfig:IamAuditConfig"),
      ],
    },
    { title: "the project's whole policy", resources: [repository("acme"), policy(inPolicy("allServices"))] },
    {
      title: "the whole policy of an organization",
      resources: [repository("acme"), parentPolicy("gcp:organizations/iAMPolicy:IAMPolicy", { orgId: "123456789012" })],
    },
    {
      title: "the whole policy of a folder",
      resources: [repository(undefined), parentPolicy("gcp:folder/iAMPolicy:IAMPolicy", { folder: "folders/1" })],
    },
    { title: "the project written in two ways", resources: [repository("acme"), audit({ project: "projects/acme" })] },
  ],
  bad: [
    { title: "nothing", resources: [repository("acme"), repository("acme", "snapshots")], says: [SAYS] },
    { title: "pulls only", resources: [repository("acme"), audit({ auditLogConfigs: [BOTH[0]] })], says: [SAYS] },
    {
      title: "another service",
      resources: [repository("acme"), audit({ service: "storage.googleapis.com" })],
      says: [SAYS],
    },
    {
      title: "one of two projects",
      resources: [repository("acme"), repository("other", "o"), audit({})],
      says: [SAYS],
    },
    {
      title: "a policy with other services",
      resources: [repository("acme"), policy(inPolicy("run.googleapis.com"))],
      says: [SAYS],
    },
    { title: "a policy that is no JSON", resources: [repository("acme"), policy("{")], says: [SAYS] },
  ],
  unknown: [
    { title: "the repository's project, which is the provider's", resources: [repository(undefined), audit({})] },
    { title: "the repository's project", resources: [repository(UNKNOWN), audit({})] },
    { title: "the project that logs", resources: [repository("acme"), audit({ project: UNKNOWN })] },
    { title: "what is logged", resources: [repository("acme"), audit({ auditLogConfigs: UNKNOWN })] },
    { title: "the project's whole policy", resources: [repository("acme"), policy(UNKNOWN)] },
  ],
  secret: [{ title: "a secret project", resources: [repository(secretValue("hunter2"))] }],
  absent: [
    { title: "no repository", resources: [{ type: "gcp:storage/bucket:Bucket", inputs: {} }] },
    { title: "no project", resources: [repository(undefined)], says: [SAYS] },
  ],
};
