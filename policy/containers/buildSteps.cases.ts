import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { PINNED } from "./caseWorkload";

const SAYS = "The step's image comes from a registry that is not allowed.";

const trigger = (name: Value, more: Inputs = {}): CaseResource => ({
  type: "gcp:cloudbuild/trigger:Trigger",
  inputs: { build: { steps: [{ name: "gcr.io/cloud-builders/docker" }, { name }] }, ...more },
});

export const cases: RuleCases = {
  good: [
    { title: "an image of Artifact Registry", resources: [trigger(PINNED)] },
    { title: "Google's own builders", resources: [trigger("gcr.io/google.com/cloudsdktool/cloud-sdk:slim")] },
    {
      title: "a registry that is allowed",
      resources: [trigger("node:22")],
      config: { allowedRegistries: ["docker.io/library", "gcr.io/cloud-builders"] },
    },
    {
      title: "parts that only the build knows, in an allowed registry",
      resources: [trigger("europe-docker.pkg.dev/$PROJECT_ID/builders/${_BUILDER}:$SHORT_SHA")],
    },
    {
      title: "a substitution that names an allowed registry",
      resources: [trigger("${_REGISTRY}/node:22", { substitutions: { _REGISTRY: "us-docker.pkg.dev/acme/hub" } })],
    },
  ],
  bad: [
    {
      title: "an image of Docker Hub",
      resources: [trigger("node:22")],
      says: [`build.steps[1].name ${SAYS}`],
    },
    { title: "a tag that only the build knows", resources: [trigger("node:$_VERSION")], says: [SAYS] },
    {
      title: "a substitution that names another registry",
      resources: [trigger("$_IMAGE", { substitutions: { _IMAGE: "ghcr.io/acme/build:1" } })],
      says: [SAYS],
    },
    { title: "gcr.io, to which anybody pushes", resources: [trigger("gcr.io/acme/build")], says: [SAYS] },
    {
      title: "no name of an image",
      resources: [trigger("Build It")],
      says: ["The image's name is none that a registry could have."],
    },
  ],
  unknown: [
    { title: "an image that is built first", resources: [trigger(UNKNOWN)] },
    {
      title: "the steps",
      resources: [{ type: "gcp:cloudbuild/trigger:Trigger", inputs: { build: { steps: UNKNOWN } } }],
    },
    { title: "a registry that only the build knows", resources: [trigger("${_REGISTRY}/node:22")] },
    {
      title: "substitutions that are not known",
      resources: [trigger("$_IMAGE", { substitutions: UNKNOWN })],
    },
  ],
  secret: [{ title: "a secret image", resources: [trigger(secretValue("hunter2/build"))] }],
  absent: [
    {
      title: "no build, which a file in the repository has",
      resources: [{ type: "gcp:cloudbuild/trigger:Trigger", inputs: { filename: "cloudbuild.yaml" } }],
    },
  ],
};
