import { type ResourceRule } from "../rule";
import { judgeMetadata, WITH_METADATA } from "./instances";

/** Nobody logs in over the serial port. */
export const instanceSerialPort: ResourceRule = {
  id: "factory-instance-serial-port",
  what: "Instances, templates and projects have no interactive serial console.",
  why: "The serial console is reached from every address in the world, past all firewall rules, with a key from metadata. It belongs on for the hour in which somebody repairs an instance.",
  fix: "Leave `metadata` `serial-port-enable` out or set it to `FALSE`, in the metadata of projects too.",
  severity: "medium",
  level: "mandatory",
  link: "https://cloud.google.com/compute/docs/troubleshooting/troubleshooting-using-serial-console",
  checkov: ["CKV_GCP_35"],
  types: WITH_METADATA,
  check: (resource) =>
    judgeMetadata(resource, "serial-port-enable", (flag, path) =>
      flag ? [{ path, violation: "The serial console is open." }] : [],
    ),
};
