import { invalid } from "../protocol/errors";
import { type Fields, isFields } from "../protocol/messages";

type Matcher = (item: Fields) => boolean;

/** A parenthesis, an operator, a quoted text, or a word. */
const TOKEN = /\s*(\(|\)|!=|>=|<=|[=<>:]|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s()=<>!:"']+)/y;

/**
 * The `filter` of list methods: `field operator value` with `= != > < >= <= : eq ne`, AND (also by standing side by
 * side), OR, NOT, a leading minus and parentheses.
 *
 * @param known tells whether the listed resource has a field.
 * @throws 400 where the filter does not parse or names no field.
 */
export function matcherOf(filter: string, known: (path: string[]) => boolean): Matcher {
  const parser = new Parser(tokens(filter), filter, known);
  return parser.all();
}

function tokens(filter: string): string[] {
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let match = TOKEN.exec(filter); match; match = TOKEN.exec(filter)) {
    found.push(match[1]);
    end = TOKEN.lastIndex;
  }
  if (filter.slice(end).trim()) throw invalid("filter", filter, "Invalid list filter expression.");
  return found;
}

class Parser {
  #at = 0;

  constructor(
    private readonly tokens: string[],
    private readonly filter: string,
    private readonly known: (path: string[]) => boolean,
  ) {}

  all(): Matcher {
    const matcher = this.#any();
    if (this.#at < this.tokens.length) throw this.#bad();
    return matcher;
  }

  /** AND binds more loosely than OR in Google's filters. */
  #any(): Matcher {
    const parts = [this.#either()];
    while (this.#at < this.tokens.length && this.tokens[this.#at] !== ")") {
      this.#take("AND");
      parts.push(this.#either());
    }
    return (item) => parts.every((part) => part(item));
  }

  #either(): Matcher {
    const parts = [this.#term()];
    while (this.#take("OR")) parts.push(this.#term());
    return (item) => parts.some((part) => part(item));
  }

  #term(): Matcher {
    const next = this.tokens[this.#at];
    if (this.#take("NOT") || this.#take("-")) {
      const term = this.#term();
      return (item) => !term(item);
    }
    if (this.#take("(")) {
      const inner = this.#any();
      if (!this.#take(")")) throw this.#bad();
      return inner;
    }
    if (next?.startsWith("-")) {
      this.tokens[this.#at] = next.slice(1);
      const term = this.#comparison();
      return (item) => !term(item);
    }
    return this.#comparison();
  }

  #comparison(): Matcher {
    const [field, operator, raw] = this.tokens.slice(this.#at, this.#at + 3);
    if (raw === undefined || !(operator in OPERATORS)) throw this.#bad();
    this.#at += 3;
    const path = field.split(".");
    if (!this.known(path)) throw invalid("filter", this.filter, `There is no field '${field}'.`);
    const value = raw.replace(/^(["'])(.*)\1$/s, "$2").replace(/\\(.)/g, "$1");
    return (item) => OPERATORS[operator](at(item, path), value);
  }

  #take(token: string): boolean {
    const taken = this.tokens[this.#at] === token;
    if (taken) this.#at++;
    return taken;
  }

  #bad() {
    return invalid("filter", this.filter, "Invalid list filter expression.");
  }
}

const OPERATORS: Record<string, (actual: unknown, value: string) => boolean> = {
  "=": (actual, value) => text(actual) === value,
  "!=": (actual, value) => text(actual) !== value,
  ">": (actual, value) => compare(actual, value) > 0,
  ">=": (actual, value) => compare(actual, value) >= 0,
  "<": (actual, value) => compare(actual, value) < 0,
  "<=": (actual, value) => compare(actual, value) <= 0,
  ":": (actual, value) => actual !== undefined && (value === "*" || text(actual).includes(value)),
  eq: (actual, value) => new RegExp(`^(?:${value})$`).test(text(actual)),
  ne: (actual, value) => !new RegExp(`^(?:${value})$`).test(text(actual)),
};

/** Keys of maps may hold dots no more than names of fields do. */
const at = (item: Fields, path: string[]): unknown =>
  path.reduce<unknown>((value, name) => (isFields(value) ? value[name] : undefined), item);

const text = (value: unknown) => (value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value));

/** Numbers as numbers, times as times, all else as text; what is absent is neither smaller nor greater. */
function compare(actual: unknown, value: string): number {
  if (actual === undefined) return NaN;
  const [a, b] = /^-?\d+$/.test(value)
    ? [Number(actual), Number(value)]
    : [Date.parse(text(actual)), Date.parse(value)];
  if (Number.isNaN(a) || Number.isNaN(b)) return text(actual) < value ? -1 : Number(text(actual) > value);
  return a - b;
}
