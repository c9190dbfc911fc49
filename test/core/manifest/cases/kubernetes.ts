import { type Case } from "../support";

const DIGEST = `sha256:${"0".repeat(64)}`;

/** Objects of Kubernetes and of its extensions. */
export const KUBERNETES: Record<string, Case> = {
  "images below an image, and under keys that say nothing": {
    path: "platform.yaml",
    text: `apiVersion: platform.confluent.io/v1beta1
kind: Kafka
spec:
  image: {application: confluentinc/cp-server:7.4.0, init: confluentinc/init:2.6.0, pullPolicy: Always}
status: {image: a.example/b:1}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: images}
data:
  timer: gcr.io/acme/timer@${DIGEST}
  other: acme.example/timer@${DIGEST}
  docs: see quay.io/acme/x:1
  page: acme.example/timer:1
  description: quay.io/acme/x:1
  url: https://quay.io/acme/x:1
  list: {options: [quay.io/acme/x:1, quay.io/acme/y]}
  job: |-
    {
      "defaultJobImage" : "acme/init:v1"
    }
`,
    uses: [
      "confluentinc/cp-server:7.4.0 likely",
      "confluentinc/init:2.6.0 likely",
      `gcr.io/acme/timer@${DIGEST} likely`,
      `acme.example/timer@${DIGEST} likely`,
      "quay.io/acme/x:1 likely",
      "acme/init:v1 likely",
    ],
  },
  "an Application's other images": {
    path: "app.yaml",
    text: `apiVersion: argoproj.io/v1alpha1
kind: Application
spec: {source: {kustomize: {images: ["web=gcr.io/acme/web:1", "redis:7", "x=gcr.io/acme/x@${DIGEST}"]}}}
status: {summary: {images: [nginx:1.25]}}
`,
    uses: ["gcr.io/acme/web:1", "redis:7", `gcr.io/acme/x@${DIGEST}`],
  },
  "a tool's arguments": {
    path: "pod.yaml",
    text: `apiVersion: v1
kind: Pod
spec:
  containers:
  - {name: a, image: gcr.io/go-containerregistry/crane, args: [digest, alpine]}
  - {name: b, image: crane, command: [sleep], args: [digest, alpine]}
  - {name: c, command: [sh, -c, kustomize edit set image test=quay.io/acme/x:1 && make]}
`,
    uses: ["gcr.io/go-containerregistry/crane", "alpine likely", "crane", "quay.io/acme/x:1 likely"],
  },
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
spec: {jobTemplate: {spec: {template: {spec: {containers: [{image: ghcr.io/a/b@${DIGEST}}]}}}}}
`,
    uses: ["busybox:1.36", "nginx:1.25", `ghcr.io/a/b@${DIGEST}`],
  },
  "a List in JSON": {
    path: "list.json",
    text: `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a.io/b:1"}],
      "ephemeralContainers":[{"image":"debug"}],"volumes":[{"image":{"reference":"quay.io/c/d:2"}}]}}]}`,
    uses: ["a.io/b:1", "debug", "quay.io/c/d:2"],
  },
  "names that do not stand as they are written": {
    path: "pod.yaml",
    text: `\uFEFFapiVersion: v1\r\nkind: Pod\r\nspec:\r\n  containers:\r\n  - image: "nginx\\u003a1"\r\n  - image: >-\r\n      redis:7\r\n  - image: 'it''s'\r\n  - image:\r\n      httpd\r\n`,
    uses: ["nginx:1", "redis:7", "httpd"],
  },
  "arguments, variables and commands of containers": {
    path: "pod.yaml",
    text: `apiVersion: v1
kind: Pod
spec:
  containers:
  - image: operator
    args: [--sidecar-image=quay.io/a/b:1, --image, "c/d:2", --port=8080]
    env:
    - {name: PROXY_IMAGE, value: envoyproxy/envoy:v1.30}
    - {name: MODE, value: a/b:c}
  - image: docker:27
    command: [sh, -c, "docker pull alpine:3"]
`,
    uses: [
      "operator",
      "quay.io/a/b:1 likely",
      "c/d:2 likely",
      "envoyproxy/envoy:v1.30 likely",
      "docker:27",
      "alpine:3 likely",
    ],
  },
  "custom resources": {
    path: "crs.yaml",
    text: `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
spec: {baseImage: quay.io/prometheus/prometheus, tag: v2.0.0, thanos: {image: thanosio/thanos:v0.30}}
---
apiVersion: acme.io/v1
kind: Tool
spec: {image: busybox, command: [sh], logo: {image: logo.png}, other: {image: word}}
---
apiVersion: pkg.crossplane.io/v1
kind: Provider
spec: {package: xpkg.upbound.io/upbound/provider-gcp:v1}
---
apiVersion: image.openshift.io/v1
kind: ImageStream
spec: {tags: [{from: {kind: DockerImage, name: registry.redhat.io/ubi9:9}}, {from: {kind: ImageStreamTag, name: "a:b"}}]}
---
apiVersion: serving.knative.dev/v1
kind: Service
spec: {template: {spec: {containers: [{image: gcr.io/knative/hello}]}}}
`,
    uses: [
      "quay.io/prometheus/prometheus:v2.0.0",
      "thanosio/thanos:v0.30 likely",
      "busybox",
      "xpkg.upbound.io/upbound/provider-gcp:v1",
      "registry.redhat.io/ubi9:9",
      "gcr.io/knative/hello",
    ],
  },
  "Tekton's parameters": {
    path: "task.yaml",
    text: `apiVersion: tekton.dev/v1
kind: Task
spec:
  params:
  - {name: version, default: "3.12"}
  - {name: builder-image, default: golang:1.22}
  - {name: open}
  stepTemplate: {image: busybox}
  steps:
  - image: python:$(params.version)
  - image: $(inputs.params.builder-image)
  - image: $(params["open"])
  sidecars: [{image: redis}]
---
apiVersion: tekton.dev/v1
kind: TaskRun
spec:
  taskRef: {name: kaniko}
  params: [{name: IMAGE, value: gcr.io/p/app}, {name: BUILDER_IMAGE, value: "gcr.io/kaniko-project/executor:v1"}]
`,
    uses: [
      "busybox",
      "python:3.12",
      "golang:1.22",
      '$(params["open"]) ?params["open"]',
      "redis",
      "gcr.io/p/app likely push",
      "gcr.io/kaniko-project/executor:v1 likely",
    ],
  },
  "Tekton's values handed on": {
    path: "run.yaml",
    text: `apiVersion: tekton.dev/v1
kind: PipelineRun
spec:
  params: [{name: tag, value: "2"}]
  pipelineSpec:
    params: [{name: tag, default: "1"}]
    tasks:
    - params: [{name: tag, value: $(params.tag)}]
      taskSpec: {params: [{name: tag}], steps: [{image: "node:$(params.tag)"}]}
`,
    uses: ["node:2"],
  },
  "Argo's templates": {
    path: "workflow.yaml",
    text: `apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  arguments: {parameters: [{name: tag, value: "3.19"}]}
  templates:
  - container: {image: "alpine:{{workflow.parameters.tag}}"}
  - script: {image: python, source: "print(1)"}
    sidecars: [{image: nginx}]
  - containerSet: {containers: [{image: a/b}]}
  - inputs: {parameters: [{name: image}]}
    container: {image: "{{inputs.parameters.image}}"}
  - resource:
      manifest: |
        apiVersion: v1
        kind: Pod
        spec: {containers: [{image: perl:5}]}
`,
    uses: ["alpine:3.19", "python", "nginx", "a/b", "{{inputs.parameters.image}} ?inputs.parameters.image", "perl:5"],
  },
  "what only Go's YAML reads": {
    path: "workflow.yaml",
    text: `apiVersion: argoproj.io/v1alpha1
kind: Workflow
spec:
  templates:
  - container:
      image: debian:12
      args: ["
        echo
      "]
    sidecars:
    - image: nginx:1
`,
    uses: ["debian:12", "nginx:1"],
  },
  "Kustomize's images": {
    path: "kustomization.yaml",
    text: `images:
- name: nginx
  newTag: "1.25"
- {name: app, newName: gcr.io/p/app, digest: "${DIGEST}"}
- name: quay.io/a/b
- {name: c, newName: PLACEHOLDER/c}
`,
    uses: ["nginx:1.25", `gcr.io/p/app@${DIGEST}`, "quay.io/a/b"],
  },
  "an Argo CD application": {
    path: "app.yaml",
    text: `apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    chart: stable/nginx
    helm:
      parameters: [{name: image.repository, value: ghcr.io/a/b}]
      values: |
        image: {repository: quay.io/c/d, tag: v1}
`,
    uses: ["ghcr.io/a/b likely", "quay.io/c/d:v1 likely"],
  },
};
