import { type Answers } from "../answers";
import { compareText, type GraphLookup } from "../graph";
import { resultProperties } from "./resultProperties";
import { type SecretTexts } from "./secrets";
import { toGraphObject } from "./toGraph";
import { UNKNOWN_TEXT, type Wire, type WireObject } from "./wire";

/** Type of a reference to another stack's outputs. */
export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/** Functions and stack references that a program looks up, answered from the answers file. */
export class Lookups {
  readonly #answers: Answers;
  readonly #secrets: SecretTexts;
  readonly #directory: string;
  readonly #asked = new Map<string, GraphLookup>();

  /** @param directory folder of the program, whose SDKs say what functions return. */
  constructor(answers: Answers, secrets: SecretTexts, directory: string) {
    this.#answers = answers;
    this.#secrets = secrets;
    this.#directory = directory;
  }

  /** Each look-up once, in a stable order. */
  get all(): GraphLookup[] {
    return [...this.#asked].sort(([a], [b]) => compareText(a, b)).map(([, lookup]) => lookup);
  }

  /** Result of a function or a method. */
  invoke(token: string, args: WireObject): WireObject {
    const answer = this.#answers.invokes.find((entry) => entry.token === token && includes(args, entry.args ?? {}));
    this.#remember(token, args, answer !== undefined);
    return answer ? (answer.return as WireObject) : this.#unknownResult(token);
  }

  /** Properties of a reference to the named stack. */
  stackReference(name: string): WireObject {
    const { stackReferences } = this.#answers;
    const outputs = Object.hasOwn(stackReferences, name) ? stackReferences[name] : undefined;
    this.#remember(STACK_REFERENCE, { name }, outputs !== undefined);
    return outputs
      ? { name, outputs: outputs as WireObject, secretOutputNames: [] }
      : { name, outputs: UNKNOWN_TEXT, secretOutputNames: UNKNOWN_TEXT };
  }

  /** One unknown property keeps `apply` from running; every property that the program may name must be one. */
  #unknownResult(token: string): WireObject {
    const properties = resultProperties(token, this.#directory);
    return Object.fromEntries((properties.length > 0 ? properties : ["unknown"]).map((name) => [name, UNKNOWN_TEXT]));
  }

  #remember(token: string, args: WireObject, answered: boolean): void {
    const shown = toGraphObject(args, this.#secrets);
    this.#asked.set(`${token} ${JSON.stringify(shown)}`, { token, args: shown, answered });
  }
}

/** Whether `value` holds everything that `part` holds. */
function includes(value: Wire | undefined, part: unknown): boolean {
  if (typeof part !== "object" || part === null) return value === part;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(part))
    return (
      Array.isArray(value) && value.length === part.length && part.every((member, at) => includes(value[at], member))
    );
  return Object.entries(part).every(([key, member]) => includes((value as WireObject)[key], member));
}
