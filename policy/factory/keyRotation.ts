import { type Finding, type ResourceRule, type RuleConfig } from "../rule";
import { at, type Inputs, UNKNOWN, type Value } from "../value";

const DAY_S = 86_400;
/** Google's and the CIS benchmark's advice. */
const MOST_DAYS = 90;

/** Keys are rotated. */
export const keyRotation: ResourceRule = {
  id: "factory-key-rotation",
  what: `Keys that encrypt are rotated by themselves, at least every ${MOST_DAYS} days.`,
  why: "The longer a key is in use, the more data is lost with it. Cloud KMS rotates without any work: new data is encrypted with the new version and old data is still read. Asymmetric, imported and external keys cannot be rotated so and are left alone.",
  fix: `Set \`rotationPeriod\` to seconds such as \`${MOST_DAYS * DAY_S}s\`, which are ${MOST_DAYS} days.`,
  severity: "medium",
  level: "mandatory",
  link: "https://cloud.google.com/kms/docs/key-rotation",
  checkov: ["CKV_GCP_43"],
  types: ["gcp:kms/cryptoKey:CryptoKey"],
  config: {
    properties: {
      maxDays: {
        type: "integer",
        description: "Most days between two rotations.",
        default: MOST_DAYS,
      },
    },
  },
  check: ({ inputs }, config) => {
    const period = inputs.rotationPeriod;
    if (isRotatedOtherwise(inputs) || isShortEnough(period, config)) return [];
    const unknown = ["purpose", "importOnly", "versionTemplate.protectionLevel", "rotationPeriod"].find(
      (path) => at(inputs, path) === UNKNOWN,
    );
    if (unknown !== undefined) return [{ path: unknown, cannotTell: true }];
    const said = typeof period === "string" ? "rotated too seldom" : "never rotated by itself";
    return [{ path: "rotationPeriod", violation: `The key is ${said}.` } satisfies Finding];
  },
};

/** Whether Cloud KMS rotates no such key by itself. */
function isRotatedOtherwise(inputs: Inputs): boolean {
  const purpose = inputs.purpose ?? "ENCRYPT_DECRYPT";
  const level = at(inputs, "versionTemplate.protectionLevel");
  const external = level === "EXTERNAL" || level === "EXTERNAL_VPC";
  return (purpose !== UNKNOWN && purpose !== "ENCRYPT_DECRYPT") || inputs.importOnly === true || external;
}

function isShortEnough(period: Value, { maxDays }: RuleConfig): boolean {
  const seconds = typeof period === "string" ? /^([0-9]{1,15}(\.[0-9]{1,9})?)s$/.exec(period)?.[1] : undefined;
  return seconds !== undefined && Number(seconds) <= Number(maxDays) * DAY_S;
}
