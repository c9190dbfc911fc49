import { plainTree } from "../manifest/plainTree";
import { type Node, type Scalar } from "../manifest/tree";

/** Thrown where a value's type needs the whole grammar. */
const UNSURE = Symbol("unsure");

/**
 * The value of a YAML text that is as plain as Kiln writes its own: several times as fast as the whole grammar, which
 * counts where a plan has thousands of images. Nothing where the text has anything else, be it right or wrong.
 */
export function plainYaml(text: string): { value: unknown } | undefined {
  const root = LONE_RETURN.test(text) ? undefined : plainTree(text, 0, () => undefined)?.root;
  try {
    return root && { value: valueOf(root) };
  } catch (error) {
    if (error === UNSURE) return undefined;
    throw error;
  }
}

/** Ends a line in YAML, and nowhere else. */
const LONE_RETURN = /\r(?!\n)/;

function valueOf(node: Node | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === "scalar") return scalarOf(node);
  if (node.kind === "list") return node.items.map(valueOf);
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    if (Object.hasOwn(object, key) || !SURE_KEY.test(key)) unsure();
    object[key] = valueOf(value);
  }
  return object;
}

/** Neither a number, a word nor an accessor. */
const SURE_KEY = /^(?!(?:null|true|false)$)[A-Za-z][\w.-]*$/i;
const WORDS = new Map<string, unknown>([
  ["null", null],
  ["true", true],
  ["false", false],
]);
const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;
/** What may be a number, or another spelling of a word. https://yaml.org/spec/1.2.2/#103-core-schema */
const UNSURE_VALUE = /^(?:[-+.]*\d[\w.+-]*|[-+]?\.(?:inf|nan)|null|true|false|~)$/i;

function scalarOf({ value, style }: Scalar): unknown {
  if (style !== "plain") return value;
  if (WORDS.has(value)) return WORDS.get(value);
  if (WHOLE_NUMBER.test(value)) return Number(value);
  return UNSURE_VALUE.test(value) ? unsure() : value;
}

function unsure(): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw UNSURE;
}
