/** Containers of one image that run alike: in all pods of one owner. */
export interface RunningContainer {
  /** Context of kubectl, or the file that the pods were read from. */
  cluster: string;
  namespace: string;
  /** What the pods belong to, such as `Deployment/web`. */
  owner: string;
  container: string;
  /** Name that the pods ask for. */
  reference: string;
  /** Digest that runs, once it was pulled. */
  digest?: string;
  /** @asType integer */
  pods: number;
}

/** Reads the List of pods that `kubectl get pods --output json` prints. */
export function readPods(cluster: string, list: unknown): { running: RunningContainer[] } | { problem: string } {
  const items = fieldOf(list, "items");
  if (!Array.isArray(items))
    return { problem: "must be a List of pods, as kubectl get pods --all-namespaces --output json prints it" };
  const wrong = items.findIndex(
    (item) => fieldOf(item, "spec") === undefined || !["Pod", undefined].includes(textOf(item, "kind")),
  );
  if (wrong >= 0)
    return {
      problem: `must be a List of pods, got ${textOf(items[wrong], "kind") ?? "something else"} in items[${wrong}]`,
    };
  const found = new Map<string, RunningContainer>();
  for (const one of items.flatMap((pod) => containersOf(cluster, pod))) {
    const key = JSON.stringify([one.namespace, one.owner, one.container, one.reference, one.digest]);
    const before = found.get(key);
    if (before) before.pods++;
    else found.set(key, one);
  }
  return { running: [...found.values()].sort(byPlace) };
}

/** Without a name before it, it is the id of a configuration, which no registry knows. */
const DIGEST = /@(sha256:[0-9a-f]{64})$/;

/** Kinds of containers in a pod, each with where the kubelet tells what runs. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const KINDS = [
  ["initContainers", "initContainerStatuses"],
  ["containers", "containerStatuses"],
  ["ephemeralContainers", "ephemeralContainerStatuses"],
] as const;

function containersOf(cluster: string, pod: unknown): RunningContainer[] {
  const metadata = fieldOf(pod, "metadata");
  const place = { cluster, namespace: textOf(metadata, "namespace") ?? "default", owner: ownerOf(metadata) };
  return KINDS.flatMap(([kind, statuses]) => {
    const ids = new Map(
      listOf(fieldOf(pod, "status"), statuses).map((one) => [textOf(one, "name"), textOf(one, "imageID")]),
    );
    return listOf(fieldOf(pod, "spec"), kind).flatMap((one) => {
      const [container, reference] = [textOf(one, "name") ?? "", textOf(one, "image")];
      // Without a name it runs nothing: the cluster refuses such pods, and others fill it in.
      if (reference === undefined || reference === "") return [];
      const digest = DIGEST.exec(ids.get(container) ?? "")?.[1];
      return [{ ...place, container, reference, ...(digest === undefined ? {} : { digest }), pods: 1 }];
    });
  });
}

/** A Deployment's pods belong to a ReplicaSet that is named after it and the hash of its pods. */
function ownerOf(metadata: unknown): string {
  const owner = listOf(metadata, "ownerReferences").find((one) => fieldOf(one, "controller") === true);
  if (owner === undefined) return `Pod/${textOf(metadata, "name") ?? ""}`;
  const [kind, name] = [textOf(owner, "kind") ?? "", textOf(owner, "name") ?? ""];
  const hash = textOf(fieldOf(metadata, "labels"), "pod-template-hash");
  return kind === "ReplicaSet" && hash !== undefined && name.endsWith(`-${hash}`)
    ? `Deployment/${name.slice(0, -hash.length - 1)}`
    : `${kind}/${name}`;
}

function byPlace(a: RunningContainer, b: RunningContainer): number {
  const place = ({ namespace, owner, container, reference }: RunningContainer) =>
    [namespace, owner, container, reference].join("\n");
  return place(a) < place(b) ? -1 : Number(place(a) > place(b));
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  const field = fieldOf(value, key);
  return typeof field === "string" ? field : undefined;
}

function listOf(value: unknown, key: string): unknown[] {
  const field = fieldOf(value, key);
  return Array.isArray(field) ? field : [];
}
