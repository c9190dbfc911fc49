import { type Answers, NO_ANSWERS } from "./answers";
import { readJsonFile } from "./schema";

const OBJECT = { type: "object" };

const SCHEMA = {
  type: "object",
  additionalProperties: false,
  properties: {
    invokes: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["token", "return"],
        properties: { token: { type: "string", pattern: "^[^:]+:[^:]+:[^:]+$" }, args: OBJECT, return: OBJECT },
      },
    },
    stackReferences: { type: "object", additionalProperties: OBJECT },
  },
};

/** Reads a file of answers. */
export function readAnswers(file: string): Answers {
  return { ...NO_ANSWERS, ...readJsonFile<Partial<Answers>>(file, SCHEMA) };
}
