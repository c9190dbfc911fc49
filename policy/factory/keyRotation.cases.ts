import { type CaseResource, type RuleCases, secretValue } from "../rule";
import { type Inputs, UNKNOWN } from "../value";

const TOO_SELDOM = "rotationPeriod The key is rotated too seldom";
const NEVER = "rotationPeriod The key is never rotated by itself";

const key = (inputs: Inputs): CaseResource => ({
  type: "gcp:kms/cryptoKey:CryptoKey",
  inputs: { keyRing: "projects/acme-keys/locations/eu/keyRings/images", ...inputs },
});

export const cases: RuleCases = {
  good: [
    { title: "every 90 days", resources: [key({ rotationPeriod: "7776000s" })] },
    { title: "with fractions", resources: [key({ purpose: "ENCRYPT_DECRYPT", rotationPeriod: "2592000.5s" })] },
    { title: "as often as is configured", resources: [key({ rotationPeriod: "31536000s" })], config: { maxDays: 365 } },
    { title: "a key that signs", resources: [key({ purpose: "ASYMMETRIC_SIGN" })] },
    { title: "a key that is imported", resources: [key({ importOnly: true })] },
    { title: "a key that is held elsewhere", resources: [key({ versionTemplate: { protectionLevel: "EXTERNAL" } })] },
  ],
  bad: [
    { title: "once a year", resources: [key({ rotationPeriod: "31536000s" })], says: [TOO_SELDOM] },
    { title: "a second more than 90 days", resources: [key({ rotationPeriod: "7776001s" })], says: [TOO_SELDOM] },
    { title: "no period at all", resources: [key({ rotationPeriod: "90d" })], says: [TOO_SELDOM] },
    {
      title: "less often than is configured",
      resources: [key({ rotationPeriod: "7776000s" })],
      config: { maxDays: 30 },
      says: [TOO_SELDOM],
    },
  ],
  unknown: [
    { title: "the period", resources: [key({ rotationPeriod: UNKNOWN })] },
    { title: "the purpose", resources: [key({ purpose: UNKNOWN })] },
    { title: "where it is held", resources: [key({ versionTemplate: UNKNOWN })] },
  ],
  secret: [{ title: "a secret period", resources: [key({ rotationPeriod: secretValue("hunter2") })] }],
  absent: [
    { title: "no period", resources: [key({})], says: [NEVER] },
    { title: "no period of a key that authenticates", resources: [key({ purpose: "MAC" })] },
  ],
};
