// Writes the JSON Schemas of Kiln's documents from their TypeScript definitions: npm run schemas
import { writeFileSync } from "node:fs";
import {
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
} from "ts-json-schema-generator";

/** Each schema, with the file and type that it is made from. */
export const SCHEMAS = {
  "core/copy/ledger.schema.json": { path: "core/copy/ledger.ts", type: "LedgerLine" },
  "core/lifecycle/familyPolicy.schema.json": { path: "core/lifecycle/familyPolicy.ts", type: "FamilyPolicyDocument" },
  "core/lifecycle/projectPolicy.schema.json": {
    path: "core/lifecycle/projectPolicy.ts",
    type: "ProjectPolicyDocument",
  },
  "core/lifecycle/report.schema.json": { path: "core/lifecycle/report.ts", type: "LifecycleReportDocument" },
  "core/migration/migrationPlan.schema.json": {
    path: "core/migration/migrationPlan.ts",
    type: "MigrationPlanDocument",
  },
  "core/pulls/pullsReport.schema.json": { path: "core/pulls/pullsReport.ts", type: "ImagePullsReport" },
  "core/scan/report.schema.json": { path: "core/scan/report.ts", type: "ImageScanDocument" },
  "preview/graph.schema.json": { path: "preview/report/json.ts", type: "PreviewDocument", expose: "export" },
  "factory/config.schema.json": { path: "factory/config.ts", type: "FactoryConfig" },
};

/** The text of one schema. */
export function schemaText({ type, expose = "none" }) {
  const config = { ...CONFIG, type, expose };
  const generator = new SchemaGenerator(program(), createParser(program(), config), createFormatter(config), config);
  return `${JSON.stringify(withoutWrappers(generator.createSchema(type)), undefined, 2)}\n`;
}

const CONFIG = {
  ...DEFAULT_CONFIG,
  path: `{${Object.values(SCHEMAS).map(({ path }) => path)}}`,
  tsconfig: "tsconfig.json",
  topRef: false,
  skipTypeCheck: true,
};

/** One for all schemas, since it takes most of the time. */
const program = () => (made ??= createProgram(CONFIG));
let made;

/** Takes away what Pulumi's `Unwrap` leaves beside every input: the Output that it might be, and Pulumi's own prose. */
function withoutWrappers(schema) {
  if (Array.isArray(schema)) return schema.map(withoutWrappers);
  if (schema === null || typeof schema !== "object") return schema;
  const { anyOf, definitions, ...rest } = schema;
  if (isOfPulumi(rest)) delete rest.description;
  if (definitions && Object.keys(definitions).length > 0) rest.definitions = definitions;
  const whole = { ...rest, ...(anyOf && plainOf(anyOf.filter((one) => !isOutput(one)))) };
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, withoutWrappers(value)]));
}

function plainOf(alternatives) {
  if (alternatives.length === 1) return alternatives[0];
  const isChoice = alternatives.every((one) => typeof one.const === "string");
  return isChoice ? { type: "string", enum: alternatives.map((one) => one.const) } : { anyOf: alternatives };
}

function isOutput(schema) {
  const isEmpty = schema.type === "object" && schema.additionalProperties === false && !schema.properties;
  return isEmpty || schema.description === "Failed to correctly infer type";
}

function isOfPulumi({ description }) {
  return typeof description === "string" && /\{@link {2}(Unwrap|Input|Output) \}/.test(description);
}

if (process.argv[1] === import.meta.filename)
  for (const [file, source] of Object.entries(SCHEMAS)) writeFileSync(file, schemaText(source));
