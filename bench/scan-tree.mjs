// Writes a tree of files of which one in ten names images: makeTree(folder, files)
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const SOURCES = ["ts", "go", "py", "java", "css", "md", "png", "html", "rs", "txt"];

/** As many files of each kind in a hundred that name images. */
const KINDS = [
  [20, dockerfile],
  [40, deployment],
  [8, cronJob],
  [8, values],
  [6, chartTemplate],
  [5, compose],
  [4, workflow],
  [3, cloudBuild],
  [2, pipeline],
  [2, podJson],
  [2, script],
];

/** Writes so many files into a folder, and gives how many of them name images. */
export function makeTree(folder, count) {
  for (let i = 0; i < count; i++) {
    const [path, text] = i % 10 === 0 ? relevant(i / 10) : source(i);
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return Math.ceil(count / 10);
}

function folderOf(i) {
  return `team-${i % 20}/service-${i % 400}/src-${i % 7}`;
}

function source(i) {
  const extension = SOURCES[i % SOURCES.length];
  return [`${folderOf(i)}/file${i}.${extension}`, `// file ${i}\n${"const value = compute(value, 17);\n".repeat(60)}`];
}

function relevant(i) {
  let at = i % 100;
  for (const [share, make] of KINDS) {
    if (at < share) return [`${folderOf(i * 10)}/${i}/`, make(i)].reduce((path, [name, text]) => [path + name, text]);
    at -= share;
  }
}

function dockerfile(i) {
  const text = `# syntax=docker/dockerfile:1
ARG NODE=20.${i % 9}
FROM node:\${NODE}-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN apk add --no-cache python3 make g++ \\
    && npm ci --ignore-scripts \\
    && npm cache clean --force
COPY . .
RUN npm run build && npm prune --omit=dev

FROM golang:1.22 AS tools
RUN --mount=type=cache,target=/root/.cache CGO_ENABLED=0 go install example.com/tool@latest

FROM gcr.io/distroless/nodejs20-debian12
ENV NODE_ENV=production PORT=8080
COPY --from=build /app/dist /app
COPY --from=tools /go/bin/tool /usr/local/bin/tool
COPY --from=ghcr.io/acme/certificates:${i % 5} /etc/ssl /etc/ssl
USER 1000
EXPOSE 8080
ENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]
`;
  return [i % 3 === 0 ? "web.Dockerfile" : "Dockerfile", text];
}

function container(i, name = "server") {
  return `        - name: ${name}
          image: ghcr.io/acme/service-${i % 300}:1.${i % 20}.0
          ports:
            - containerPort: 8080
              name: http
          env:
            - name: PORT
              value: "8080"
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: database
                  key: url
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              cpu: 500m
              memory: 256Mi
          readinessProbe:
            httpGet:
              path: /healthz
              port: http
            periodSeconds: 5
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
            initialDelaySeconds: 10
          securityContext:
            allowPrivilegeEscalation: false
            runAsNonRoot: true
            capabilities:
              drop: ["ALL"]
`;
}

function deployment(i) {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: service-${i}
  namespace: team-${i % 20}
  labels:
    app.kubernetes.io/name: service-${i}
    app.kubernetes.io/part-of: shop
spec:
  replicas: 3
  selector:
    matchLabels:
      app.kubernetes.io/name: service-${i}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: service-${i}
      annotations:
        prometheus.io/scrape: "true"
    spec:
      serviceAccountName: service-${i}
      initContainers:
        - name: wait
          image: busybox:1.36
          command: ["sh", "-c", "until nslookup database; do sleep 2; done"]
      containers:
${container(i)}${container(i + 1, "proxy")}---
apiVersion: v1
kind: Service
metadata:
  name: service-${i}
  labels:
    app.kubernetes.io/name: service-${i}
spec:
  selector:
    app.kubernetes.io/name: service-${i}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: service-${i}
data:
  settings.properties: |
    retries = 3
    timeout = 20s
`;
  return [i % 4 === 0 ? "deployment.yml" : "deployment.yaml", text];
}

function cronJob(i) {
  const text = `apiVersion: batch/v1
kind: CronJob
metadata:
  name: report-${i}
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - name: report
              image: python:3.${i % 13}-slim
              args: ["-m", "report", "--day", "yesterday"]
`;
  return ["cronjob.yaml", text];
}

function values(i) {
  const text = `# Values of the chart.
replicaCount: 2
image:
  registry: quay.io
  repository: acme/chart-${i % 100}
  tag: "2.${i % 10}"
  pullPolicy: IfNotPresent
metrics:
  enabled: true
  image:
    repository: prom/statsd-exporter
    tag: v0.26.0
service:
  type: ClusterIP
  port: 80
ingress:
  enabled: false
  hosts:
    - host: chart.example.com
      paths: ["/"]
resources: {}
nodeSelector: {}
tolerations: []
affinity: {}
`;
  return ["values.yaml", text];
}

function chartTemplate(i) {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "chart.fullname" . }}
  labels:
    {{- include "chart.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicaCount }}
  template:
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
        {{- if .Values.metrics.enabled }}
        - name: metrics
          image: prom/memcached-exporter:v0.${i % 9}.0
        {{- end }}
`;
  return ["templates/deployment.yaml", text];
}

function compose(i) {
  const text = `services:
  web:
    build: .
    image: acme/web-${i}
    ports: ["8080:80"]
    depends_on: [database, cache]
  database:
    image: postgres:1${i % 7}
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/password
  cache:
    image: \${CACHE_IMAGE:-redis:7-alpine}
`;
  return ["docker-compose.yml", text];
}

function workflow(i) {
  const text = `name: ci
on: [push]
jobs:
  test:
    runs-on: ubuntu-latest
    container: node:2${i % 4}
    services:
      postgres:
        image: postgres:16
    steps:
      - uses: actions/checkout@v4
      - uses: docker://alpine:3.20
      - run: |
          npm ci
          docker run --rm hadolint/hadolint < Dockerfile
`;
  return [".github/workflows/ci.yml", text];
}

function cloudBuild(i) {
  const text = `steps:
  - name: gcr.io/cloud-builders/docker
    args: ["build", "-t", "europe-docker.pkg.dev/$PROJECT_ID/apps/web-${i}", "."]
  - name: gcr.io/cloud-builders/gcloud
    args: ["run", "deploy", "web", "--image", "europe-docker.pkg.dev/$PROJECT_ID/apps/web-${i}"]
images: ["europe-docker.pkg.dev/$PROJECT_ID/apps/web-${i}"]
`;
  return ["cloudbuild.yaml", text];
}

function pipeline(i) {
  const text = `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build-${i}
spec:
  params:
    - name: builderImage
      default: gcr.io/kaniko-project/executor:v1.${i % 20}.0
  steps:
    - name: build
      image: $(params.builderImage)
      script: |
        echo build
`;
  return ["task.yaml", text];
}

function podJson(i) {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `pod-${i}`, labels: { app: `pod-${i}` } },
    spec: { containers: [{ name: "main", image: `docker.io/acme/pod:${i}`, args: ["--verbose"] }] },
  };
  return ["pod.json", `${JSON.stringify(pod, undefined, 2)}\n`];
}

function script(i) {
  return [
    "run.sh",
    `#!/bin/bash\nset -euo pipefail\ndocker pull mysql:8.${i % 5}\ndocker run --rm mysql:8.${i % 5} true\n`,
  ];
}
