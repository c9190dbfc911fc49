/** An answer of a registry, as the tool's log tells it. */
export interface LoggedAnswer {
  status: number;
  url: string;
  /** By their names in lower case. */
  headers: Record<string, string>;
}

/** Reads what crane and gcrane write to standard error with `--verbose`, as it comes. */
export interface ToolLog {
  add(chunk: string): void;
  /** The last answers, oldest first. */
  readonly answers: readonly LoggedAnswer[];
  /** What stands after `Error:`, to the end; nothing where there is none. */
  error(): string | undefined;
}

/** `2026/11/21 19:05:40 <-- 200 https://…/v2/ (368.77µs)` */
const ANSWER = /^(?:\S+ \S+ )?<-- (\d{3}) (\S+)/;
const HEADER = /^([A-Za-z-]{1,64}): (.*)$/;
const ERROR = "Error: ";

/** Manifests stand there in one line each; what follows so many characters is of no interest. */
const MOST_LINE = 2_000;
const MOST_ERROR = 8_000;
const MOST_ANSWERS = 20;

/** A log of which nothing was read yet. */
export function toolLog(): ToolLog {
  const answers: LoggedAnswer[] = [];
  let rest = "";
  let current: LoggedAnswer | undefined;
  let error: string | undefined;
  const line = (text: string) => {
    if (error !== undefined || text.startsWith(ERROR)) {
      error = `${error === undefined ? "" : `${error}\n`}${text}`.slice(0, MOST_ERROR);
      return;
    }
    const [, status, url] = ANSWER.exec(text) ?? [];
    if (status !== undefined) {
      current = { status: Number(status), url, headers: {} };
      if (answers.push(current) > MOST_ANSWERS) answers.shift();
    } else if (text.trim() === "") current = undefined;
    else if (current) {
      const [, name, value] = HEADER.exec(text) ?? [];
      if (name !== undefined) current.headers[name.toLowerCase()] = value.trim();
    }
  };
  return {
    answers,
    add(chunk) {
      const lines = chunk.split("\n");
      lines[0] = rest + lines[0];
      rest = (lines.pop() ?? "").slice(0, MOST_LINE);
      for (const one of lines) line(one.slice(0, MOST_LINE));
    },
    error() {
      const all = rest === "" ? error : rest.startsWith(ERROR) || error !== undefined ? `${error ?? ""}${rest}` : error;
      return all?.slice(ERROR.length).trim();
    },
  };
}

/** What the last answer that refused a request says about waiting. */
export function askedToWait(answers: readonly LoggedAnswer[]): string | undefined {
  const refused = answers.filter(({ status }) => status === 429 || status === 503);
  return refused.at(-1)?.headers["retry-after"];
}
