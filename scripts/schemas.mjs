// Writes the JSON Schemas of Kiln's documents from their TypeScript definitions: npm run schemas
import { writeFileSync } from "node:fs";
import { createGenerator } from "ts-json-schema-generator";

/** Each schema, with the file and type that it is made from. */
export const SCHEMAS = {
  "core/lifecycle/familyPolicy.schema.json": { path: "core/lifecycle/familyPolicy.ts", type: "FamilyPolicyDocument" },
  "factory/config.schema.json": { path: "factory/config.ts", type: "FactoryConfig" },
};

/** The text of one schema. */
export function schemaText({ path, type }) {
  const generator = createGenerator({
    path,
    type,
    tsconfig: "tsconfig.json",
    expose: "none",
    topRef: false,
    skipTypeCheck: true,
  });
  return `${JSON.stringify(withoutWrappers(generator.createSchema(type)), undefined, 2)}\n`;
}

/** Pulumi's `Unwrap` leaves an empty object as the alternative to every input, and its own prose in place of ours. */
function withoutWrappers(schema) {
  if (Array.isArray(schema)) return schema.map(withoutWrappers);
  if (schema === null || typeof schema !== "object") return schema;
  const { description, ...rest } = schema;
  const own = typeof description === "string" && description.includes("Unwrap") ? rest : schema;
  const alternatives = own.anyOf?.filter((one) => !isEmptyObject(one));
  if (alternatives?.length === 1) return withoutWrappers({ ...own, anyOf: undefined, ...alternatives[0] });
  return Object.fromEntries(
    Object.entries(own)
      .filter(([key, value]) => value !== undefined && !(key === "definitions" && Object.keys(value).length === 0))
      .map(([key, value]) => [key, withoutWrappers(value)]),
  );
}

function isEmptyObject(schema) {
  return schema.type === "object" && schema.additionalProperties === false && !schema.properties;
}

if (process.argv[1] === import.meta.filename)
  for (const [file, source] of Object.entries(SCHEMAS)) writeFileSync(file, schemaText(source));
