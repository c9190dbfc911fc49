import { ContainerRegistry, RemoteUpstream } from "pulumi-kiln";

const registry = new ContainerRegistry("registry", {
  project: "acme-containers",
  location: "europe-west1",
  repositories: {
    releases: {
      immutableTags: true,
      cleanup: { keepNewest: 10, deleteUntaggedAfter: "7d" },
      writers: { ci: "serviceAccount:ci@acme-containers.iam.gserviceaccount.com" },
    },
    "docker-hub": {
      remote: {
        upstream: RemoteUpstream.DockerHub,
        credentials: {
          username: "acme",
          passwordSecretVersion: "projects/acme-containers/secrets/docker-hub/versions/1",
        },
      },
      cleanup: { deleteOlderThan: "90d" },
    },
    all: { virtual: { upstreams: { releases: 100, "docker-hub": 50 } } },
  },
  readers: { developers: "group:developers@acme.example" },
});

export const urls = registry.urls;
