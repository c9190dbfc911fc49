import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";

/** A cluster's API as far as `kubectl get pods` asks it, on loopback. */
export interface Cluster {
  url: string;
  /** Paths with queries that were asked. */
  asked: string[];
  close(): Promise<unknown>;
}

/** How a cluster answers. */
export interface Answers {
  pods: object[];
  /** Status and message in place of the pods. */
  refuses?: [number, string];
}

/** https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks */
export async function startCluster(answers: Answers): Promise<Cluster> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response, answers);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

const VERSIONS = { kind: "APIVersions", versions: ["v1"] };
const GROUPS = { kind: "APIGroupList", apiVersion: "v1", groups: [] };
const POD = {
  name: "pods",
  singularName: "pod",
  namespaced: true,
  kind: "Pod",
  verbs: ["get", "list"],
  shortNames: ["po"],
};
const RESOURCES = { kind: "APIResourceList", groupVersion: "v1", resources: [POD] };

function answer(request: IncomingMessage, response: ServerResponse, { pods, refuses }: Answers): void {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://cluster");
  const send = (status: number, body: object) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  if (pathname === "/api") return void send(200, VERSIONS);
  if (pathname === "/apis") return void send(200, GROUPS);
  if (pathname === "/api/v1") return void send(200, RESOURCES);
  if (refuses) {
    const [code, message] = refuses;
    return void send(code, { kind: "Status", apiVersion: "v1", status: "Failure", message, reason: "Forbidden", code });
  }
  const from = Number(searchParams.get("continue") ?? 0);
  const to = from + Number(searchParams.get("limit") ?? pods.length);
  const metadata = to < pods.length ? { continue: String(to) } : {};
  send(200, { kind: "PodList", apiVersion: "v1", metadata, items: pods.slice(from, to) });
}

/** A kubeconfig with a context for each cluster. */
export function kubeconfig(urls: Record<string, string>): string {
  const names = Object.keys(urls);
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": names[0],
    clusters: names.map((name) => ({ name, cluster: { server: urls[name] } })),
    users: [{ name: "nobody", user: {} }],
    contexts: names.map((name) => ({ name, context: { cluster: name, user: "nobody" } })),
  });
}
