import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { OTHER_VERSIONS, PINNED, running, workload } from "./caseWorkload";
import { WORKLOADS } from "./workloads";

const SERVICE = "gcp:cloudrunv2/service:Service";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SAYS = "a registry that is not allowed";
const INSTANCE = "gcp:compute/instance:Instance";

/** Resources that are no workloads, with their image. */
const OTHERS: Record<string, (image: string) => Inputs> = {
  "docker:index/remoteImage:RemoteImage": (name) => ({ name }),
  "gcp:appengine/flexibleAppVersion:FlexibleAppVersion": (image) => ({ deployment: { container: { image } } }),
  "gcp:dataproc/batch:Batch": (containerImage) => ({ runtimeConfig: { containerImage } }),
  "gcp:notebooks/instance:Instance": (repository) => ({ containerImage: { repository } }),
  "gcp:workbench/instance:Instance": (repository) => ({ gceSetup: { containerImage: { repository } } }),
};

/** A virtual machine with the declaration of a container. */
const machine = (declaration: Value, type = INSTANCE): CaseResource => ({
  type,
  inputs: { metadata: { "gce-container-declaration": declaration } },
});

export const cases: RuleCases = {
  good: [
    { title: "an image of Artifact Registry", resources: [running(SERVICE, { image: PINNED })] },
    {
      title: "a registry that is allowed",
      resources: [running(DEPLOYMENT, { image: "registry.k8s.io/pause:3.10" })],
      config: { allowedRegistries: ["*-docker.pkg.dev", "registry.k8s.io"] },
    },
    {
      title: "an allowed project of Artifact Registry",
      resources: [running(SERVICE, { image: PINNED })],
      config: { allowedRegistries: ["europe-west1-docker.pkg.dev/acme-images/"] },
    },
    {
      title: "Docker Hub, where it is allowed",
      resources: [running(DEPLOYMENT, { image: "nginx" })],
      config: { allowedRegistries: ["docker.io/library"] },
    },
    {
      title: "a host in upper case, which is the same",
      resources: [running(SERVICE, { image: PINNED.replace("europe-west1", "EUROPE-WEST1") })],
    },
    ...Object.entries(OTHERS).map(([type, inputs]) => ({
      title: `an image of Artifact Registry in ${type}`,
      resources: [{ type, inputs: inputs("europe-west1-docker.pkg.dev/acme-images/releases/shop") }],
    })),
    {
      title: "a virtual machine that runs an image of Artifact Registry",
      resources: [machine(`spec:\n  containers:\n    - name: shop\n      image: '${PINNED}'\n`)],
    },
  ],
  bad: [
    {
      title: "an image of Docker Hub",
      resources: [running(DEPLOYMENT, { image: "nginx:1.29" })],
      says: [`spec.template.spec.containers[0].image The image comes from ${SAYS}`],
    },
    ...[...WORKLOADS, ...OTHER_VERSIONS].map((type) => ({
      title: `gcr.io, to which anybody pushes, in ${type}`,
      resources: [running(type, { image: PINNED }, { image: "gcr.io/distroless/static" })],
      says: [`containers[1].image The image comes from ${SAYS}`],
    })),
    {
      title: "init and ephemeral containers",
      resources: [
        workload("kubernetes:core/v1:Pod", {
          initContainers: [{ image: "docker.io/library/busybox" }],
          containers: [{ image: PINNED }],
          ephemeralContainers: [{ image: "quay.io/acme/debug" }],
        }),
      ],
      says: [`spec.initContainers[0].image The image comes from ${SAYS}`, `spec.ephemeralContainers[0].image`],
    },
    {
      title: "a host that only looks like Artifact Registry",
      resources: [running(SERVICE, { image: "europe-docker.pkg.dev.example.com/acme/shop" })],
      says: [SAYS],
    },
    {
      title: "a name that only looks like an allowed host",
      resources: [running(SERVICE, { image: "acme/europe-docker.pkg.dev/shop" })],
      says: [SAYS],
    },
    {
      title: "a name that no registry could have",
      resources: [running(SERVICE, { image: "europe-docker.pkg.dev/acme-images/Shop" })],
      says: ["The image's name is none that a registry could have."],
    },
    ...Object.entries(OTHERS).map(([type, inputs]) => ({
      title: `an image of Docker Hub in ${type}`,
      resources: [{ type, inputs: inputs("nginx") }],
      says: [SAYS],
    })),
    ...[INSTANCE, "gcp:compute/instanceTemplate:InstanceTemplate"].map((type) => ({
      title: `a container of Docker Hub beside another in ${type}`,
      resources: [machine(`spec:\n  containers:\n  - image: ${PINNED}\n  - image: "nginx:1.29" # ours soon\n`, type)],
      says: [`metadata.gce-container-declaration The image comes from ${SAYS}`],
    })),
    {
      title: "another project than the allowed one, whose name begins alike",
      resources: [running(SERVICE, { image: "europe-docker.pkg.dev/acme-images-2/releases/shop" })],
      config: { allowedRegistries: ["europe-docker.pkg.dev/acme-images"] },
      says: [SAYS],
    },
  ],
  unknown: [
    { title: "an image that is built first", resources: [running(SERVICE, { image: UNKNOWN })] },
    { title: "containers that are not known", resources: [workload(DEPLOYMENT, { containers: UNKNOWN })] },
    { title: "a container that is not known", resources: [workload(DEPLOYMENT, { containers: [UNKNOWN] })] },
    { title: "a pod that is not known", resources: [workload(DEPLOYMENT, UNKNOWN)] },
    { title: "the declaration of a virtual machine's container", resources: [machine(UNKNOWN)] },
  ],
  secret: [{ title: "a secret address", resources: [running(SERVICE, { image: secretValue("hunter2.example/app") })] }],
  absent: [
    { title: "no image, which a controller fills in", resources: [running(DEPLOYMENT, { name: "sidecar" })] },
    { title: "no container", resources: [workload(SERVICE, {})] },
    { title: "a virtual machine without a container", resources: [{ type: INSTANCE, inputs: { metadata: {} } }] },
  ],
};
