import { type Case } from "./support";

/** Files by format with what they name. */
export const CASES: Record<string, Case> = {
  "a Deployment and a CronJob in one file": {
    path: "k8s/all.yml",
    text: `apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      initContainers:
      - {name: init, image: 'busybox:1.36'}
      containers:
      - name: web
        image: "nginx:1.25" # why
        imagePullPolicy: Always
---
apiVersion: batch/v1
kind: CronJob
spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: ghcr.io/a/b@sha256:${"0".repeat(64)}}]}}}}}
`,
    uses: ["busybox:1.36", "nginx:1.25", `ghcr.io/a/b@sha256:${"0".repeat(64)}`],
  },
  "a List in JSON": {
    path: "list.json",
    text: `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a.io/b:1"}],
      "ephemeralContainers":[{"image":"debug"}],"volumes":[{"image":{"reference":"quay.io/c/d:2"}}]}}]}`,
    uses: ["a.io/b:1", "debug", "quay.io/c/d:2"],
  },
  "a Compose file": {
    path: "compose.yaml",
    text: `x-base: &base
  image: redis:7
services:
  web:
    build: .
    image: acme/web
  db:
    image: postgres:\${VERSION:-15}-alpine
  cache:
    <<: *base
  open:
    image: \${REGISTRY}/app:1
`,
    uses: ["redis:7", "acme/web build", "postgres:15-alpine", "${REGISTRY}/app:1 ?REGISTRY"],
  },
  "values of a chart": {
    path: "charts/a/values.yaml",
    text: `image:
  registry: quay.io
  repository: prometheus/alertmanager
  tag: v0.27.0
sidecar:
  image: {repository: kiwigrid/k8s-sidecar, tag: "", pullPolicy: Always}
`,
    uses: ["quay.io/prometheus/alertmanager:v0.27.0", "kiwigrid/k8s-sidecar ?appVersion"],
  },
};
