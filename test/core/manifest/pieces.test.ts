import { expect } from "chai";
import { scanManifest } from "../../../core/manifest/scanManifest";
import { type Piece } from "../../../core/scan/imageUse";

/** Pieces with the text that stands in the file at their span; nothing where they have none. */
function pieces(path: string, text: string): (Omit<Piece, "span"> & { written?: string; line?: number })[] {
  return scanManifest(path, text).uses.flatMap((use) =>
    use.pieces.map(({ span, ...piece }) => {
      if (span === undefined) return piece;
      const line = text.slice(0, span.start).split("\n").length;
      return { ...piece, written: text.slice(span.start, span.end), line };
    }),
  );
}

describe("scanManifest: pieces", () => {
  it("of a triple have roles, and what is implied stands nowhere", () => {
    const text = `image:\n  tag: "1.0"\n  registry: 'quay.io'\n  repository: a/b\n  digest: sha256:${"a".repeat(64)}\n`;
    const digest = `sha256:${"a".repeat(64)}`;
    expect(pieces("values.yaml", text)).to.deep.equal([
      { text: "quay.io", role: "registry", written: "quay.io", line: 3 },
      { text: "/" },
      { text: "a/b", role: "repository", written: "a/b", line: 4 },
      { text: ":" },
      { text: "1.0", role: "tag", written: "1.0", line: 2 },
      { text: "@" },
      { text: digest, role: "digest", written: digest, line: 5 },
    ]);
  });

  it("of Kustomize's images have roles", () => {
    expect(pieces("kustomization.yaml", "images:\n- name: nginx\n  newName: a.io/nginx\n  newTag: v1\n")).to.deep.equal(
      [
        { text: "a.io/nginx", role: "repository", written: "a.io/nginx", line: 3 },
        { text: ":" },
        { text: "v1", role: "tag", written: "v1", line: 4 },
      ],
    );
  });

  it("of variables stand where the value is, and say what holds it", () => {
    const task = `apiVersion: tekton.dev/v1
kind: Task
spec:
  params:
  - name: tag
    default: "3.12"
  steps:
  - image: python:$(params.tag)-slim
`;
    expect(pieces("task.yaml", task)).to.deep.equal([
      { text: "python:", written: "python:", line: 8 },
      { text: "3.12", holder: "params.tag", written: "3.12", line: 6 },
      { text: "-slim", written: "-slim", line: 8 },
    ]);
    expect(pieces("compose.yaml", "services:\n  a:\n    image: redis:${TAG:-7}\n")).to.deep.equal([
      { text: "redis:", written: "redis:", line: 3 },
      { text: "7", holder: "TAG", written: "7", line: 3 },
    ]);
  });

  it("that are written in another way stand nowhere", () => {
    const text = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: "ngi\\x6ex:1"\n  - image: "a:\\\n      1"\n`;
    expect(pieces("pod.yaml", text)).to.deep.equal([{ text: "nginx:1" }, { text: "a:1" }]);
  });

  it("of a template's expressions stand as they are written", () => {
    const text = "containers:\n- image: '{{ .Values.a }}/nginx:1'\n  name: {{ .x }}\n";
    expect(pieces("templates/a.yaml", text)).to.deep.equal([
      { text: "{{ .Values.a }}", written: "{{ .Values.a }}", line: 2 },
      { text: "/nginx:1", written: "/nginx:1", line: 2 },
    ]);
  });
});
