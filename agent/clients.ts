import { AssetServiceClient } from "@google-cloud/asset/build/src/v1/asset_service_client";
import { BigQuery } from "@google-cloud/bigquery/build/src/bigquery";
import { DisksClient } from "@google-cloud/compute/build/src/v1/disks_client";
import { GlobalOperationsClient } from "@google-cloud/compute/build/src/v1/global_operations_client";
import { ImagesClient } from "@google-cloud/compute/build/src/v1/images_client";
import { InstanceGroupManagersClient } from "@google-cloud/compute/build/src/v1/instance_group_managers_client";
import { InstancesClient } from "@google-cloud/compute/build/src/v1/instances_client";
import { InstanceTemplatesClient } from "@google-cloud/compute/build/src/v1/instance_templates_client";
import { MachineImagesClient } from "@google-cloud/compute/build/src/v1/machine_images_client";
import { Storage } from "@google-cloud/storage";
import { type ClientOptions, googleAuthLibrary } from "google-gax";

/** Clients of Google's services, each made when it is first needed. */
export interface GoogleClients {
  readonly images: ImagesClient;
  readonly operations: GlobalOperationsClient;
  readonly disks: DisksClient;
  readonly instances: InstancesClient;
  readonly templates: InstanceTemplatesClient;
  readonly groups: InstanceGroupManagersClient;
  readonly machineImages: MachineImagesClient;
  readonly assets: AssetServiceClient;
  readonly storage: Storage;
  /** BigQuery, whose jobs run in this project. */
  readonly bigQuery: (project: string) => BigQuery;
}

/** Where the clients find the services, and as whom they call. */
export interface GoogleOptions {
  /** Options of the clients of Compute Engine. @default - the account that the machine runs as */
  compute?: ClientOptions;
  /** Options of the client of Cloud Asset Inventory. @default - as `compute` */
  assets?: ClientOptions;
  /** @default - as the machine runs */
  storage?: ConstructorParameters<typeof Storage>[0];
  /** @default - as the machine runs */
  bigQuery?: ConstructorParameters<typeof BigQuery>[0];
}

/** A call without an answer is given up after this; the option of that name of the clients does nothing over REST. */
const TIMEOUT_MILLISECONDS = 40_000;

/** Clients as the agent uses them: plain HTTP/JSON, with a limit to every call, and no retries but the agent's own. */
export function googleClients({ compute, assets, storage, bigQuery }: GoogleOptions = {}): GoogleClients {
  const auth = once(
    () =>
      new googleAuthLibrary.GoogleAuth({
        scopes: "https://www.googleapis.com/auth/cloud-platform",
        clientOptions: { transporterOptions: { timeout: TIMEOUT_MILLISECONDS } },
      }),
  );
  const options = () => compute ?? { auth: auth() };
  const clients = {
    images: once(() => new ImagesClient(options())),
    operations: once(() => new GlobalOperationsClient(options())),
    disks: once(() => new DisksClient(options())),
    instances: once(() => new InstancesClient(options())),
    templates: once(() => new InstanceTemplatesClient(options())),
    groups: once(() => new InstanceGroupManagersClient(options())),
    machineImages: once(() => new MachineImagesClient(options())),
    assets: once(() => new AssetServiceClient({ ...(assets ?? options()), fallback: true })),
    storage: once(() => new Storage({ timeout: TIMEOUT_MILLISECONDS, ...storage, retryOptions: { autoRetry: false } })),
    bigQuery: once(() => (projectId: string) => new BigQuery({ ...bigQuery, projectId, autoRetry: false })),
  };
  const lazily = Object.entries(clients).map(([name, get]) => [name, { get, enumerable: true }] as const);
  return Object.defineProperties({}, Object.fromEntries(lazily)) as GoogleClients;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
