import * as pulumi from "@pulumi/pulumi";
import type { Rule } from "../core/rules";

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

  /**
   * Checks a plain value now and an Output when it is known.
   *
   * @returns what children are to use in place of `value`, so that none is declared from a refused Output.
   */
  check<T>(propertyPath: string, value: pulumi.Input<T>, rule: Rule<T>): pulumi.Input<T> {
    if (isLate(value)) return pulumi.output(value).apply((known) => this.#refuseLate(propertyPath, known as T, rule));
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

  /** As {@link check}, for each entry of a map. */
  checkEach<T>(
    propertyPath: string,
    values: Record<string, pulumi.Input<T>> | undefined,
    rule: Rule<T>,
  ): Record<string, pulumi.Input<T>> {
    const entries = Object.entries(values ?? {});
    return Object.fromEntries(entries.map(([key, value]) => [key, this.check(`${propertyPath}.${key}`, value, rule)]));
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

  #refuseLate<T>(propertyPath: string, value: T, rule: Rule<T>): T {
    const reason = rule(value);
    if (reason !== undefined) throw new InvalidInputsError(this.#component, this.#title, [{ propertyPath, reason }]);
    return value;
  }
}

/**
 * What is made of inputs: at once where all of them are plain, as an Output where one is still to come. Spares the Outputs
 * of what is known anyway: a few of them cost as much as a resource.
 */
export function madeOf<T, U>(inputs: T, make: (known: pulumi.Unwrap<T>) => U): U | pulumi.Output<U> {
  return holdsLate(inputs) ? pulumi.output(inputs).apply(make) : make(inputs as pulumi.Unwrap<T>);
}

function holdsLate(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  return isLate(value) || Object.values(value).some(holdsLate);
}

/** Whether a value is still to come; the type is wide, since `Output` and `Promise` lose their element's type in a union. */
function isLate(value: unknown): value is Promise<unknown> {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}
