/** An entry of the audit log as Cloud Logging gives it. https://cloud.google.com/compute/docs/logging/audit-logging */
export function auditEntry(
  methodName: string,
  image: string,
  timestamp: string,
  { operation, ...payload }: { operation?: object; [field: string]: unknown } = {},
): object {
  return {
    logName: "projects/acme-images/logs/cloudaudit.googleapis.com%2Factivity",
    timestamp,
    ...(operation ? { operation } : {}),
    protoPayload: {
      "@type": "type.googleapis.com/google.cloud.audit.AuditLog",
      serviceName: "compute.googleapis.com",
      methodName,
      resourceName: `projects/acme-images/global/images/${image}`,
      authenticationInfo: { principalEmail: "ann@acme.example" },
      ...payload,
    },
  };
}
