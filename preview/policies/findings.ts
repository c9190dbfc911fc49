import { type AnalyzeDiagnostic, type Remediation } from "@pulumi/pulumi/proto/analyzer_pb";
import { compareText } from "../graph";
import { type SecretTexts } from "../monitor/secrets";
import { cut, levelOf, MAX_TEXT, type PackInfo, severityOf } from "./packInfo";
import {
  type PolicyInfo,
  type PolicyPackResult,
  type PolicyRemediation,
  type PolicyUnknown,
  type PolicyViolation,
} from "./results";

/** Of each kind of finding, so many of a pack are kept: a pack that objects to everything must not fill the memory. */
const MAX_FINDINGS = 10_000;

/** What a pack said so far. */
export class Findings {
  readonly #info: PackInfo;
  readonly #secrets: SecretTexts;
  readonly #mandatory = new Kept<PolicyViolation>();
  readonly #advisory = new Kept<PolicyViolation>();
  readonly #unknowns = new Kept<PolicyUnknown>();
  readonly #remediations = new Kept<PolicyRemediation>();

  constructor(info: PackInfo, secrets: SecretTexts) {
    this.#info = info;
    this.#secrets = secrets;
  }

  /**
   * Keeps what a pack says of a resource.
   *
   * @param urn of the resource; the stack when left out.
   */
  add(diagnostic: AnalyzeDiagnostic, urn: string | undefined): void {
    const policy = cut(diagnostic.getPolicyname(), 200);
    const level = levelOf(diagnostic.getEnforcementlevel());
    if (level === "disabled") return;
    const about = { policy, ...(urn === undefined ? {} : { urn }) };
    const unknown = level === "advisory" ? afterUnknownPrefix(diagnostic, "policy") : undefined;
    if (unknown !== undefined) {
      this.#unknowns.add({ ...about, message: this.#short(unknown) });
      return;
    }
    const said = withoutDescription(diagnostic.getMessage(), diagnostic.getDescription());
    const message = this.#short(
      withoutSteps(
        said,
        this.#info.policies.find(({ name }) => name === policy),
      ),
    );
    const severity = { ...this.#severityOf(policy), ...severityOf(diagnostic.getSeverity()) };
    // What a remediation left as it was is as grave as what nobody may do.
    if (level === "advisory") this.#advisory.add({ ...about, level, ...severity, message });
    else this.#mandatory.add({ ...about, level: "mandatory", ...severity, message });
  }

  /**
   * Keeps that a policy changed a resource.
   *
   * @param inputs top-level inputs that are not as they were.
   */
  addRemediation(remediation: Remediation, urn: string, inputs: string[]): void {
    const policy = cut(remediation.getPolicyname(), 200);
    const problem = remediation.getDiagnostic();
    if (problem === "") {
      if (inputs.length > 0)
        this.#remediations.add({ policy, urn, inputs: inputs.sort().map((name) => cut(name, 200)) });
      return;
    }
    const reason = afterUnknownPrefix(remediation, "remediation") ?? problem;
    this.#remediations.add({ policy, urn, inputs: [], problem: this.#short(reason) });
  }

  /** How many findings were too many. */
  get leftOut(): number {
    return [this.#mandatory, this.#advisory, this.#unknowns, this.#remediations].reduce(
      (sum, { dropped }) => sum + dropped,
      0,
    );
  }

  /** In a stable order, without the program's secrets. */
  result(policies: PolicyInfo[]): PolicyPackResult {
    const { name, version } = this.#info;
    const masked = <T extends { message: string }>(finding: T): T => ({
      ...finding,
      message: this.#secrets.mask(finding.message),
    });
    return {
      name,
      version,
      policies,
      violations: [...this.#mandatory.sorted(), ...this.#advisory.sorted()].map(masked),
      unknowns: this.#unknowns.sorted().map(masked),
      remediations: this.#remediations
        .sorted()
        .map((one) => ({ ...one, inputs: one.inputs.map((name) => this.#secrets.mask(name)) }))
        .map((one) => (one.problem === undefined ? one : { ...one, problem: this.#secrets.mask(one.problem) })),
    };
  }

  #severityOf(policy: string): Pick<PolicyViolation, "severity"> {
    const severity = this.#info.policies.find(({ name }) => name === policy)?.severity;
    return severity ? { severity } : {};
  }

  /** A secret that begins before the end of what is kept must not be seen by half. */
  #short(message: string): string {
    return message.length > MAX_TEXT ? cut(this.#secrets.mask(message)) : message;
  }
}

class Kept<T extends { policy: string; urn?: string; message?: string }> {
  readonly #all: T[] = [];
  dropped = 0;

  add(finding: T): void {
    if (this.#all.length < MAX_FINDINGS) this.#all.push(finding);
    else this.dropped++;
  }

  sorted(): T[] {
    return [...this.#all].sort(
      (a, b) =>
        compareText(a.policy, b.policy) ||
        compareText(a.urn ?? "", b.urn ?? "") ||
        compareText(a.message ?? "", b.message ?? ""),
    );
  }
}

interface FromPack {
  getPolicyname(): string;
  getPolicypackname(): string;
  getPolicypackversion(): string;
}

/** What follows the words with which Pulumi's SDK says that a policy needs a value that is not known yet. */
function afterUnknownPrefix(
  said: (AnalyzeDiagnostic | Remediation) & FromPack,
  kind: "policy" | "remediation",
): string | undefined {
  const pack = `${said.getPolicypackname()}@v${said.getPolicypackversion()}`;
  const prefix = `can't run ${kind} '${said.getPolicyname()}' from policy pack '${pack}' during preview: `;
  const message = "getMessage" in said ? said.getMessage() : said.getDiagnostic();
  return message.startsWith(prefix) ? message.slice(prefix.length) : undefined;
}

/** Reports tell the steps beside the message: a pack that ends its messages with them, for Pulumi's own report, says them once here. */
function withoutSteps(message: string, policy: PolicyInfo | undefined): string {
  const steps = ` ${policy?.remediationSteps ?? ""}`;
  return steps.length > 1 && message.endsWith(steps) ? message.slice(0, -steps.length) : message;
}

/** Pulumi's SDK puts the description before each message. */
function withoutDescription(message: string, description: string): string {
  return message.startsWith(`${description}\n`) ? message.slice(description.length + 1) : message;
}
