import * as pulumi from "@pulumi/pulumi";
import { labels, mapKey } from "../core/names";
import type { Rule } from "../core/rules";
import { isLate, misshapen, type Shape } from "./shapes";

/**
 * Inputs that a component refuses, all of them at once.
 *
 * Pulumi prints a {@link pulumi.ResourceError} with a hidden stack as the component's own error; the marker makes the
 * multi-language host report the same properties to programs in other languages.
 */
export class InvalidInputsError extends pulumi.ResourceError {
  /** Recognised by `pulumi.InputPropertiesError.isInstance`. */
  readonly __pulumiInputPropertiesError = true;

  /**
   * @param component whose inputs they are.
   * @param title class and name, as in `ImageFamily "web"`.
   * @param errors a path and a reason each; the reason says rule, value and fix.
   */
  constructor(
    component: pulumi.Resource,
    title: string,
    readonly errors: pulumi.InputPropertyErrorDetails[],
  ) {
    const lines = errors.map(({ propertyPath, reason }) => `  ${propertyPath} ${reason}`);
    const heading = `${title}: ${errors.length === 1 ? "an input is" : `${errors.length} inputs are`} wrong`;
    super([heading, ...lines].join("\n"), component, true);
  }
}

/** Refused in place of a secret, since Pulumi does not know that a message holds one. */
const HIDDEN = "[secret]";

/** Collects what is wrong with the inputs of one component. */
export class InputChecks {
  readonly #errors: pulumi.InputPropertyErrorDetails[] = [];
  readonly #component: pulumi.Resource;
  readonly #title: string;

  /**
   * @param component whose inputs are checked.
   * @param title class and name, as in `ImageFamily "web"`.
   */
  constructor(component: pulumi.Resource, title: string) {
    this.#component = component;
    this.#title = title;
  }

  /** Throws where what must be plain has another form, before anything reads it. */
  checkShape(args: unknown, shape: Shape): void {
    this.#errors.push(...misshapen("", args, { ...shape, required: true }));
    this.throwIfAny();
  }

  /**
   * Checks a plain value now and an Output when it is known.
   *
   * @returns what children are to use in place of `value`, so that none is declared from a refused Output.
   */
  check<T>(propertyPath: string, value: pulumi.Input<T>, rule: Rule<T>): pulumi.Input<T> {
    if (isLate(value)) {
      const late = pulumi.output(value) as pulumi.Output<T>;
      return late.apply((known) => this.#refuseLate(propertyPath, known, rule, late)) as pulumi.Output<T>;
    }
    this.checkNow(propertyPath, value as T, rule);
    return value;
  }

  /** As {@link check}, for an input that may be left out. */
  checkOptional<T>(
    propertyPath: string,
    value: pulumi.Input<T> | undefined,
    rule: Rule<T>,
  ): pulumi.Input<T> | undefined {
    return value === undefined ? undefined : this.check(propertyPath, value, rule);
  }

  /** Checks the keys of a map, from which the names of children are made. */
  checkKeys(propertyPath: string, map: object | undefined): void {
    for (const key of Object.keys(map ?? {})) this.checkNow(`${propertyPath}.${key}`, key, mapKey);
  }

  /** As {@link check}, for each entry of a map. */
  checkEach<T>(
    propertyPath: string,
    values: Record<string, pulumi.Input<T>> | undefined,
    rule: Rule<T>,
  ): Record<string, pulumi.Input<T>> {
    const entries = Object.entries(values ?? {});
    return Object.fromEntries(entries.map(([key, value]) => [key, this.check(`${propertyPath}.${key}`, value, rule)]));
  }

  /** As {@link checkEach}, for labels. */
  checkLabels(
    propertyPath: string,
    values: Record<string, pulumi.Input<string>> = {},
  ): Record<string, pulumi.Input<string>> {
    const entries = Object.entries(values);
    const oneLabel =
      (key: string): Rule<string> =>
      (text) =>
        labels({ [key]: text });
    return Object.fromEntries(entries.map(([key, text]) => [key, this.check(propertyPath, text, oneLabel(key))]));
  }

  /** Checks a value that is plain by its type, such as a map's keys. */
  checkNow<T>(propertyPath: string, value: T, rule: Rule<T>): void {
    const reason = rule(value);
    if (reason !== undefined) this.#errors.push({ propertyPath, reason });
  }

  /** Throws what was found, if anything; called before the first child. */
  throwIfAny(): void {
    if (this.#errors.length > 0) throw new InvalidInputsError(this.#component, this.#title, this.#errors);
  }

  #refuseLate<T>(propertyPath: string, value: T, rule: Rule<T>, late: pulumi.Output<T>): T | Promise<T> {
    const reason = rule(value);
    if (reason === undefined) return value;
    return pulumi.isSecret(late).then((secret) => {
      const told = secret ? (rule(HIDDEN as T) ?? "was refused; its value is secret and not shown") : reason;
      throw new InvalidInputsError(this.#component, this.#title, [{ propertyPath, reason: told }]);
    });
  }
}

/**
 * What is made of inputs: at once where all of them are plain, as an Output where one is still to come. Spares the Outputs
 * of what is known anyway: a few of them cost as much as a resource.
 */
export function madeOf<T, U>(inputs: T, make: (known: pulumi.Unwrap<T>) => U): U | pulumi.Output<U> {
  return holdsLate(inputs) ? pulumi.output(inputs).apply(make) : make(inputs as pulumi.Unwrap<T>);
}

/** A value that is known in a preview and, in an update, waits for a resource whose URN is known before it exists. */
export function after<T>(resource: pulumi.Resource, value: pulumi.Input<T>): pulumi.Output<T> {
  return pulumi.all([pulumi.output(value), resource.urn]).apply(([known]) => known) as pulumi.Output<T>;
}

function holdsLate(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return isLate(value) || Object.values(value).some(holdsLate);
}
