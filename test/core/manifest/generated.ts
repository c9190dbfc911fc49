import fc from "fast-check";

/** A value of a document; texts are quoted as the writer likes. */
export type Value = string | Value[] | { [key: string]: Value };

/** A document with the images that it names, in order. */
export interface Generated {
  text: string;
  images: string[];
}

const HOSTS = ["", "ghcr.io/", "localhost:5000/", "europe-west1-docker.pkg.dev/p/r/"];
const TAGS = ["", ":1", ":v1.2-alpine", `@sha256:${"ab".repeat(32)}`, `:2@sha256:${"0".repeat(64)}`];

const image = fc
  .tuple(
    fc.constantFrom(...HOSTS),
    fc.stringMatching(/^[a-z][a-z0-9]{0,6}(\/[a-z][a-z0-9-]{0,6}[a-z])?$/),
    fc.constantFrom(...TAGS),
  )
  .map((parts) => parts.join(""));

const container = image.chain((one) =>
  fc.constantFrom<Value>(
    { image: one },
    { name: "web", image: one, imagePullPolicy: "Always" },
    { image: one, command: ["sh", "-c", "echo image: none"], env: [{ name: "A", value: "b: c # d" }] },
  ),
);

const containers = fc.array(container, { minLength: 1, maxLength: 3 });

const pod = fc.record({ initContainers: containers, containers }, { requiredKeys: ["containers"] });

/** Objects that hold pods, and the pods themselves. */
const object: fc.Arbitrary<Value> = pod.chain((spec) =>
  fc.constantFrom<Value>(
    { apiVersion: "v1", kind: "Pod", spec },
    { apiVersion: "apps/v1", kind: "Deployment", metadata: { labels: { app: "image" } }, spec: { template: { spec } } },
    { apiVersion: "batch/v1", kind: "CronJob", spec: { jobTemplate: { spec: { template: { spec } } } } },
    { apiVersion: "v1", kind: "List", items: [{ apiVersion: "v1", kind: "Pod", spec }] },
  ),
);

const service = fc.record({ image });

const compose: fc.Arbitrary<Value> = fc
  .array(service, { minLength: 1, maxLength: 3 })
  .map((services) => ({ services: Object.fromEntries(services.map((one, at) => [`s${at}`, one])) }));

function imagesOf(value: Value): string[] {
  if (typeof value === "string") return [];
  if (Array.isArray(value)) return value.flatMap(imagesOf);
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "image" && typeof inner === "string" ? [inner] : imagesOf(inner),
  );
}

/** Choices of a writer: each number decides one. */
type Choose = (choices: number) => number;

const PLAIN = /^[\w./@-]+(?::[\w./@-]+)*$/;

function scalar(text: string, choose: Choose): string {
  if (choose(3) === 0 && PLAIN.test(text) && !text.startsWith("@")) return text;
  return choose(2) === 0 ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

function flow(value: Value, choose: Choose): string {
  if (typeof value === "string") return scalar(value, choose);
  const space = choose(2) === 0 ? " " : "";
  if (Array.isArray(value)) return `[${space}${value.map((one) => flow(one, choose)).join(", ")}${space}]`;
  const entries = Object.entries(value).map(([key, one]) => `${scalar(key, choose)}: ${flow(one, choose)}`);
  return `{${space}${entries.join(`,${space}`)} }`;
}

function comment(choose: Choose): string {
  return ["", "", " # image: not/this:1", "   "][choose(4)];
}

function block(value: Value, indent: string, choose: Choose): string[] {
  const step = " ".repeat(2 + choose(2));
  const before = choose(6) === 0 ? [`${indent}# image: nor/this:1`, ""] : [];
  if (Array.isArray(value))
    return [...before, ...value.flatMap((one) => nested(`${indent}-`, one, indent + step, choose))];
  const entries = Object.entries(value as Record<string, Value>);
  return [
    ...before,
    ...entries.flatMap(([key, one]) => nested(`${indent}${scalar(key, choose)}:`, one, indent + step, choose)),
  ];
}

function nested(head: string, value: Value, indent: string, choose: Choose): string[] {
  if (typeof value === "string") {
    if (choose(8) === 0) return [`${head} >-`, `${indent}${value}`];
    return [`${head} ${scalar(value, choose)}${comment(choose)}`];
  }
  if (choose(4) === 0) return [`${head} ${flow(value, choose)}${comment(choose)}`];
  return [head + comment(choose), ...block(value, indent, choose)];
}

/** Files of one or more documents, in the ways that people write YAML and JSON. */
export const documents: fc.Arbitrary<Generated> = fc
  .tuple(
    fc.oneof(fc.array(object, { minLength: 1, maxLength: 3 }), fc.tuple(compose)),
    fc.infiniteStream(fc.nat(1000)),
    fc.constantFrom("\n", "\r\n"),
    fc.constantFrom("", "\uFEFF"),
  )
  .map(([values, stream, end, mark]) => {
    const choose: Choose = (choices) => stream.next().value! % choices;
    const isJson = values.length === 1 && choose(4) === 0;
    const text = isJson
      ? JSON.stringify(values[0], undefined, choose(3))
      : values.map((value) => block(value, "", choose).join("\n")).join(`\n---${comment(choose)}\n`);
    return { text: mark + text.replaceAll("\n", end) + (choose(2) === 0 ? end : ""), images: imagesOf(values) };
  });
