/** Stands for each character of a template's expression while the rest is read as YAML; a private character of Unicode. */
export const MASK = "\uE123";

const NAME = /\.(?:tpl|tmpl|gotmpl|templ|template|j2|jinja2?|erb|mustache)$/i;

const BRACKETS: Readonly<Record<string, string>> = { "{{": "}}", "{%": "%}", "{#": "#}", "<%": "%>" };

/** Argo's own expressions stand in its objects unquoted as well; what a chart makes of them stands in `templates/`. */
const ARGO = /^apiVersion:[ \t]*["']?argoproj\.io\//m;

/** Whether the file is YAML by itself, whatever expressions stand in it. */
export function isArgo(path: string, text: string): boolean {
  return !NAME.test(path) && !/(?:^|\/)templates\//.test(path) && ARGO.test(text);
}

/** Whether a program makes the YAML from this text first. */
export function isTemplate(path: string, text: string): boolean {
  if (!text.includes("{{") && !text.includes("{%") && !text.includes("<%")) return false;
  return NAME.test(path) || hasBareExpression(text);
}

const OPENING = /\{\{|\{%|<%/g;

/** How far a line is looked at before an expression. */
const MOST_BEFORE = 200;

/** Whether an expression stands where YAML would begin a value: quoted ones and those in comments make no template. */
function hasBareExpression(text: string): boolean {
  for (const { index } of text.matchAll(OPENING)) {
    const before = text.slice(Math.max(0, index - MOST_BEFORE), index);
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (/(?:^|[:,[{-][ \t]*|^[ \t]+)$/.test(line) && !/(?:^|\s)#|["']/.test(line)) return true;
  }
  return false;
}

/**
 * The text with its template's expressions masked, at the same length: what stands alone on its lines is blanked, what
 * stands within a value becomes {@link MASK}. The rest then is YAML, as a rule, and everything stands where it stood.
 */
export function masked(text: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const { start, end: close } of expressions(text)) {
    const body = text.slice(start, close);
    const fill = standsAlone(text, start, close) ? " " : MASK;
    parts.push(text.slice(end, start), body.replace(/[^\r\n]/g, fill));
    end = close;
  }
  return parts.join("") + text.slice(end);
}

/** `${{ }}` is no template of the file: what runs it fills it in. */
function* expressions(text: string): Generator<{ start: number; end: number }> {
  const unclosed = new Set<string>();
  const opening = /\{\{|\{%|\{#|<%/g;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const [bracket] = found;
    if (unclosed.has(bracket) || text[found.index - 1] === "$") continue;
    const close = text.indexOf(BRACKETS[bracket], opening.lastIndex);
    if (close < 0) unclosed.add(bracket);
    else {
      let end = close + 2;
      while (bracket === "{{" && text[end] === "}") end++;
      yield { start: found.index, end };
      opening.lastIndex = end;
    }
  }
}

/** Lines that hold expressions alone make no text of their own; neighbours on the line are looked at as far as need be. */
function standsAlone(text: string, start: number, end: number): boolean {
  return isBlankBefore(text, start) && isBlankAfter(text, end);
}

const MOST_BLANKS = 400;

function isBlankBefore(text: string, at: number): boolean {
  for (let back = at - 1; back >= 0 && at - back < MOST_BLANKS; back--) {
    if (text[back] === "\n") return true;
    if (text[back] !== " " && text[back] !== "\t")
      return text.startsWith("}}", back - 1) || text.startsWith("%}", back - 1);
  }
  return at < MOST_BLANKS;
}

function isBlankAfter(text: string, at: number): boolean {
  for (let on = at; on < text.length && on - at < MOST_BLANKS; on++) {
    if (text[on] === "\n") return true;
    if (text[on] !== " " && text[on] !== "\t" && text[on] !== "\r")
      return /^(?:\{\{|\{%)/.test(text.slice(on, on + 2)) || text[on] === "#";
  }
  return at + MOST_BLANKS > text.length;
}
