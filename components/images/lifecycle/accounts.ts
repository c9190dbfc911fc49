import type * as pulumi from "@pulumi/pulumi";
import { IAMMember as FolderIAMMember } from "@pulumi/gcp/folder";
import { IAMMember as OrganizationIAMMember } from "@pulumi/gcp/organizations";
import { IAMCustomRole, IAMMember } from "@pulumi/gcp/projects";
import { BucketIAMMember } from "@pulumi/gcp/storage";
import { BUILD_SOURCES, buildRepository, roleId, writtenObjects } from "../../../core/lifecycle/controller";
import {
  ASSET_QUOTA_PERMISSIONS,
  BUCKET_READ_PERMISSIONS,
  BUCKET_WRITE_PERMISSIONS,
  CONSUMER_PERMISSIONS,
  IMAGE_PROJECT_PERMISSIONS,
} from "../../../core/lifecycle/permissions";
import { createOwnAccount, type OwnAccount } from "../../accounts";
import { after, madeOf } from "../../inputs";
import { type Declared } from "./declared";

/** Makes an account, whose name is that of the function and its purpose. */
export function createAccount({ parent, name, args }: Declared, purpose: string, description: string): OwnAccount {
  const { project, functionName } = args;
  const accountId = madeOf(functionName, (known) => `${known}-${purpose}`);
  const displayName = `Kiln lifecycle ${purpose}`;
  return createOwnAccount(parent, `${name}-${purpose}`, { project, accountId, displayName, description });
}

/** Lets the agent do in the image project what it does there, and no more. */
export function grantImageProject(declared: Declared, { member }: OwnAccount): IAMMember {
  const { parent, name, args, grants } = declared;
  const permissions = [...IMAGE_PROJECT_PERMISSIONS, ...(args.assetScope ? ASSET_QUOTA_PERMISSIONS : [])];
  const role = createRole(declared, "agent", args.project, permissions, "Ages images, and reads what uses them");
  const granted = grants.on(madeOf(args.project, projectName), { project: args.project, role, member });
  return new IAMMember(`${name}-agent-grant`, granted, { parent });
}

/** Lets the agent read the bucket, and write its lease and its reports there. */
export function grantBucket(declared: Declared, { member }: OwnAccount): BucketIAMMember[] {
  const { parent, name, args, grants } = declared;
  const { bucket, project } = args;
  const resource = madeOf(bucket, (known) => `buckets/${known}`);
  const reader = createRole(declared, "reader", project, BUCKET_READ_PERMISSIONS, "Reads the policies of images");
  const writer = createRole(declared, "writer", project, BUCKET_WRITE_PERMISSIONS, "Writes reports of what was done");
  const condition = { title: "lease-and-reports", expression: madeOf(bucket, writtenObjects) };
  return [
    new BucketIAMMember(`${name}-bucket-reader`, grants.on(resource, { bucket, role: reader, member }), { parent }),
    new BucketIAMMember(`${name}-bucket-writer`, grants.on(resource, { bucket, role: writer, member, condition }), {
      parent,
    }),
  ];
}

/** Lets the agent see what uses the images: in each project by itself, and in the folder or organization as a whole. */
export function grantUsage(declared: Declared, { member }: OwnAccount): pulumi.Resource[] {
  const { parent, name, args, grants } = declared;
  const consumers = Object.entries(args.consumers).map(([key, project]) => {
    const role = createRole(declared, `consumer-${key}`, project, CONSUMER_PERMISSIONS, "Reads what uses images");
    const granted = grants.on(madeOf(project, projectName), { project, role, member });
    return new IAMMember(`${name}-consumer-${key}`, granted, { parent });
  });
  return [...consumers, ...grantAssets(declared, member)];
}

/** A project's own role can only be granted in it: folders and organizations get the narrowest of Google's. */
function grantAssets({ parent, name, args, grants }: Declared, member: pulumi.Output<string>): pulumi.Resource[] {
  if (!args.assetScope) return [];
  const { kind, id } = args.assetScope;
  const granted = grants.on(
    madeOf(id, (known) => `${kind}/${known}`),
    { role: "roles/cloudasset.viewer", member },
  );
  switch (kind) {
    case "folders":
      return [new FolderIAMMember(`${name}-assets`, { folder: id, ...granted }, { parent })];
    case "organizations":
      return [new OrganizationIAMMember(`${name}-assets`, { orgId: id, ...granted }, { parent })];
  }
}

/** Lets Cloud Functions build as an account of its own. https://cloud.google.com/functions/docs/securing/build-custom-sa */
export function grantBuild({ parent, name, args, grants }: Declared, { member }: OwnAccount): IAMMember[] {
  const { project, region } = args;
  const resource = madeOf(project, projectName);
  const repository = madeOf({ project, region }, (known) => buildRepository(known.project, known.region));
  const grantOn = (purpose: string, role: string, title?: string, expression?: pulumi.Input<string>) => {
    const condition = title !== undefined && expression !== undefined ? { title, expression } : undefined;
    const granted = grants.on(resource, { project, role, member, condition });
    return new IAMMember(`${name}-builder-${purpose}`, granted, { parent });
  };
  return [
    grantOn("logs", "roles/logging.logWriter"),
    grantOn("source", "roles/storage.objectViewer", "sources-of-functions", BUILD_SOURCES),
    grantOn("images", "roles/artifactregistry.writer", "images-of-functions", repository),
  ];
}

/** @returns the role's name, once it is there. */
function createRole(
  { parent, name, args }: Declared,
  purpose: string,
  project: pulumi.Input<string>,
  permissions: readonly string[],
  description: string,
): pulumi.Output<string> {
  const id = madeOf(args.functionName, (known) => roleId(known, purpose.startsWith("consumer") ? "consumer" : purpose));
  const role = new IAMCustomRole(
    `${name}-${purpose}-role`,
    { project, roleId: id, title: `Kiln lifecycle ${purpose}`, description, permissions: [...permissions] },
    { parent },
  );
  return after(
    role,
    madeOf({ project, id }, (known) => `projects/${known.project}/roles/${known.id}`),
  );
}

function projectName(project: string): string {
  return `projects/${project}`;
}
