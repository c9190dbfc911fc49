// Writes docs/policies.md and docs/policies/<id>.md from the rules and their cases: npm run policies
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as prettier from "prettier";
import { register } from "tsx/cjs/api";
import { stringify } from "yaml";

const ROOT = join(import.meta.dirname, "..");
register();
const load = createRequire(import.meta.url);
const { domains, moduleOf } = load("../policy/rules.ts");
const { looksAt } = load("../policy/rule.ts");
const { UNKNOWN } = load("../policy/value.ts");

/** What each domain is about. */
const DOMAINS = {
  images: "Images: where they come from, who may use them, how they age",
  iam: "IAM: who may do what",
  containers: "Containers: registries and what workloads run",
  logs: "Logs: what is written down, and who reads it",
  factory: "The factory: buckets, keys, triggers, functions and instances around it",
};

/** The text of every page by its path, as Prettier writes it. */
export async function policyPages() {
  const rules = Object.values(domains).flat();
  const pages = [
    ["docs/policies.md", overview()],
    ...rules.map((rule) => [`docs/policies/${rule.id}.md`, page(rule, casesOf(rule))]),
  ];
  const options = { ...(await prettier.resolveConfig(join(ROOT, "package.json"))), parser: "markdown" };
  return Object.fromEntries(
    await Promise.all(pages.map(async ([path, text]) => [path, await prettier.format(text, options)])),
  );
}

function casesOf(rule) {
  return load(`../policy/${moduleOf(rule.id)}.cases.ts`).cases;
}

function overview() {
  const sections = Object.entries(domains).map(([domain, rules]) =>
    [
      `## ${DOMAINS[domain]}`,
      "",
      "| rule | what is required | severity | level |",
      "| --- | --- | --- | --- |",
      ...rules.map(
        ({ id, what, severity, level }) => `| [${id}](policies/${id}.md) | ${cell(what)} | ${severity} | ${level} |`,
      ),
    ].join("\n"),
  );
  return [
    "# The rules of the policy pack",
    "Written by `npm run policies`. [policy-pack.md](policy-pack.md) says how to run the pack and to configure it, [policies-checkov.md](policies-checkov.md) what became of Checkov's checks.",
    "A `mandatory` rule stops the deployment, an `advisory` one tells, a `disabled` one is for those who turn it on.",
    ...sections,
    "",
  ].join("\n\n");
}

function page(rule, cases) {
  return [
    `# ${rule.id}`,
    rule.what,
    facts(rule, cases),
    `## Why\n\n${rule.why}`,
    `## What to write instead\n\n${rule.fix}`,
    example("This is fine", cases.good.find(({ resources }) => resources.some(isOf(rule))) ?? cases.good[0]),
    example("This is not", cases.bad[0]),
    `## In a preview\n\nThe rule says that it cannot tell, and lets the preview pass, while one of these is not known: ${cases.unknown.map(({ title }) => title).join("; ")}.`,
    configuration(rule),
    "",
  ].join("\n\n");
}

function facts(rule, cases) {
  const rows = [
    ["severity", rule.severity],
    ["level", `${rule.level}, unless you configure another one`],
    ["looks at", subjects(rule, cases)],
    ["rests on", rule.link],
    ...(rule.checkov ? [["Checkov asks the same in", rule.checkov.join(", ")]] : []),
  ];
  return rows.map(([what, text]) => `- ${what}: ${text}`).join("\n");
}

/** Which types a rule looks at; where it decides by their names, those of its cases stand for all. */
function subjects(rule, cases) {
  if (!("types" in rule)) return "all resources of the stack together";
  const shown = Object.values(cases)
    .flat()
    .flatMap(({ resources }) => resources)
    .map(({ type }) => type);
  const isList = Array.isArray(rule.types);
  const types = isList ? rule.types : [...new Set(shown)].filter((type) => looksAt(rule, type)).sort();
  return `${types.map((type) => `\`${type}\``).join(", ")}${isList ? "" : " and others like them"}`;
}

function isOf(rule) {
  return ({ type }) => !("types" in rule) || looksAt(rule, type);
}

function example(heading, { title, resources, config }) {
  const names = new Map(resources.map((resource, place) => [resource, resource.name ?? nameOf(resource, place)]));
  const declared = Object.fromEntries(resources.map((resource) => [names.get(resource), yamlResource(resource)]));
  const configured = config && Object.keys(config).length > 0;
  return [
    `## ${heading}: ${title}`,
    ...(configured ? [`With the configuration \`${JSON.stringify(config)}\`:`] : []),
    `\`\`\`yaml\n${stringify({ resources: declared }, { lineWidth: 0 })}\`\`\``,
  ].join("\n\n");
}

function nameOf({ type }, place) {
  const name = type.split(":").at(-1);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}${place === 0 ? "" : place + 1}`;
}

/** A resource as a Pulumi program in YAML declares it. */
function yamlResource({ type, inputs, protect, parent }) {
  const options = { ...(protect === undefined ? {} : { protect }), ...(parent === undefined ? {} : { parent }) };
  return {
    type,
    properties: yamlValue(inputs),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  };
}

function yamlValue(value) {
  if (value === UNKNOWN) return "${another.output}";
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(yamlValue);
  if ("$secret" in value) return { "fn::secret": yamlValue(value.$secret) };
  if ("$asset" in value) return { "fn::stringAsset": value.$asset.text };
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(given.map(([name, part]) => [name, yamlValue(part)]));
}

function configuration({ id, config }) {
  const rows = Object.entries(config?.properties ?? {}).map(
    ([name, { type, description, default: value }]) =>
      `- \`${name}\` (${type}): ${description} Default: \`${JSON.stringify(value)}\`.`,
  );
  const sample = {
    [id]: {
      enforcementLevel: "mandatory",
      exceptions: [{ resource: "web", reason: "Replaced by the new one in January.", until: "2027-01-31" }],
    },
  };
  return [
    "## Configuration",
    ...(rows.length > 0 ? [rows.join("\n")] : []),
    "The level, and exceptions with a reason and a last day:",
    `\`\`\`json\n${JSON.stringify(sample, undefined, 2)}\n\`\`\``,
    "[The policy pack](../policy-pack.md) says where to write this.",
  ].join("\n\n");
}

function cell(text) {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(ROOT, "docs/policies");
  const pages = await policyPages();
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (!(`docs/policies/${file}` in pages)) rmSync(join(folder, file));
  for (const [path, text] of Object.entries(pages)) writeFileSync(join(ROOT, path), text);
}
