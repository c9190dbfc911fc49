import { type Case } from "../support";

/** Compose, charts, Skaffold and other tools. */
export const TOOLS: Record<string, Case> = {
  "a Compose file": {
    path: "compose.yaml",
    text: `x-base: &base
  image: redis:7
services:
  web:
    build:
      context: .
      additional_contexts: {base: "docker-image://debian:12", src: ./src}
    image: acme/web
  db:
    image: postgres:\${VERSION:-15}-alpine
  cache:
    <<: *base
  open:
    image: \${REGISTRY}/app:1
  inline:
    build:
      dockerfile_inline: |
        FROM golang:1.22 AS build
        COPY --from=build /a /b
`,
    uses: [
      "redis:7",
      "debian:12",
      "acme/web build",
      "postgres:15-alpine",
      "${REGISTRY}/app:1 ?REGISTRY",
      "golang:1.22",
    ],
  },
  "a registry for all images, before none that has one": {
    path: "values.yaml",
    text: "global: {imageRegistry: a.example/x}\na: {image: {repository: ghcr.io/acme/b, tag: '1'}}\nc: {image: {repository: d, tag: '2'}}\n",
    uses: ["ghcr.io/acme/b:1", "a.example/x/d:2"],
  },
  "values of Istio": {
    path: "values.yaml",
    text: `global: {hub: gcr.io/istio-release, tag: 1.29.1, proxy: {image: proxyv2, resources: {}}}
gateway: {image: acme/proxy:1, resources: {}}
`,
    uses: ["gcr.io/istio-release/proxyv2:1.29.1 likely", "acme/proxy:1 likely"],
  },
  "values of a chart": {
    path: "charts/a/values.yaml",
    text: `image:
  registry: quay.io
  repository: prometheus/alertmanager
  tag: v0.27.0
sidecar:
  image: {repository: kiwigrid/k8s-sidecar, tag: "", pullPolicy: Always}
job: {image: busybox:1.36}
operatorImage: ghcr.io/a/b:v2
pinned: {image: {repository: c/d, tag: 1.5, digest: ${"1".repeat(64)}}}
images: {repository: gcr.io/p/apps, tag: ""}
dependencies:
- {name: x, repository: "oci://ghcr.io/charts", tag: v1}
`,
    uses: [
      "quay.io/prometheus/alertmanager:v0.27.0",
      "kiwigrid/k8s-sidecar ?appVersion",
      "busybox:1.36 likely",
      "ghcr.io/a/b:v2 likely",
      `c/d:1.5@sha256:${"1".repeat(64)}`,
    ],
  },
  "a chart's value, in a file that tells no format": {
    path: "platform.yaml",
    text: "registry: quay.io\nrepository: prometheus/alertmanager\ntag: v0.27.0\n",
    uses: ["quay.io/prometheus/alertmanager:v0.27.0 likely"],
  },
  "a registry for all images of a chart": {
    path: "values.yaml",
    text: "global: {imageRegistry: mirror.acme.io}\nimage: {registry: docker.io, repository: bitnami/redis, tag: '7'}\n",
    uses: ["mirror.acme.io/bitnami/redis:7"],
  },
  "a chart's annotations": {
    path: "Chart.yaml",
    text: `name: a
annotations:
  artifacthub.io/images: |
    - name: a
      image: ghcr.io/a/b:1
      whitelisted: true
    - image: nginx:1.25
dependencies:
- {name: redis, repository: https://charts.io, version: 1.0.0}
`,
    uses: ["ghcr.io/a/b:1 likely", "nginx:1.25 likely"],
  },
  "Skaffold's configuration": {
    path: "skaffold.yaml",
    text: `apiVersion: skaffold/v4beta6
kind: Config
build:
  artifacts:
  - image: gcr.io/p/app
    docker: {cacheFrom: ["gcr.io/p/app:latest"], buildArgs: {BASE_IMAGE: "debian:12"}}
    requires: [{image: base}]
  - {image: packed, buildpacks: {builder: "gcr.io/buildpacks/builder:v1", runImage: gcr.io/buildpacks/run}}
  - {image: baked, kaniko: {image: "gcr.io/kaniko-project/executor:v1", initImage: busybox}}
verify: [{name: a, container: {name: b, image: alpine}}]
`,
    uses: [
      "gcr.io/p/app build",
      "gcr.io/p/app:latest likely",
      "debian:12 likely",
      "base build",
      "packed build",
      "gcr.io/buildpacks/builder:v1",
      "gcr.io/buildpacks/run",
      "baked build",
      "gcr.io/kaniko-project/executor:v1",
      "busybox",
      "alpine",
    ],
  },
  "a dev container": {
    path: ".devcontainer/devcontainer.json",
    text: `{
  // what runs
  "image": "mcr.microsoft.com/devcontainers/base:1", /* why */
  "features": {"ghcr.io/devcontainers/features/go:1": {}},
}`,
    uses: ["mcr.microsoft.com/devcontainers/base:1"],
  },
  "releases and scripts": {
    path: "package.json",
    text: `{"name": "a", "scripts": {"db": "docker run -d postgres:16"}, "icon": {"image": "a/b:1"}}`,
    uses: ["postgres:16 likely"],
  },
  "defaults that are empty or names": {
    path: "docker-compose.yml",
    text: `services:
  a: {image: "\${REGISTRY-}app:\${TAG:-1.0}"}
  b: {image: "\${IMAGE:-redis:\${REDIS:-7}}"}
  c: {image: "\${NEEDED:?say which}"}
  d: {image: "nginx:$$TAG"}
`,
    uses: ["app:1.0", "redis:7", "${NEEDED:?say which} ?NEEDED"],
  },
  "parts of objects": {
    path: "patch.yaml",
    text: `spec: {template: {spec: {containers: [{name: a, image: nginx}]}}}
extraContainers: [{name: b, image: busybox}]
products: [{name: c, image: apple}]
`,
    uses: ["nginx likely", "busybox likely"],
  },
};
