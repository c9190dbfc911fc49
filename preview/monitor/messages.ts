import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { type Diagnostic, type Severity } from "../graph";

/** A program in an endless loop of messages must not fill the memory. */
const MAX_MESSAGES = 1000;
const MAX_LENGTH = 64 * 1024;

const SEVERITIES: Partial<Record<LogSeverity, Severity>> = {
  [LogSeverity.INFO]: "info",
  [LogSeverity.WARNING]: "warning",
  [LogSeverity.ERROR]: "error",
};

/** What a program says through Pulumi's log. */
export class Messages {
  readonly #kept: Diagnostic[] = [];
  #dropped = 0;

  /** In the order in which they came; the last one counts what was too much. */
  get all(): Diagnostic[] {
    const rest: Diagnostic[] =
      this.#dropped > 0
        ? [{ severity: "info", message: `${this.#dropped} more messages of the program are left out` }]
        : [];
    return [...this.#kept, ...rest];
  }

  /** Debug messages and those that only matter while the program runs are left out, as in Pulumi's JSON. */
  add(request: LogRequest): void {
    const severity = SEVERITIES[request.getSeverity()];
    if (!severity || request.getEphemeral()) return;
    // An error says why there is no preview: it is kept however much was said before.
    if (this.#kept.length >= MAX_MESSAGES && severity !== "error") this.#dropped++;
    else if (this.#kept.length < 2 * MAX_MESSAGES) this.#kept.push(this.#diagnostic(severity, request));
  }

  #diagnostic(severity: Severity, request: LogRequest): Diagnostic {
    const message = request.getMessage();
    const short = message.length > MAX_LENGTH ? `${message.slice(0, MAX_LENGTH)}…` : message;
    return { severity, message: short.replace(/\n+$/, ""), ...(request.getUrn() ? { urn: request.getUrn() } : {}) };
  }
}
