import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { UNKNOWN, type Value } from "../value";
import { WITH_METADATA } from "./instances";

const SAYS = "metadata.serial-port-enable The serial console is open";
const ITEM = "gcp:compute/projectMetadataItem:ProjectMetadataItem";

const instance = (metadata: Value, type = WITH_METADATA[0]): CaseResource => ({ type, inputs: { metadata } });

export const cases: RuleCases = {
  good: [{ title: "off", resources: [instance({ "serial-port-enable": "FALSE" })] }],
  bad: [
    ...WITH_METADATA.filter((type) => type !== ITEM).map((type) => ({
      title: `on in ${type}`,
      resources: [instance({ "serial-port-enable": "TRUE" }, type)],
      says: [SAYS],
    })),
    {
      title: "on in one entry of a project",
      resources: [{ type: ITEM, inputs: { key: "serial-port-enable", value: "TRUE" } }],
      says: ["value The serial console is open"],
    },
    { title: "on, as a number", resources: [instance({ "serial-port-enable": "1" })], says: [SAYS] },
    { title: "on, as no text", resources: [instance({ "serial-port-enable": true })], says: [SAYS] },
  ],
  unknown: [
    { title: "not known", resources: [instance({ "serial-port-enable": UNKNOWN })] },
    { title: "which entry of a project it is", resources: [{ type: ITEM, inputs: { key: UNKNOWN, value: "TRUE" } }] },
  ],
  secret: [{ title: "a secret beside it", resources: [instance({ other: secretValue("hunter2") })] }],
  absent: [{ title: "no metadata", resources: [instance(undefined)] }],
};
