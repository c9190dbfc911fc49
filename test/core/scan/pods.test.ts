import { expect } from "chai";
import * as fc from "fast-check";
import { readPods } from "../../../core/scan/pods";

const DIGEST = `sha256:${"a".repeat(64)}`;

function pod(name: string, more: object = {}) {
  return {
    kind: "Pod",
    metadata: {
      name,
      namespace: "shop",
      labels: { "pod-template-hash": "5d4f" },
      ownerReferences: [{ kind: "ReplicaSet", name: "web-5d4f", controller: true }],
    },
    spec: {
      initContainers: [{ name: "wait", image: "busybox:1" }],
      containers: [{ name: "web", image: "nginx" }],
      ephemeralContainers: [{ name: "debug", image: "alpine" }],
    },
    status: {
      containerStatuses: [{ name: "web", imageID: `docker.io/library/nginx@${DIGEST}` }],
      initContainerStatuses: [{ name: "wait", imageID: DIGEST }],
    },
    ...more,
  };
}

describe("Pods that run", () => {
  const read = (...items: unknown[]) => readPods("prod", { kind: "List", items });

  it("are counted by owner, with all kinds of containers and the digests that a registry knows", () => {
    const place = { cluster: "prod", namespace: "shop", owner: "Deployment/web", pods: 2 };
    expect(read(pod("web-5d4f-1"), pod("web-5d4f-2"))).to.deep.equal({
      running: [
        { ...place, container: "debug", reference: "alpine" },
        { ...place, container: "wait", reference: "busybox:1" },
        { ...place, container: "web", reference: "nginx", digest: DIGEST },
      ],
    });
  });

  it("belong to what controls them, or to nobody", () => {
    const owned = (ownerReferences: object[]) =>
      read(pod("a", { metadata: { name: "a", ownerReferences }, spec: { containers: [{ name: "x", image: "y" }] } }));
    const owner = (ownerReferences: object[]) =>
      (owned(ownerReferences) as { running: { owner: string }[] }).running[0];
    expect(owner([]).owner).to.equal("Pod/a");
    expect(owner([{ kind: "DaemonSet", name: "logs", controller: true }]).owner).to.equal("DaemonSet/logs");
    expect(owner([{ kind: "Node", name: "n1" }]).owner).to.equal("Pod/a");
  });

  it("must be a List of pods", () => {
    for (const list of [undefined, null, [], {}, { items: 1 }])
      expect(readPods("prod", list)).to.deep.equal({
        problem: "must be a List of pods, as kubectl get pods --all-namespaces --output json prints it",
      });
    expect(read(pod("a"), { kind: "Service", spec: {} })).to.deep.equal({
      problem: "must be a List of pods, got Service in items[1]",
    });
  });

  it("may be anything without harm", () => {
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.string(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom("metadata", "spec", "containers", "image", "name", "ownerReferences"),
          tie("value"),
        ),
      ),
    })).value;
    fc.assert(fc.property(fc.array(anything), (items) => void readPods("prod", { items })));
  });
});
