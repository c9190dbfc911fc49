import type * as pulumi from "@pulumi/pulumi";
import { RepositoryIamMember } from "@pulumi/gcp/artifactregistry";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms";
import { getProjectOutput } from "@pulumi/gcp/organizations";
import { SecretIamMember } from "@pulumi/gcp/secretmanager";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import { KEY_USER } from "../../../core/iam/grants";
import { serviceAgentEmail } from "../../../core/iam/serviceAgents";
import { readableObjects, writableObjects } from "../../../core/migration/mirror";
import { RegistryRole, SECRET_READER } from "../../../core/registry/access";
import { readRepositoryUrl, type RepositoryAddress, repositoryName } from "../../../core/registry/addresses";
import { secretOf } from "../../../core/registry/upstreams";
import { createOwnAccount, type OwnAccount } from "../../accounts";
import { type DeclaredBy } from "../../declared";
import { madeOf } from "../../inputs";
import { type CheckedMirror } from "../imageMirrorChecks";

/** What the parts of a mirror are made with. */
export type Declared = DeclaredBy<CheckedMirror>;

/** Makes an account, whose name is that of the job and its purpose. */
export function createAccount({ parent, name, args }: Declared, purpose: string, description: string): OwnAccount {
  const { project, jobName } = args;
  const accountId = madeOf(jobName, (known) => `${known}-${purpose}`);
  const displayName = `Kiln mirror ${purpose}`;
  return createOwnAccount(parent, `${name}-${purpose}`, { project, accountId, displayName, description });
}

/** Lets the job do what a copy does, and no more. */
export function grantCopying(declared: Declared, { member }: OwnAccount): pulumi.Resource[] {
  return [...grantBucket(declared, member), ...grantRepositories(declared, member), ...grantSecret(declared, member)];
}

/** The job reads its plan and its ledgers, and writes the latter. To replace an object is to delete it. */
function grantBucket({ parent, name, args, grants }: Declared, member: pulumi.Output<string>): pulumi.Resource[] {
  const { bucket, planObject } = args;
  const resource = madeOf(bucket, (known) => `buckets/${known}`);
  const grantOn = (purpose: string, role: string, title: string, expression: pulumi.Input<string>) => {
    const granted = grants.on(resource, { bucket, role, member, condition: { title, expression } });
    return new BucketIAMMember(`${name}-bucket-${purpose}`, granted, { parent });
  };
  const readable = madeOf({ bucket, planObject }, (known) => readableObjects(known.bucket, known.planObject));
  return [
    grantOn("reader", "roles/storage.objectViewer", "plan-and-ledgers", readable),
    grantOn("writer", "roles/storage.objectUser", "ledgers", madeOf(bucket, writableObjects)),
  ];
}

function grantRepositories({ parent, name, args, grants }: Declared, member: pulumi.Output<string>) {
  return Object.entries(args.repositories).map(([key, url]) => {
    const address = madeOf(url, addressOf);
    const part = (field: keyof RepositoryAddress) => madeOf(address, (known) => known[field]);
    const granted = grants.on(madeOf(address, repositoryName), {
      project: part("project"),
      location: part("location"),
      repository: part("repositoryId"),
      role: RegistryRole.Writer,
      member,
    });
    return new RepositoryIamMember(`${name}-repository-${key}`, granted, { parent });
  });
}

function grantSecret({ parent, name, args, grants }: Declared, member: pulumi.Output<string>): pulumi.Resource[] {
  const { dockerConfigSecretVersion: version } = args;
  if (version === undefined) return [];
  const secretId = madeOf(version, secretOf);
  const granted = grants.on(secretId, { secretId, role: SECRET_READER, member });
  return [new SecretIamMember(`${name}-docker-config`, granted, { parent })];
}

/** Cloud Run itself encrypts with the key. */
export function grantKey({ parent, name, args, grants }: Declared): pulumi.Resource[] {
  const { kmsKey, project } = args;
  if (kmsKey === undefined) return [];
  const number = args.projectNumber ?? getProjectOutput({ projectId: project }, { parent }).number;
  const member = madeOf(number, (known) => `serviceAccount:${serviceAgentEmail("run.googleapis.com", known)}`);
  const granted = grants.on(kmsKey, { cryptoKeyId: kmsKey, role: KEY_USER, member });
  return [new CryptoKeyIAMMember(`${name}-key`, granted, { parent })];
}

function addressOf(url: string): RepositoryAddress {
  return readRepositoryUrl(url) ?? { location: "", project: "", repositoryId: "" };
}
