import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN, type Value } from "../value";
import { INSTANCES } from "./instances";

const SAYS = "The metadata hold what looks like a secret";

const instance = (metadata: Value, type = INSTANCES[0], more: Inputs = {}): CaseResource => ({
  type,
  inputs: { ...more, metadata },
});

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
    ...INSTANCES.map((type) => ({
      title: `a password in ${type}`,
      resources: [instance({ "db-password": "correct horse" }, type)],
      says: [`metadata.db-password ${SAYS}`],
    })),
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
  ],
  secret: [{ title: "a secret password", resources: [instance({ password: secretValue("hunter2") })] }],
  absent: [{ title: "no metadata", resources: [instance(undefined)] }],
};
