import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { WITH_METADATA } from "./instances";

const SAYS = "The metadata hold what looks like a secret";

const instance = (metadata: Value, type = WITH_METADATA[0], more: Inputs = {}): CaseResource => ({
  type,
  inputs: { ...more, metadata },
});

const ITEM = "gcp:compute/projectMetadataItem:ProjectMetadataItem";
const item = (key: Value, value: Value): CaseResource => ({ type: ITEM, inputs: { key, value } });

export const cases: RuleCases = {
  good: [
    { title: "the name of a secret", resources: [instance({ "db-password": "projects/acme/secrets/db/versions/1" })] },
    { title: "a script", resources: [instance({ "startup-script": "apt-get update" })] },
    {
      title: "the address of a service that issues tokens",
      resources: [instance({ token: "https://tokens.example" })],
    },
    { title: "a script that is not known", resources: [instance({ "startup-script": UNKNOWN })] },
  ],
  bad: [
    ...WITH_METADATA.filter((type) => type !== ITEM).map((type) => ({
      title: `a password in ${type}`,
      resources: [instance({ "db-password": "correct horse" }, type)],
      says: [`metadata.db-password ${SAYS}`],
    })),
    {
      title: "a password in one entry of a project",
      resources: [item("db-password", "correct horse")],
      says: [`value ${SAYS}`],
    },
    {
      title: "a private key in a script",
      resources: [instance({ "startup-script": "cat <<E\n-----BEGIN RSA PRIVATE KEY-----\nE" })],
      says: [`metadata.startup-script ${SAYS}`],
    },
    {
      title: "a key of a service account in the other place for scripts",
      resources: [
        instance(undefined, undefined, { metadataStartupScript: '{"type":"service_account","private_key": ""}' }),
      ],
      says: [`metadataStartupScript ${SAYS}`],
    },
  ],
  unknown: [
    { title: "a password", resources: [instance({ password: UNKNOWN })] },
    { title: "all metadata", resources: [instance(UNKNOWN)] },
    { title: "which entry of a project it is", resources: [item(UNKNOWN, "correct horse")] },
  ],
  secret: [{ title: "a secret password", resources: [instance({ password: secretValue("hunter2") })] }],
  absent: [{ title: "no metadata", resources: [instance(undefined)] }],
};
