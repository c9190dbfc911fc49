import { execFile } from "node:child_process";
import pLimit from "p-limit";
import { readPods, type RunningContainer } from "../../../core/scan/pods";
import { inputText } from "../plan/files";
import { InputError } from "../plan/inputError";

/** Which clusters are asked. */
export interface ClusterFlags {
  kubeconfig?: string;
  context?: string[];
  pods?: string[];
}

/** Some 20,000 pods; parsing takes several times as much memory. */
const MOST_MEGABYTES = 200;
const MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;

/** Clusters that are asked at the same time. */
const AT_ONCE = 4;

const INSTALL = "install it (https://kubernetes.io/docs/tasks/tools/), or give the pods with --pods FILE";

/** What runs in the clusters that are named, and in the lists of pods. All that goes wrong is told at once. */
export async function runningContainers({ kubeconfig, context, pods = [] }: ClusterFlags): Promise<RunningContainer[]> {
  const contexts = context ?? (kubeconfig === undefined ? [] : [undefined]);
  const limit = pLimit(AT_ONCE);
  const asked = contexts.map((name) =>
    limit(async () => podsIn(name ?? "current context", await getPods(kubeconfig, name))),
  );
  const read = [...(await Promise.all(asked)), ...pods.map((file) => podsIn(file, readPodsFile(file)))];
  const problems = read.flatMap((one) => ("problem" in one ? [one.problem] : []));
  if (problems.length > 0) throw new InputError([...new Set(problems)]);
  return read.flatMap((one) => ("running" in one ? one.running : []));
}

type Read<T> = T | { problem: string };

function podsIn(cluster: string, read: Read<{ text: string }>): Read<{ running: RunningContainer[] }> {
  if ("problem" in read) return read;
  try {
    const pods = readPods(cluster, JSON.parse(read.text));
    return "problem" in pods ? { problem: `${cluster}: ${pods.problem}` } : pods;
  } catch (error) {
    return {
      problem: `${cluster}: must be the JSON that kubectl get pods --all-namespaces --output json prints (${String(error)})`,
    };
  }
}

function readPodsFile(file: string): Read<{ text: string }> {
  try {
    return { text: inputText(file, MOST_BYTES) };
  } catch (error) {
    if (error instanceof InputError) return { problem: error.messages.join("; ") };
    throw error;
  }
}

/** kubectl knows how to sign in, and asks for the pods page by page. */
function getPods(kubeconfig: string | undefined, context: string | undefined): Promise<Read<{ text: string }>> {
  const flags = [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    ...(context === undefined ? [] : [`--context=${context}`]),
  ];
  const command = [...flags, "get", "pods", "--all-namespaces", "--output=json", "--request-timeout=60s"];
  return new Promise((done) => {
    execFile("kubectl", command, { maxBuffer: MOST_BYTES }, (error, stdout, stderr) => {
      if (error === null) done({ text: stdout });
      else done({ problem: kubectlProblem(error, context, stderr) });
    });
  });
}

function kubectlProblem(error: Error & { code?: unknown }, context: string | undefined, stderr: string): string {
  if (error.code === "ENOENT") return `kubectl is not on PATH: ${INSTALL}`;
  const cluster = context ?? "current context";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
    return `${cluster}: kubectl gave more than ${MOST_MEGABYTES} MB of pods; scan namespaces one by one: kubectl get pods --namespace N --output json > FILE, and --pods FILE`;
  const reason = stderr.trim().split("\n").at(-1) || String(error.code);
  return `${cluster}: kubectl cannot list the pods: ${reason}`;
}
