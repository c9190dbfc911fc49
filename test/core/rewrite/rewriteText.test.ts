import { expect } from "chai";
import { type MigrationPlanDocument } from "../../../core/migration/migrationPlan";
import { rewriteText, type RewriteOptions } from "../../../core/rewrite/rewriteText";
import { backwardTargets, forwardTargets } from "../../../core/rewrite/targets";
import { difference } from "../../../core/rewrite/verify";
import { Scanner } from "../../../core/scan/files";
import { scanFile } from "../../../core/scan/scanFile";
import { AR, planOf, SHA } from "./samples";

const PLAN = planOf(
  ...[
    "nginx:1.25",
    "nginx",
    "redis:7",
    "bitnami/redis:7.0",
    "ghcr.io/acme/app:1",
    `quay.io/a/b@${SHA}`,
    "nginx:1.25-alpine",
  ],
);

/** A file rewritten; a scan of what comes out finds what it should, and the second run has nothing to do. */
function rewrite(
  path: string,
  text: string,
  options: Partial<RewriteOptions> = {},
  plan: MigrationPlanDocument = PLAN,
) {
  const scanner = /docker/i.test(path) ? Scanner.Dockerfile : Scanner.Manifest;
  const all = { targetOf: forwardTargets(plan), ...options };
  const result = rewriteText({ path, text, scanner, scan: scanFile(scanner, path, text) }, all);
  const scan = scanFile(scanner, path, result.text);
  expect(difference(scan, result.expected)).to.equal(undefined);
  expect(rewriteText({ path, text: result.text, scanner, scan }, all).text).to.equal(result.text);
  return { ...result, reasons: result.left.map(({ use, reason }) => `${use.reference}: ${reason}`) };
}

const HUB = `${AR}/docker-io`;

/** What is rewritten into what: the path, the text, and what comes out of it. */
const REWRITTEN: [what: string, path: string, from: string, to: string][] = [
  ["FROM", "Dockerfile", "FROM nginx:1.25 AS web\n", `FROM ${HUB}/library/nginx:1.25 AS web\n`],
  [
    "no final newline, CRLF and a byte order mark",
    "Dockerfile",
    "\ufeffFROM nginx:1.25\r\n# ü\r\nFROM redis:7",
    `\ufeffFROM ${HUB}/library/nginx:1.25\r\n# ü\r\nFROM ${HUB}/library/redis:7`,
  ],
  ["no tag, which stays away", "Dockerfile", "FROM nginx", `FROM ${AR}/docker-io-remote/library/nginx`],
  ["digests", "Dockerfile", `FROM quay.io/a/b@${SHA}`, `FROM ${AR}/quay-io/a/b@${SHA}`],
  [
    "COPY --from and mounts",
    "Dockerfile",
    "FROM scratch\nCOPY --from=nginx:1.25 /a /b\nRUN --mount=from=redis:7,target=/x true",
    `FROM scratch\nCOPY --from=${HUB}/library/nginx:1.25 /a /b\nRUN --mount=from=${HUB}/library/redis:7,target=/x true`,
  ],
  [
    "an ARG that is the image",
    "Dockerfile",
    "ARG BASE=nginx:1.25\nFROM ${BASE}\n",
    `ARG BASE=${HUB}/library/nginx:1.25\nFROM \${BASE}\n`,
  ],
  [
    "a name before an ARG that is its version",
    "Dockerfile",
    'ARG V="1.25"\nFROM nginx:${V}-alpine\nFROM nginx:$V\n',
    `ARG V="1.25"\nFROM ${HUB}/library/nginx:\${V}-alpine\nFROM ${HUB}/library/nginx:$V\n`,
  ],
  [
    "an ARG that is the registry of all that use it",
    "Dockerfile",
    "ARG R=docker.io/library\nFROM $R/nginx:1.25\nFROM $R/redis:7\n",
    `ARG R=${HUB}/library\nFROM $R/nginx:1.25\nFROM $R/redis:7\n`,
  ],
  [
    "a name of which an ARG holds the end",
    "Dockerfile",
    "ARG V=edis:7\nFROM r$V",
    `ARG V=edis:7\nFROM ${HUB}/library/r$V`,
  ],
  [
    "an ARG within an ARG",
    "Dockerfile",
    "ARG V=1.25\nARG B=nginx:$V\nFROM $B",
    `ARG V=1.25\nARG B=${HUB}/library/nginx:$V\nFROM $B`,
  ],
  ["a default within a variable", "Dockerfile", "FROM ${BASE:-nginx:1.25}", `FROM \${BASE:-${HUB}/library/nginx:1.25}`],
  ["a name over two lines", "Dockerfile", "FROM ngi\\\nnx:1.25", `FROM ${HUB}/library/ngi\\\nnx:1.25`],
  [
    "pods",
    "a.yaml",
    'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: a, image: "nginx:1.25"} # keep: 1\n  -   image:   redis:7   \n      name: b\n',
    `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - {name: a, image: "${HUB}/library/nginx:1.25"} # keep: 1\n  -   image:   ${HUB}/library/redis:7   \n      name: b\n`,
  ],
  [
    "JSON",
    "a.json",
    '{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","image":"nginx:1.25"}]}}',
    `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","image":"${HUB}/library/nginx:1.25"}]}}`,
  ],
  [
    "an anchor once for all its aliases",
    "compose.yaml",
    "services:\n  a: {image: &i nginx:1.25}\n  b: {image: *i}\n",
    `services:\n  a: {image: &i ${HUB}/library/nginx:1.25}\n  b: {image: *i}\n`,
  ],
  [
    "parameters that are the image",
    "t.yaml",
    "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params:\n  - name: image\n    default: nginx:1.25\n  steps:\n  - image: $(params.image)\n",
    `apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params:\n  - name: image\n    default: ${HUB}/library/nginx:1.25\n  steps:\n  - image: $(params.image)\n`,
  ],
  [
    "registry, repository and tag of Helm's values",
    "values.yaml",
    'image:\n  registry: docker.io\n  repository: bitnami/redis\n  tag: "7.0" # x\n',
    `image:\n  registry: europe-west1-docker.pkg.dev\n  repository: acme-images/docker-io/bitnami/redis\n  tag: "7.0" # x\n`,
  ],
  [
    "repository and tag alone",
    "values.yaml",
    "image:\n  repository: bitnami/redis\n  tag: '7.0'\n",
    `image:\n  repository: ${HUB}/bitnami/redis\n  tag: '7.0'\n`,
  ],
  [
    "a Kustomize entry with a new name",
    "kustomization.yaml",
    'images:\n- name: web\n  newName: "nginx"\n  newTag: "1.25"\n',
    `images:\n- name: web\n  newName: "${HUB}/library/nginx"\n  newTag: "1.25"\n`,
  ],
  [
    "a Kustomize entry without one",
    "deploy/kustomization.yaml",
    'images:\r\n  - name: nginx # web\r\n    newTag: "1.25"\r\n',
    `images:\r\n  - name: nginx # web\r\n    newName: ${HUB}/library/nginx\r\n    newTag: "1.25"\r\n`,
  ],
  [
    "a Kustomize entry in braces",
    "kustomization.yml",
    'images: [{name: nginx, newTag: "1.25"}]',
    `images: [{name: nginx, newName: ${HUB}/library/nginx, newTag: "1.25"}]`,
  ],
];

/** What stays, and what is said of it. */
const LEFT: [what: string, path: string, text: string, told: string][] = [
  [
    "an ARG that RUN uses too",
    "Dockerfile",
    "ARG B=nginx:1.25\nFROM $B\nARG B\nRUN echo $B",
    "ARG B is used by a stage too",
  ],
  [
    "an ARG that a platform uses too",
    "Dockerfile",
    "ARG R=docker.io/library\nFROM --platform=$R $R/nginx:1.25",
    "ARG R is used by FROM too",
  ],
  [
    "an ARG of an image that the plan has not",
    "Dockerfile",
    "ARG R=docker.io/library\nFROM $R/nginx:1.25\nFROM $R/other:7\n",
    "would get the new name",
  ],
  [
    "an ARG that reaches RUN through another ARG",
    "Dockerfile",
    "ARG A=nginx:1.25\nARG B=$A\nFROM $B\nARG B\nRUN echo $B",
    "ARG B is used by a stage too",
  ],
  [
    "a parameter that is the beginning of an image that the plan has not",
    "t.yaml",
    "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  params:\n  - name: image\n    default: nginx:1.25\n  steps:\n  - image: $(params.image)\n  - image: $(params.image)-none\n",
    "nginx:1.25-none would become",
  ],
  [
    "an ARG whose images part",
    "Dockerfile",
    "ARG R=docker.io/library\nFROM $R/nginx:1.25\nFROM $R/nginx:latest\n",
    "would have to be two",
  ],
  [
    "escapes",
    "a.yaml",
    'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: "ngin\\u0078:1.25"}]}',
    "escapes or quotes",
  ],
  [
    "a registry for all images of a chart",
    "values.yaml",
    "global:\n  imageRegistry: docker.io\nimage:\n  registry: x\n  repository: bitnami/redis\n  tag: '7.0'\n",
    "global.imageRegistry holds the registry of other images too",
  ],
  [
    "what only looks like an image",
    "templates/a.yaml",
    "{{ if .x }}\nspec: {containers: [{name: a, image: nginx:1.25}]}\n{{ end }}\n",
    "--likely rewrites it",
  ],
];

describe("rewriteText", () => {
  for (const [what, path, from, to] of REWRITTEN)
    it(`rewrites ${what}`, () => {
      const { text, reasons, changes } = rewrite(path, from);
      expect(text).to.equal(to);
      expect(reasons).to.deep.equal([]);
      expect(changes).to.not.be.empty;
    });

  for (const [what, path, from, to] of REWRITTEN)
    it(`goes back: ${what}`, () => {
      const back = rewrite(path, to, { targetOf: backwardTargets(PLAN) });
      expect(back.reasons).to.deep.equal([]);
      const scanner = /docker/i.test(path) ? Scanner.Dockerfile : Scanner.Manifest;
      const familiar = (text: string) =>
        scanFile(scanner, path, text).uses.map(({ reference }) => reference.replace(/^docker\.io\/(library\/)?/, ""));
      expect(familiar(back.text)).to.deep.equal(familiar(from));
    });

  for (const [what, path, text, told] of LEFT)
    it(`leaves ${what}`, () => {
      const result = rewrite(path, text);
      expect(result.text).to.equal(text);
      expect(result.reasons.join("\n")).to.contain(told);
    });

  it("rewrites what is likely when asked", () => {
    const text = "{{ if .x }}\nspec: {containers: [{name: a, image: nginx:1.25}]}\n{{ end }}\n";
    expect(rewrite("templates/a.yaml", text, { likely: true }).text).to.contain(`image: ${HUB}/library/nginx:1.25}`);
  });

  it("tells of what is open or not in the plan where it is foreign", () => {
    const { reasons } = rewrite("Dockerfile", "ARG V\nFROM nginx:$V\nFROM other:1\nFROM a.pkg.dev/x:1", {
      isForeign: ({ reference }) => !reference.includes("pkg.dev"),
    });
    expect(reasons).to.deep.equal(["nginx:$V: the file leaves V open", "other:1: the plan does not have it"]);
  });

  it("lets Kustomize find manifests by the names that they have now", () => {
    const text =
      'images:\n- name: nginx\n  newTag: "1.25"\n- name: redis\n  newName: ghcr.io/acme/app\n  newTag: "1"\n- name: own\n  newName: x.io/own\n';
    const renamed = new Map([
      ["nginx", new Set([`${HUB}/library/nginx`])],
      ["redis", new Set([`${HUB}/library/redis`])],
      ["own", new Set([`${HUB}/library/own`])],
    ]);
    expect(rewrite("kustomization.yaml", text, { renamed }).text).to.equal(
      `images:\n- name: ${HUB}/library/nginx\n  newTag: "1.25"\n- name: ${HUB}/library/redis\n  newName: ${AR}/ghcr-io/acme/app\n  newTag: "1"\n- name: ${HUB}/library/own\n  newName: x.io/own\n`,
    );
    const two = new Map([["nginx", new Set(["a.io/x", "b.io/x"])]]);
    expect(rewrite("kustomization.yaml", text, { renamed: two }).reasons[0]).to.contain("write an entry for each");
  });

  it("keeps the version of a Kustomize entry that the plan does not have", () => {
    const renamed = new Map([["nginx", new Set([`${HUB}/library/nginx`])]]);
    const { text } = rewrite("kustomization.yaml", 'images:\n- name: nginx\n  newTag: "1.99"\n', { renamed });
    expect(text).to.equal(`images:\n- name: ${HUB}/library/nginx\n  newName: nginx\n  newTag: "1.99"\n`);
  });

  describe("pins", () => {
    const pinned = planOf(
      { source: "nginx:1.25", digest: SHA },
      { source: "bitnami/redis:7.0", digest: SHA },
      { source: "nginx:1.25-alpine", digest: SHA },
      "redis:7",
    );
    const pin = (path: string, text: string, options: Partial<RewriteOptions> = {}) =>
      rewrite(path, text, { pin: true, ...options }, pinned);

    const PINNED: [what: string, path: string, from: string, to: string][] = [
      [
        "FROM, whose tag stays before the digest",
        "Dockerfile",
        "FROM nginx:1.25 AS a",
        `FROM ${HUB}/library/nginx:1.25@${SHA} AS a`,
      ],
      [
        "YAML, whose tag becomes a comment",
        "compose.yaml",
        "services:\n  a:\n    image: 'nginx:1.25'  \r\n",
        `services:\n  a:\n    image: '${HUB}/library/nginx@${SHA}' # 1.25  \r\n`,
      ],
      [
        "YAML with a comment",
        "compose.yaml",
        "services:\n  a:\n    image: nginx:1.25 # x\n",
        `services:\n  a:\n    image: ${HUB}/library/nginx:1.25@${SHA} # x\n`,
      ],
      [
        "YAML in braces",
        "compose.yaml",
        "services: {a: {image: nginx:1.25}}",
        `services: {a: {image: ${HUB}/library/nginx:1.25@${SHA}}}`,
      ],
      [
        "YAML in braces that end on another line",
        "compose.yaml",
        "services:\n  a: { image: nginx:1.25\n  }\n",
        `services:\n  a: { image: ${HUB}/library/nginx:1.25@${SHA}\n  }\n`,
      ],
      [
        "JSON",
        "compose.json",
        '{"services":{"a":{"image":"nginx:1.25"}}}',
        `{"services":{"a":{"image":"${HUB}/library/nginx:1.25@${SHA}"}}}`,
      ],
      [
        "Helm's tag",
        "values.yaml",
        'image:\n  repository: bitnami/redis\n  tag: "7.0"\n',
        `image:\n  repository: ${HUB}/bitnami/redis\n  tag: "7.0@${SHA}"\n`,
      ],
      [
        "Kustomize",
        "kustomization.yaml",
        'images:\n- name: nginx\n  newTag: "1.25"\n',
        `images:\n- name: nginx\n  newName: ${HUB}/library/nginx\n  digest: ${SHA}\n  newTag: "1.25"\n`,
      ],
      [
        "what was rewritten before",
        "Dockerfile",
        `FROM ${HUB}/library/nginx:1.25`,
        `FROM ${HUB}/library/nginx:1.25@${SHA}`,
      ],
      [
        "a version that an ARG holds a part of",
        "Dockerfile",
        "ARG V=1.25\nFROM nginx:${V}-alpine",
        `ARG V=1.25\nFROM ${HUB}/library/nginx:\${V}-alpine@${SHA}`,
      ],
    ];
    for (const [what, path, from, to] of PINNED)
      it(what, () => {
        const { text, reasons } = pin(path, from);
        expect(text).to.equal(to);
        expect(reasons).to.deep.equal([]);
      });

    it("takes the digest at the destination where fewer platforms were copied, and leaves what is not copied", () => {
      const other = `sha256:${"cd".repeat(32)}`;
      const copied = new Map([["docker.io/library/nginx:1.25", other]]);
      const { text, reasons } = pin("Dockerfile", "FROM nginx:1.25\nFROM redis:7", {
        targetOf: forwardTargets(pinned, copied),
      });
      expect(text).to.equal(`FROM ${HUB}/library/nginx:1.25@${other}\nFROM redis:7`);
      expect(reasons).to.deep.equal(["redis:7: it is not copied yet: kiln containers copy does that"]);
      const some = structuredClone(pinned);
      for (const image of some.spec.images) image.platforms = ["linux/amd64"];
      expect(rewrite("Dockerfile", "FROM nginx:1.25", { pin: true }, some).reasons[0]).to.contain("it is not pinned");
    });

    it("rewrites what has no digest, or whose version an ARG holds, and says so", () => {
      const none = pin("Dockerfile", "FROM redis:7");
      expect(none.text).to.equal(`FROM ${HUB}/library/redis:7`);
      expect(none.reasons).to.deep.equal([
        "redis:7: it is not pinned, since neither plan nor ledger have its digest: kiln containers copy records it",
      ]);
      const held = pin("Dockerfile", "ARG V=1.25\nFROM nginx:$V");
      expect(held.text).to.equal(`ARG V=1.25\nFROM ${HUB}/library/nginx:$V`);
      expect(held.reasons).to.deep.equal(["nginx:1.25: ARG V holds the tag: pin it by hand"]);
    });
  });
});
