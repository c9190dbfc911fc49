import { PolicyPack } from "@pulumi/policy";
import { rules } from "../rules";
import { policiesOf } from "./policies";

/** The day by which exceptions are judged; `KILN_TODAY` sets another one for tests. */
const today = process.env.KILN_TODAY ?? new Date().toISOString().slice(0, 10);

const { listed, run } = policiesOf(rules, today);
const args = {
  displayName: "Kiln",
  description: "Rules for golden images, containers and who may use them on Google Cloud.",
  enforcementLevel: "advisory" as const,
  policies: run,
};
new PolicyPack("kiln", args);

// Pulumi keeps the list that it runs, and reads the list that it shows anew whenever it is asked.
args.policies = listed;
