import { type Case } from "../support";

/** What builds and tests run in. */
export const PIPELINES: Record<string, Case> = {
  "a step that writes a Dockerfile, and a task of a registry": {
    path: "task.yaml",
    text: `apiVersion: tekton.dev/v1
kind: TaskRun
spec:
  taskRef: {resolver: bundles, params: [{name: bundle, value: "ghcr.io/tasks/git-clone:0.7"}]}
  taskSpec:
    steps:
      - script: |
          cat > Dockerfile << EOF
          FROM busybox
          EOF
          docker build -t hello .
`,
    uses: ["ghcr.io/tasks/git-clone:0.7 likely", "busybox likely", "hello likely build"],
  },
  "a task of a registry alone": {
    path: "task.yaml",
    text: `apiVersion: tekton.dev/v1\nkind: TaskRun\nspec: {taskRef: {params: [{name: bundle, value: "ghcr.io/x/y:1"}]}}\n`,
    uses: ["ghcr.io/x/y:1 likely"],
  },
  "Cloud Build": {
    path: "cloudbuild.yaml",
    text: `steps:
- name: gcr.io/cloud-builders/docker
  args: [build, -t, "\${_REGION}-docker.pkg.dev/$PROJECT_ID/repo/app:$_TAG", .]
- {name: gcr.io/cloud-builders/gcloud, args: [run, deploy, app, "--image=us-docker.pkg.dev/cloudrun/container/hello"]}
- name: ubuntu
  script: |
    docker pull alpine:3.19
images: ["gcr.io/$PROJECT_ID/app"]
substitutions: {_REGION: europe-west1, _TAG: v1}
options: {pool: {name: projects/p/locations/l/workerPools/w}}
`,
    uses: [
      "gcr.io/cloud-builders/docker",
      "europe-west1-docker.pkg.dev/$PROJECT_ID/repo/app:v1 build ?PROJECT_ID",
      "gcr.io/cloud-builders/gcloud",
      "us-docker.pkg.dev/cloudrun/container/hello",
      "ubuntu",
      "alpine:3.19 likely",
      "gcr.io/$PROJECT_ID/app push ?PROJECT_ID",
    ],
  },
  "GitHub Actions": {
    path: ".github/workflows/ci.yaml",
    text: `on: push
env: {BUILDER_IMAGE: "golang:1.22"}
jobs:
  a:
    runs-on: ubuntu-22.04
    container: node:\${{ matrix.node }}
    services:
      db: {image: postgres:15}
    steps:
    - uses: actions/checkout@v4
    - uses: docker://alpine:3
    - run: docker run --rm redis:7
    - uses: docker/build-push-action@v5
      with:
        tags: |
          ghcr.io/acme/app:latest
          ghcr.io/acme/app:v1
  b:
    container:
      image: \${{ env.BUILDER_IMAGE }}
`,
    uses: [
      "node:${{ matrix.node }} ?matrix.node",
      "postgres:15",
      "alpine:3",
      "redis:7 likely",
      "ghcr.io/acme/app:latest likely push",
      "ghcr.io/acme/app:v1 likely push",
      "golang:1.22",
    ],
  },
  "an action of GitHub's": {
    path: "action.yml",
    text: "runs: {using: docker, image: docker://ghcr.io/a/b:1}\n",
    uses: ["ghcr.io/a/b:1"],
  },
  "an action's own Dockerfile": {
    path: "action.yml",
    text: "runs:\n  using: docker\n  image: Dockerfile\n",
    uses: [],
  },
  "GitLab CI": {
    path: ".gitlab-ci.yml",
    text: `image: ruby:3.3
variables: {NODE: "20"}
services: [postgres:15, {name: "redis:7", alias: r}]
test:
  image: {name: "node:$NODE-alpine", entrypoint: [""]}
  script:
  - docker pull busybox:1.36
open:
  image: $CI_REGISTRY/app
`,
    uses: [
      "ruby:3.3",
      "postgres:15",
      "redis:7",
      "node:20-alpine",
      "busybox:1.36 likely",
      "$CI_REGISTRY/app ?CI_REGISTRY",
    ],
  },
  CircleCI: {
    path: ".circleci/config.yml",
    text: `version: 2.1
executors:
  a:
    parameters: {tag: {default: "1.22"}}
    docker: [{image: "cimg/go:<< parameters.tag >>"}, {image: cimg/postgres:15.1}]
  b: {machine: {image: "ubuntu-2204:2024.01.1"}}
`,
    uses: ["cimg/go:1.22", "cimg/postgres:15.1"],
  },
  Drone: {
    path: ".drone.yml",
    text: "kind: pipeline\nsteps:\n- {name: a, image: golang}\nservices: [{name: b, image: mysql:8}]\n",
    uses: ["golang", "mysql:8"],
  },
  "Azure Pipelines": {
    path: "azure-pipelines.yml",
    text: `pool: {vmImage: ubuntu-22.04}
resources: {containers: [{container: a, image: "ubuntu:22.04"}]}
jobs:
- container: {image: "mcr.microsoft.com/dotnet/sdk:8.0"}
`,
    uses: ["ubuntu:22.04", "mcr.microsoft.com/dotnet/sdk:8.0"],
  },
  "Bitbucket Pipelines": {
    path: "bitbucket-pipelines.yml",
    text: `image: node:20
pipelines: {default: [{step: {image: {name: "python:3.12"}, script: ["docker run alpine:3", {pipe: "docker://acme/pipe:1"}]}}]}
definitions: {services: {db: {image: postgres}}}
`,
    uses: ["node:20", "python:3.12", "alpine:3 likely", "acme/pipe:1", "postgres"],
  },
  Concourse: {
    path: "pipeline.yml",
    text: `jobs:
- plan:
  - config:
      image_resource: {type: registry-image, source: {repository: golang, tag: "1.22"}}
resources:
- {name: src, type: git, source: {uri: "https://a.io/b", tag: v1}}
`,
    uses: ["golang:1.22 likely"],
  },
  "GitHub's matrix and options": {
    path: ".github/workflows/a.yml",
    text: `on: push
jobs:
  a:
    strategy: {matrix: {image: ["ubuntu:22.04", "debian:12"], os: [ubuntu-22.04]}}
    runs-on: \${{ matrix.os }}
    container: \${{ matrix.image }}
    steps:
    - uses: docker/setup-buildx-action@v3
      with: {driver-opts: "image=moby/buildkit:v0.12.0"}
`,
    uses: [
      "ubuntu:22.04 likely",
      "debian:12 likely",
      "${{ matrix.image }} ?matrix.image",
      "moby/buildkit:v0.12.0 likely",
    ],
  },
  Bake: {
    path: "docker-bake.json",
    text: `{"target": {"app": {"tags": ["acme/app:1"], "contexts": {"base": "docker-image://alpine:3"}}}}`,
    uses: ["acme/app:1 build", "alpine:3"],
  },
};
