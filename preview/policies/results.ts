/** How hard a policy is enforced, in Pulumi's words. */
export type EnforcementLevel = "mandatory" | "advisory" | "remediate" | "disabled";

/** How grave the authors of a policy call it. */
export type PolicySeverity = "low" | "medium" | "high" | "critical";

/** One policy of a pack. */
export interface PolicyInfo {
  name: string;
  description: string;
  level: EnforcementLevel;
  severity?: PolicySeverity;
  /** Whether it looks at one resource or at the whole stack. */
  type: "resource" | "stack";
  /** Page about the policy. */
  url?: string;
  remediationSteps?: string;
}

/** What a policy objects to. */
export interface PolicyViolation {
  policy: string;
  level: "mandatory" | "advisory";
  severity?: PolicySeverity;
  /** What is wrong; the policy's description is not repeated. */
  message: string;
  /** Resource; the stack when left out. */
  urn?: string;
}

/** What a policy could not judge, because a preview does not know a value that it needs. */
export interface PolicyUnknown {
  policy: string;
  message: string;
  urn?: string;
}

/** A resource that a policy changed before it was registered. */
export interface PolicyRemediation {
  policy: string;
  urn: string;
  /** Top-level inputs that it added, changed or took away. */
  inputs: string[];
  /** Why it could not change the resource. */
  problem?: string;
}

/** What one pack said of a program. */
export interface PolicyPackResult {
  name: string;
  version: string;
  /** Those that are not disabled, by name. */
  policies: PolicyInfo[];
  /** Mandatory ones first, then by policy, resource and message. */
  violations: PolicyViolation[];
  unknowns: PolicyUnknown[];
  remediations: PolicyRemediation[];
}
