import { expect } from "chai";
import { type Column, EVENTS_SCHEMA, PARTITION_COLUMN } from "../../../core/pulls/events";

/** An event of a pull as Kubernetes writes it and Cloud Logging takes it. */
const ENTRY = {
  insertId: "1abc",
  logName: "projects/acme-shop/logs/events",
  receiveTimestamp: "2026-11-20T10:00:05Z",
  timestamp: "2026-11-20T10:00:00Z",
  severity: "INFO",
  resource: {
    type: "k8s_pod",
    labels: {
      project_id: "acme-shop",
      location: "europe-west1",
      cluster_name: "prod",
      namespace_name: "shop",
      pod_name: "web-1",
    },
  },
  jsonPayload: {
    apiVersion: "v1",
    kind: "Event",
    type: "Normal",
    reason: "Pulling",
    message: 'Pulling image "nginx:1.14.2"',
    count: 2,
    eventTime: null,
    firstTimestamp: "2026-11-20T10:00:00Z",
    lastTimestamp: "2026-11-20T10:00:00Z",
    reportingComponent: "kubelet",
    reportingInstance: "gke-prod-1",
    metadata: { name: "web-1.17", namespace: "shop", uid: "u", creationTimestamp: "t", resourceVersion: "7" },
    involvedObject: {
      apiVersion: "v1",
      kind: "Pod",
      name: "web-1",
      namespace: "shop",
      resourceVersion: "6",
      uid: "u",
      fieldPath: "spec.containers{web}",
    },
    source: { component: "kubelet", host: "gke-prod-1" },
  },
};

describe("the table of pulls", () => {
  it("has a column for everything that an entry of a pull holds, in the case in which Cloud Logging writes it", () => {
    expect(missing(ENTRY, EVENTS_SCHEMA, false)).to.deep.equal([]);
  });

  it("has columns that rows may lack, each name once, and records that hold something", () => {
    const walk = (columns: readonly Column[]) => {
      expect(new Set(columns.map(({ name }) => name.toLowerCase())).size).to.equal(columns.length);
      for (const { name, type, mode, fields } of columns) {
        expect(mode, name).to.equal("NULLABLE");
        expect((fields?.length ?? 0) > 0, name).to.equal(type === "RECORD");
        walk(fields ?? []);
      }
    };
    walk(EVENTS_SCHEMA);
  });

  it("is partitioned by a time", () => {
    expect(EVENTS_SCHEMA.find(({ name }) => name === PARTITION_COLUMN)?.type).to.equal("TIMESTAMP");
  });
});

/** Paths of an entry's values for which there is no column of a type that takes them. */
function missing(entry: object, columns: readonly Column[], lowerCase: boolean, at = ""): string[] {
  return Object.entries(entry).flatMap(([key, value]: [string, unknown]) => {
    const name = lowerCase ? key.toLowerCase() : key;
    const column = columns.find((candidate) => candidate.name === name);
    const path = `${at}${name}`;
    if (!column) return [path];
    if (typeof value === "object" && value !== null)
      return missing(value, column.fields ?? [], lowerCase || name === "jsonPayload", `${path}.`);
    return (typeof value === "number") === (column.type === "FLOAT") ? [] : [path];
  });
}
