import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const OFF = "metadata.enable-oslogin OS Login is turned off";
const KEYS = "metadata.enable-oslogin The project's keys open this instance";

const instance = (metadata: Value, type = INSTANCES[0]): CaseResource => ({ type, inputs: { metadata } });

const item = (key: Value, value: Value): CaseResource => ({
  type: "gcp:compute/projectMetadataItem:ProjectMetadataItem",
  inputs: { key, value },
});

export const cases: RuleCases = {
  good: [
    { title: "OS Login", resources: [instance({ "enable-oslogin": "TRUE" })] },
    { title: "no key of the project", resources: [instance({ "block-project-ssh-keys": "true" })] },
    {
      title: "OS Login and another entry in the metadata of a project",
      resources: [item("enable-oslogin", "TRUE"), item("team", UNKNOWN)],
    },
    {
      title: "OS Login in the whole project",
      resources: [instance({ "enable-oslogin": "TRUE" }, "gcp:compute/projectMetadata:ProjectMetadata")],
    },
  ],
  bad: [
    ...INSTANCES.map((type) => ({
      title: `OS Login is turned off in ${type}`,
      resources: [instance({ "enable-oslogin": "FALSE", "block-project-ssh-keys": "TRUE" }, type)],
      says: [OFF],
    })),
    {
      title: "OS Login is turned off by one entry of a project",
      resources: [item("enable-oslogin", "FALSE")],
      says: ["value OS Login is turned off"],
    },
    { title: "keys are not blocked", resources: [instance({ "block-project-ssh-keys": "FALSE" })], says: [KEYS] },
    {
      title: "other metadata of the project",
      resources: [instance({ team: "platform" }, "gcp:compute/projectMetadata:ProjectMetadata")],
      says: ["metadata.enable-oslogin"],
    },
  ],
  unknown: [
    { title: "OS Login", resources: [instance({ "enable-oslogin": UNKNOWN })] },
    { title: "all metadata", resources: [instance(UNKNOWN)] },
    { title: "whether keys are blocked", resources: [instance({ "block-project-ssh-keys": UNKNOWN })] },
    { title: "which entry of a project it is", resources: [item(UNKNOWN, "FALSE")] },
  ],
  secret: [{ title: "a secret value", resources: [instance({ "enable-oslogin": secretValue("hunter2") })] }],
  absent: [
    { title: "no metadata", resources: [instance(undefined)], says: [KEYS] },
    { title: "no metadata beside those of a template", resources: [instance(undefined, INSTANCES.at(-1))] },
  ],
};
