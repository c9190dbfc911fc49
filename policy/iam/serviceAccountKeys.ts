import { type ResourceRule } from "../rule";
import { UNKNOWN } from "../value";

const HMAC_KEY = "gcp:storage/hmacKey:HmacKey";

/** No keys of service accounts are made. */
export const serviceAccountKeys: ResourceRule = {
  id: "iam-service-account-keys",
  what: "No keys of service accounts are made.",
  why: "Such a key is a password that never expires: its private half stands in the stack's state and wherever it was copied to, and whoever has it is the service account. A public key that is uploaded instead leaves its private half where it was made, and ends with its certificate.",
  fix: "Delete the key and let the workload run as the service account, or use Workload Identity Federation from outside of Google Cloud; where a key must be, upload its public half in `publicKeyData`.",
  severity: "high",
  level: "mandatory",
  link: "https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys",
  checkov: ["CKV2_GCP_3"],
  types: ["gcp:serviceaccount/key:Key", HMAC_KEY],
  check: ({ type, inputs: { publicKeyData } }) => {
    if (publicKeyData === UNKNOWN && type !== HMAC_KEY) return [{ path: "publicKeyData", cannotTell: true }];
    const uploaded = typeof publicKeyData === "string" && publicKeyData !== "" && type !== HMAC_KEY;
    return uploaded ? [] : [{ violation: "A key is made whose private half lies in the state." }];
  },
};
