import { ContainerRegistry, PullLogs, RemoteUpstream } from "pulumi-kiln";

const project = "acme-containers";

/** Which images the clusters pull, from where and how often. */
const pulls = new PullLogs("pulls", {
  project,
  location: "EU",
  sources: { shop: { project: "acme-shop" }, search: { project: "acme-search" } },
});

/** What images are copied into, and what those with moving tags are pulled through. */
const registry = new ContainerRegistry("registry", {
  project,
  location: "europe-west1",
  repositories: {
    "docker-io": {},
    "docker-io-remote": { remote: { upstream: RemoteUpstream.DockerHub } },
    "gcr-io": {},
    "ghcr-io": {},
    "quay-io": {},
  },
  readers: { shop: "serviceAccount:gke-nodes@acme-shop.iam.gserviceaccount.com" },
});

export const pullTable = pulls.table;
export const repositories = registry.urls;
