import { type Finding, type ResourceRule } from "../rule";
import { at, UNKNOWN } from "../value";
import { inherits, INSTANCES } from "./instances";

const CONFIG = "shieldedInstanceConfig";

/** The switches of a Shielded VM, and what holds where none is given. */
const SWITCHES = { enableSecureBoot: false, enableVtpm: true, enableIntegrityMonitoring: true };

/** Instances boot what was signed and say what they booted. */
export const instanceShielded: ResourceRule = {
  id: "factory-instance-shielded",
  what: "Instances and templates are Shielded VMs with Secure Boot.",
  why: "Secure Boot refuses a boot loader or kernel module that nobody signed, and integrity monitoring tells when an instance boots something else than before. Without them a rootkit in an image stays unseen. Google leaves Secure Boot off unless it is asked for.",
  fix: `Set \`${CONFIG}.enableSecureBoot\` to true and leave \`enableVtpm\` and \`enableIntegrityMonitoring\` on; images with unsigned drivers need an exception.`,
  severity: "medium",
  level: "advisory",
  link: "https://cloud.google.com/compute/shielded-vm/docs/shielded-vm",
  checkov: ["CKV_GCP_39"],
  types: INSTANCES,
  check: (resource) => {
    const given = resource.inputs[CONFIG] ?? undefined;
    if (given === UNKNOWN) return [{ path: CONFIG, cannotTell: true }];
    if (given === undefined && inherits(resource)) return [];
    return Object.entries(SWITCHES).flatMap(([name, standard]): Finding[] => {
      const value = at(given, name) ?? standard;
      const path = `${CONFIG}.${name}`;
      if (value === UNKNOWN) return [{ path, cannotTell: true }];
      return value === true ? [] : [{ path, violation: "A protection of Shielded VM is off." }];
    });
  },
};
