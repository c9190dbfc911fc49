import { Certainty, Purpose } from "../scan/imageUse";
import { type Format, type Group, type Place, Reads } from "./format";
import { isCloudBuild, isCompose, isSkaffold } from "./signs";
import { getIn, has, itemsOf, textOf } from "./tree";

const { Likely } = Certainty;
const { Build, Push } = Purpose;

/** What a cluster adds by itself says nothing new. */
const LIVE: Place[] = [
  { at: "status.**", reads: Reads.Nothing },
  { at: 'metadata.annotations."kubectl.kubernetes.io/last-applied-configuration"', reads: Reads.Nothing },
];

/** Places of containers, in any object of Kubernetes. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const CONTAINERS: Place[] = [
  { at: "**.containers[].image" },
  { at: "**.initContainers[].image" },
  { at: "**.ephemeralContainers[].image" },
  { at: "**.volumes[].image.reference" },
];

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/ */
const KUSTOMIZE_IMAGES: Omit<Group, "at"> = { repository: ["newName", "name"], tag: ["newTag"], digest: ["digest"] };

/** Formats, the first that fits counts. To teach Kiln a kind of file, add it here. */
export const FORMATS: Format[] = [
  {
    // https://tekton.dev/docs/pipelines/tasks/
    name: "Tekton",
    api: /^(?:triggers\.)?tekton\.dev\//,
    variables: "tekton",
    places: [
      ...LIVE,
      { at: "**.steps[].image" },
      { at: "**.stepTemplate.image" },
      { at: "**.sidecars[].image" },
      { at: "**.steps[].script", reads: Reads.Script },
      { at: "**.taskRef.bundle" },
      { at: "**.pipelineRef.bundle" },
      ...CONTAINERS,
    ],
  },
  {
    // https://argo-workflows.readthedocs.io/en/latest/fields/
    name: "Argo",
    api: /^argoproj\.io\//,
    variables: "argo",
    places: [
      ...LIVE,
      { at: "**.container.image" },
      { at: "**.script.image" },
      { at: "**.sidecars[].image" },
      { at: "**.script.source", reads: Reads.Script },
      { at: "**.resource.manifest", reads: Reads.Manifest },
      { at: "**.helm.values", reads: Reads.Manifest },
      // https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/
      { at: "**.kustomize.images[]", reads: Reads.Override },
      { at: "**.helm.chart", reads: Reads.Nothing },
      ...CONTAINERS,
    ],
  },
  {
    // https://skaffold.dev/docs/references/yaml/
    name: "Skaffold",
    api: /^skaffold\//,
    root: isSkaffold,
    places: [
      { at: "**.artifacts[].image", purpose: Build },
      { at: "**.artifacts[].imageName", purpose: Build },
      { at: "**.artifacts[].requires[].image", purpose: Build },
      { at: "**.artifacts[].**.builder" },
      { at: "**.artifacts[].**.runImage" },
      { at: "verify[].container.image" },
      { at: "**.verify[].container.image" },
      { at: "builds[].imageName", purpose: Build },
      { at: "builds[].tag", purpose: Build },
      { at: "**.kaniko.image" },
      { at: "**.kaniko.initImage" },
      { at: "**.cacheFrom[]", certainty: Likely },
      { at: "**.fromImage" },
      { at: "**.cluster.image" },
      { at: "**.test[].image", purpose: Build },
      { at: "**.portForward[].**", reads: Reads.Nothing },
      { at: "**.artifactOverrides.*", purpose: Build },
      ...CONTAINERS,
    ],
  },
  {
    name: "Kustomize",
    api: /^kustomize\.config\.k8s\.io\//,
    file: /(?:^|\/)kustomization\.ya?ml$/i,
    places: [{ at: "images[].name", reads: Reads.Nothing }],
    groups: [{ at: "images[]", ...KUSTOMIZE_IMAGES }],
  },
  {
    // https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_imagetagtransformer_
    name: "ImageTagTransformer",
    api: /^builtin$/,
    places: [],
    groups: [{ at: "imageTag", ...KUSTOMIZE_IMAGES }],
  },
  {
    // https://fluxcd.io/flux/components/kustomize/kustomizations/
    name: "Flux",
    api: /^(?:kustomize|helm|source|image)\.toolkit\.fluxcd\.io\//,
    places: [...LIVE, { at: "**.chart.spec.chart", reads: Reads.Nothing }, ...CONTAINERS],
    groups: [
      { at: "spec.images[]", ...KUSTOMIZE_IMAGES },
      { at: "**.kustomize.images[]", ...KUSTOMIZE_IMAGES },
    ],
  },
  {
    // https://docs.openshift.com/container-platform/latest/rest_api/image_apis/imagestream-image-openshift-io-v1.html
    name: "OpenShift",
    api: /^(?:image|build|apps|template)\.openshift\.io\//,
    variables: "parameters",
    places: [...LIVE, { at: "**.dockerImageRepository", certainty: Likely }, ...CONTAINERS],
  },
  {
    // https://docs.crossplane.io/latest/packages/
    name: "Crossplane",
    api: /^pkg\.crossplane\.io\//,
    places: [...LIVE, { at: "spec.package" }, ...CONTAINERS],
  },
  {
    name: "Kubernetes",
    api: /^[\w.-]+(?:\/[\w.-]+)?$/,
    variables: "parameters",
    places: [...LIVE, ...CONTAINERS],
  },
  {
    // https://cloud.google.com/build/docs/build-config-file-schema
    name: "Cloud Build",
    file: /(?:^|\/)[\w.-]*cloud-?build[\w.-]*\.(?:ya?ml|json)$/i,
    root: isCloudBuild,
    variables: "cloudBuild",
    places: [
      { at: "steps[].name" },
      { at: "images[]", purpose: Push },
      { at: "images", reads: Reads.Images, purpose: Push },
      { at: "artifacts.images[]", purpose: Push },
      { at: "steps[].script", reads: Reads.Script },
    ],
  },
  {
    // https://docs.github.com/actions/using-workflows/workflow-syntax-for-github-actions
    name: "GitHub Actions",
    file: /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/,
    root: (root) => has(root, "on") && has(root, "jobs"),
    variables: "github",
    places: [
      { at: "jobs.*.container" },
      { at: "jobs.*.container.image" },
      { at: "jobs.*.services.*.image" },
      { at: "**.steps[].uses", reads: Reads.Scheme },
      { at: "runs.image", reads: Reads.Scheme },
      { at: "**.steps[].run", reads: Reads.Script },
      { at: "**.steps[].with.image", certainty: Likely },
      { at: "**.steps[].with.images", reads: Reads.Images, purpose: Push, certainty: Likely },
      { at: "**.steps[].with.tags", reads: Reads.Images, purpose: Push, certainty: Likely },
      { at: "**.steps[].with.cache-from", reads: Reads.Nothing },
    ],
  },
  {
    // https://docs.gitlab.com/ci/yaml/
    name: "GitLab CI",
    file: /gitlab-ci[\w.-]*\.ya?ml$|(?:^|\/)\.gitlab\/.*\.ya?ml$/,
    root: (root) => has(root, "stages") && root.entries.some(({ value }) => has(value, "script")),
    variables: "variables",
    places: [
      { at: "image" },
      { at: "image.name" },
      { at: "*.image" },
      { at: "*.image.name" },
      { at: "services[]" },
      { at: "services[].name" },
      { at: "*.services[]" },
      { at: "*.services[].name" },
      ...["script", "before_script", "after_script"].flatMap((key): Place[] => [
        { at: `**.${key}`, reads: Reads.Script },
        { at: `**.${key}[]`, reads: Reads.Script },
      ]),
    ],
  },
  {
    // https://circleci.com/docs/configuration-reference/
    name: "CircleCI",
    file: /(?:^|\/)\.circleci\/.*\.ya?ml$/,
    variables: "parameters",
    places: [
      { at: "**.docker[].image" },
      { at: "**.machine.image", reads: Reads.Nothing },
      { at: "**.run", reads: Reads.Script },
      { at: "**.run.command", reads: Reads.Script },
    ],
  },
  {
    // https://docs.drone.io/yaml/docker/ and https://woodpecker-ci.org/docs/usage/workflow-syntax
    name: "Drone",
    file: /(?:^|\/)\.(?:drone|woodpecker)(?:\.|\/)/,
    root: (root) => textOf(root, "kind") === "pipeline" && !has(root, "apiVersion"),
    variables: "variables",
    places: [
      { at: "steps[].image" },
      { at: "services[].image" },
      { at: "clone[].image" },
      { at: "clone.*.image" },
      { at: "pipeline.*.image" },
      { at: "steps.*.image" },
      { at: "services.*.image" },
      { at: "**.commands[]", reads: Reads.Script },
    ],
  },
  {
    // https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/
    name: "Azure Pipelines",
    file: /(?:^|\/)[\w.-]*azure-?pipelines?[\w.-]*\.ya?ml$/i,
    variables: "variables",
    places: [
      { at: "resources.containers[].image" },
      { at: "**.container.image" },
      { at: "**.steps[].script", reads: Reads.Script },
      { at: "**.steps[].bash", reads: Reads.Script },
    ],
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/docker-image-options/
    name: "Bitbucket Pipelines",
    file: /(?:^|\/)bitbucket-pipelines\.ya?ml$/,
    places: [
      { at: "**.image" },
      { at: "**.image.name" },
      { at: "**.pipe", reads: Reads.Scheme },
      { at: "**.script[]", reads: Reads.Script },
    ],
  },
  {
    // https://docs.docker.com/reference/compose-file/
    name: "Compose",
    file: /(?:^|\/)(?:docker-)?compose[\w.-]*\.(?:ya?ml|json)$/i,
    root: isCompose,
    places: [
      { at: "services.*.image", builtBeside: "build" },
      { at: "services.*.build.cache_from[]", certainty: Likely },
      { at: "services.*.build.tags[]", purpose: Build },
      { at: "services.*.build.dockerfile_inline", reads: Reads.Dockerfile },
      { at: "services.*.build.additional_contexts.*", reads: Reads.Scheme },
      { at: "services.*.build.additional_contexts[]", reads: Reads.Scheme },
      { at: "services.*.volumes[].image", reads: Reads.Nothing },
      { at: "*.image", certainty: Likely },
      { at: "*.*.image", certainty: Likely },
      { at: "services.*.command", reads: Reads.Nothing },
      { at: "services.*.entrypoint", reads: Reads.Nothing },
    ],
  },
  {
    // https://containers.dev/implementors/json_reference/
    name: "Dev Container",
    file: /(?:^|\/)\.?devcontainer(?:[\w.-]*|\/.*)\.json$/,
    places: [
      { at: "image" },
      { at: "build.cacheFrom" },
      { at: "build.cacheFrom[]" },
      { at: "features.**", reads: Reads.Nothing },
    ],
  },
  {
    // https://artifacthub.io/docs/topics/annotations/helm/
    name: "Chart",
    file: /(?:^|\/)Chart\.ya?ml$/,
    places: [
      { at: 'annotations."artifacthub.io/images"', reads: Reads.Manifest },
      { at: "annotations.*", reads: Reads.Manifest },
      { at: "dependencies[].**", reads: Reads.Nothing },
    ],
  },
  {
    name: "Helm values",
    file: /(?:^|\/)[\w.-]*values[\w.-]*\.ya?ml$|(?:^|\/)ci\/[^/]*\.ya?ml$/i,
    places: [{ at: "**.image", certainty: Likely }],
  },
  {
    // https://developer.hashicorp.com/packer/integrations/hashicorp/docker
    name: "Packer",
    root: (root) => itemsOf(getIn(root, "builders")).some((builder) => textOf(builder, "type") !== undefined),
    places: [{ at: "builders[].image", certainty: Likely }],
  },
  {
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
    name: "ECS",
    root: (root) => has(root, "containerDefinitions"),
    places: [{ at: "containerDefinitions[].image" }],
  },
  {
    // https://docs.docker.com/build/bake/reference/
    name: "Bake",
    file: /(?:^|\/)docker-bake(?:\.[\w-]+)?\.json$/,
    places: [
      { at: "target.*.tags[]", purpose: Build },
      { at: "target.*.contexts.*", reads: Reads.Scheme },
    ],
  },
  {
    // https://www.gitpod.io/docs/configure/workspaces/workspace-image
    name: "Gitpod",
    file: /(?:^|\/)\.gitpod\.ya?ml$/,
    places: [{ at: "image" }],
  },
  {
    // https://buildkite.com/resources/plugins/buildkite-plugins/docker-buildkite-plugin/
    name: "Buildkite",
    file: /(?:^|\/)\.buildkite\/.*\.ya?ml$/,
    places: [{ at: "**.plugins[].*.image" }, { at: "**.agents.image", reads: Reads.Nothing }],
  },
  {
    // https://goreleaser.com/customization/docker/
    name: "GoReleaser",
    file: /(?:^|\/)\.?goreleaser[\w.-]*\.ya?ml$/,
    places: [
      { at: "**.image_templates[]", purpose: Build },
      { at: "docker_manifests[].name_template", purpose: Build },
      { at: "kos[].base_image" },
    ],
  },
  {
    // https://ko.build/configuration/
    name: "ko",
    file: /(?:^|\/)\.ko\.ya?ml$/,
    places: [{ at: "defaultBaseImage" }, { at: "baseImageOverrides.*" }],
  },
  {
    name: "package.json",
    file: /(?:^|\/)package\.json$/,
    places: [
      { at: "scripts.*", reads: Reads.Script },
      { at: "**", reads: Reads.Nothing },
    ],
  },
];
