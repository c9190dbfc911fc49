import * as pulumi from "@pulumi/pulumi";
import { Function } from "@pulumi/gcp/cloudfunctionsv2";
import { ServiceIamMember } from "@pulumi/gcp/cloudrunv2";
import { BucketObject } from "@pulumi/gcp/storage";
import { sourceObjectName } from "../../../core/lifecycle/controller";
import { type OwnAccount } from "../../accounts";
import { madeOf } from "../../inputs";
import { agentBundle } from "./bundle";
import { type Declared } from "./declared";

const RUNTIME = "nodejs22";
/** Name that the agent exports. */
const ENTRY_POINT = "enforce";

/** How long a run may take. The agent stops by itself before Cloud Run stops it, and says what is left. */
export const DEADLINE_SECONDS = 540;
/** The longest that Pub/Sub waits for an answer. https://cloud.google.com/pubsub/docs/lease-management */
export const TIMEOUT_SECONDS = 600;

/** As whom the function is built and run, and what these accounts wait for. */
export interface FunctionAccounts {
  /** As whom it runs. */
  agent: OwnAccount;
  /** As whom it is built. */
  builder: OwnAccount;
  /** What they are granted. */
  grants: pulumi.Resource[];
}

/** Puts the agent's source into the bucket. */
export function createSource({ parent, name, args }: Declared): BucketObject {
  const { sha256, archive } = agentBundle();
  return new BucketObject(
    `${name}-source`,
    { bucket: args.bucket, name: sourceObjectName(sha256), source: archive, contentType: "application/zip" },
    { parent },
  );
}

/** One run at a time: two would wait for each other's lease. */
export function createFunction(declared: Declared, source: BucketObject, accounts: FunctionAccounts): Function {
  const { parent, name, args } = declared;
  const { agent, builder, grants } = accounts;
  return new Function(
    `${name}-function`,
    {
      project: args.project,
      location: args.region,
      name: args.functionName,
      description: "Ages images by the policies of their families",
      labels: args.labels,
      buildConfig: {
        runtime: RUNTIME,
        entryPoint: ENTRY_POINT,
        serviceAccount: pulumi.interpolate`projects/${args.project}/serviceAccounts/${builder.email}`,
        source: { storageSource: { bucket: source.bucket, object: source.name } },
      },
      serviceConfig: {
        serviceAccountEmail: agent.email,
        environmentVariables: environment(declared),
        ingressSettings: "ALLOW_INTERNAL_ONLY",
        allTrafficOnLatestRevision: true,
        maxInstanceCount: 1,
        maxInstanceRequestConcurrency: 1,
        availableMemory: "1Gi",
        availableCpu: "1",
        timeoutSeconds: TIMEOUT_SECONDS,
      },
    },
    { parent, dependsOn: grants },
  );
}

/** Lets one account call the function, and nobody else. */
export function grantCalls({ parent, name, args, grants }: Declared, fn: Function, caller: OwnAccount) {
  const { project, region: location } = args;
  const service = { project, location, name: fn.name };
  const resource = madeOf(
    { project, location, functionName: args.functionName },
    (known) => `projects/${known.project}/locations/${known.location}/services/${known.functionName}`,
  );
  const granted = grants.on(resource, { ...service, role: "roles/run.invoker", member: caller.member });
  return new ServiceIamMember(`${name}-invoker-grant`, granted, { parent });
}

function environment({ args }: Declared): Record<string, pulumi.Input<string>> {
  const { assetScope } = args;
  return {
    KILN_PROJECT: args.project,
    KILN_BUCKET: args.bucket,
    KILN_CONSUMER_PROJECTS: madeOf(Object.values(args.consumers), (known) => [...new Set(known)].sort().join(",")),
    KILN_DEADLINE_SECONDS: String(DEADLINE_SECONDS),
    ...(assetScope && { KILN_ASSET_SCOPE: madeOf(assetScope.id, (id) => `${assetScope.kind}/${id}`) }),
  };
}
