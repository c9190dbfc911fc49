import { ContainerRegistry, PullLogs, RemoteUpstream } from "pulumi-kiln";

const PROJECT = "acme-containers";

/** Step 2: which images the clusters pull, from where and how often. */
const pulls = new PullLogs("pulls", {
  project: PROJECT,
  location: "EU",
  sources: { shop: { project: "acme-shop" } },
});

/** Step 3: what images are copied to, and what they are pulled through. */
const registry = new ContainerRegistry("registry", {
  project: PROJECT,
  location: "europe-west1",
  repositories: {
    "third-party": { cleanup: { deleteUntaggedAfter: "400d" } },
    "docker-hub": { remote: { upstream: RemoteUpstream.DockerHub } },
  },
  readers: { shop: "serviceAccount:gke-nodes@acme-shop.iam.gserviceaccount.com" },
});

export const pullTable = pulls.table;
export const repositories = registry.urls;
