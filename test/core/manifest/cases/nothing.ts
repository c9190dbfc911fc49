import { type Case } from "../support";

const NOTHING: Record<string, [path: string, text: string]> = {
  "definitions of custom resources": [
    "crd.yaml",
    `kind: CustomResourceDefinition\napiVersion: v1\nspec: {image: {type: string, default: "nginx:1"}}\n`,
  ],
  "schemas of JSON": [
    "schema.json",
    `{"$schema": "https://json-schema.org/draft-07/schema", "properties": {"image": {"default": "nginx:1.2"}}}`,
  ],
  "schemas of OpenAPI": ["api.yaml", "openapi: 3.0.0\nexample: {image: nginx:1.2, command: x}\n"],
  pictures: [
    "site.yaml",
    `image: a/foo.png\ncover_image: "./x.jpg"\nicon: b/c:1\nhero: {image: https://a.io/b:1, env: x}\n`,
  ],
  "images of machines": [
    "vm.yaml",
    `sourceImage: projects/debian-cloud/global/images/family/debian-12\nimageFamily: debian-12\nimage: ami-0abc\nosImage: cos\n`,
  ],
  "words of unknown documents": ["a.yaml", "image: word\nimages: [a, b]\nitem: {image: thing, title: x}\n"],
  "policies and secrets": ["a.yaml", "imagePullPolicy: Always\nimagePullSecrets: [{name: regcred}]\n"],
  placeholders: [
    "pod.yaml",
    `apiVersion: v1\nkind: Pod\nspec: {containers: [{image: gcr.io/PROJECT_ID/app}, {image: <image>}, {image: "[IMAGE]"}]}\n`,
  ],
  charts: [
    "release.yaml",
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec: {chart: {spec: {chart: stable/nginx, version: 1.0.0}}}\n`,
  ],
  comments: ["pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {} # image: nginx:1\n#  image: redis:7\n"],
  "a document that is no mapping": ["a.json", `["image", "nginx:1.25"]`],
};

/** What is no image, whatever it looks like. */
export const NONE: Record<string, Case> = Object.fromEntries(
  Object.entries(NOTHING).map(([name, [path, text]]) => [name, { path, text, uses: [] }]),
);
