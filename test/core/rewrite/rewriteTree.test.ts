import { expect } from "chai";
import { rewriteTree } from "../../../core/rewrite/rewriteTree";
import { backwardTargets, forwardTargets } from "../../../core/rewrite/targets";
import { kindOf, Scanner } from "../../../core/scan/files";
import { scanFile } from "../../../core/scan/scanFile";
import { AR, planOf } from "./samples";

const HUB = `${AR}/docker-io`;
const PLAN = planOf("nginx:1.25", "nginx:1.26", "redis:7", "ghcr.io/acme/app:1");

const pod = (image: string) => `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: ${image}\n`;
const kustomization = (...lines: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${lines.join("\n")}\n`;

/** Texts after a rewrite, by path; all that differ from what they were. */
function rewrite(
  texts: Record<string, string>,
  scan = scanFile,
  plan = PLAN,
  targets = forwardTargets,
): Record<string, string> {
  const files = Object.entries(texts).map(([path, text]) => {
    const scanner = kindOf(path) === Scanner.Dockerfile ? Scanner.Dockerfile : Scanner.Manifest;
    return { path, text, scanner, scan: scanFile(scanner, path, text) };
  });
  const all = rewriteTree(files, { targetOf: targets(plan), likely: true }, (file, text) =>
    scan(file.scanner, file.path, text),
  );
  return Object.fromEntries(
    all.filter(({ file, text }) => text !== file.text).map(({ file, text }) => [file.path, text]),
  );
}

describe("rewriteTree", () => {
  it("renames what overlays look for, through bases of bases, whatever their order", () => {
    const overlay = kustomization(
      "resources: [../base, https://example.com/x//y]",
      "images:",
      "- name: nginx",
      "  newTag: '1.26'",
    );
    const rewritten = rewrite({
      "deploy/a-overlay/kustomization.yaml": overlay,
      "deploy/base/kustomization.yml": kustomization("resources:", "- ./pod.yaml", "- ../more/"),
      "deploy/base/pod.yaml": pod("nginx:1.25"),
      "deploy/more/kustomization.yaml": kustomization(
        "resources: [redis.yaml]",
        "images:",
        "- name: redis",
        "  newTag: '7'",
      ),
      "deploy/more/redis.yaml": pod("redis:7"),
    });
    expect(rewritten["deploy/a-overlay/kustomization.yaml"]).to.equal(
      overlay.replace("name: nginx", `name: ${HUB}/library/nginx`),
    );
    expect(rewritten["deploy/more/kustomization.yaml"]).to.contain(`- name: ${HUB}/library/redis\n  newTag: '7'`);
    expect(Object.keys(rewritten)).to.have.lengthOf(4);
  });

  it("gives a new name where the manifests are not in the tree, or are not put together there", () => {
    const overlay = kustomization("resources: [https://example.com/x]", "images:", "- name: nginx", "  newTag: '1.26'");
    const rewritten = rewrite({ "a/kustomization.yaml": overlay, "b/pod.yaml": pod("nginx:1.25") });
    expect(rewritten["a/kustomization.yaml"]).to.contain(
      `- name: nginx\n  newName: ${HUB}/library/nginx\n  newTag: '1.26'`,
    );
  });

  it("follows what a base makes of a name", () => {
    const rewritten = rewrite({
      "base/kustomization.yaml": kustomization(
        "resources: [pod.yaml]",
        "images:",
        "- name: web",
        "  newName: nginx",
        "  newTag: '1.25'",
      ),
      "base/pod.yaml": pod("web"),
      "top/kustomization.yaml": kustomization("resources: [../base]", "images:", "- name: nginx", "  newTag: '1.26'"),
    });
    expect(rewritten["top/kustomization.yaml"]).to.contain(`- name: ${HUB}/library/nginx\n  newTag: '1.26'`);
  });

  it("follows what patches name", () => {
    const rewritten = rewrite({
      "a/kustomization.yaml": kustomization(
        "patchesStrategicMerge: [side.yaml]",
        "patches: [{path: more.yaml, target: {kind: Pod}}, {patch: '- {op: remove, path: /x}'}]",
        "images: [{name: nginx, newTag: '1.26'}, {name: redis, newTag: '7'}]",
      ),
      "a/side.yaml": pod("nginx:1.25"),
      "a/more.yaml": pod("redis:7"),
    });
    expect(rewritten["a/kustomization.yaml"]).to.contain(
      `[{name: ${HUB}/library/nginx, newTag: '1.26'}, {name: ${HUB}/library/redis, newTag: '7'}]`,
    );
  });

  it("lets components find what they are put onto", () => {
    const rewritten = rewrite({
      "a/kustomization.yaml": kustomization("resources: [pod.yaml]", "components: [../new]"),
      "a/pod.yaml": pod("nginx:1.25"),
      "new/kustomization.yaml": kustomization("images: [{name: nginx, newTag: '1.26'}]"),
    });
    expect(rewritten["new/kustomization.yaml"]).to.contain(`[{name: ${HUB}/library/nginx, newTag: '1.26'}]`);
  });

  it("shows overlays what a base makes of a name, not what the base's manifests had", () => {
    const plan = planOf("nginx:1.25", "nginx:1.26", "nginx:1.27");
    for (const one of plan.spec.images) if (!one.source.endsWith("1.25")) one.destination += "x";
    for (const one of plan.spec.images) one.destination = one.destination.replace(/:(.*)x$/, "-new:$1");
    const texts = {
      "base/kustomization.yaml": kustomization("resources: [pod.yaml]", "images: [{name: nginx, newTag: '1.26'}]"),
      "base/pod.yaml": pod("nginx:1.25"),
      "top/kustomization.yaml": kustomization("resources: [../base]", "images: [{name: nginx, newTag: '1.27'}]"),
    };
    const rewritten = rewrite(texts, scanFile, plan);
    expect(rewritten["base/kustomization.yaml"]).to.contain(
      `[{name: ${HUB}/library/nginx, newName: ${HUB}/library/nginx-new, newTag: '1.26'}]`,
    );
    expect(rewritten["top/kustomization.yaml"]).to.contain(`[{name: ${HUB}/library/nginx-new, newTag: '1.27'}]`);
    expect(rewrite({ ...texts, ...rewritten }, scanFile, plan)).to.deep.equal({});
  });

  it("goes back to whole names where short ones would be lost", () => {
    const text = (name: string) => `kind: ConfigMap\napiVersion: v1\ndata: {other: "${name}"}\n`;
    expect(rewrite({ "a.yaml": text(`${HUB}/library/redis:7`) }, scanFile, PLAN, backwardTargets)).to.deep.equal({
      "a.yaml": text("docker.io/library/redis:7"),
    });
  });

  it("survives kustomizations that put each other together", () => {
    const texts = {
      "a/kustomization.yaml": kustomization("resources: [../b, ../../../etc, /]"),
      "b/kustomization.yaml": kustomization("resources: [../a, .]", "images: [{name: redis, newTag: '7'}]"),
    };
    expect(Object.keys(rewrite(texts))).to.deep.equal(["b/kustomization.yaml"]);
  });

  it("leaves a file in which a scan would find something else", () => {
    const texts = { Dockerfile: "FROM nginx:1.25\n", "pod.yaml": pod("nginx:1.25") };
    const blind: typeof scanFile = (scanner, path, text) =>
      scanner === Scanner.Dockerfile ? { uses: [], problems: [] } : scanFile(scanner, path, text);
    expect(Object.keys(rewrite(texts, blind))).to.deep.equal(["pod.yaml"]);
  });
});
