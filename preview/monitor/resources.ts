import { type Diagnostic, type GraphResource, inTreeOrder, STACK_TYPE } from "../graph";
import { type GraphValue } from "../graphValue";
import { aliasUrns } from "./aliases";
import { type Goal } from "./goal";
import { defaultProviderUrn, isProviderType, type RegisteredPackage } from "./providers";
import { type SecretTexts } from "./secrets";
import { toGraphObject, toGraphValue } from "./toGraph";
import { createUrn, type Target, urnOfProvider } from "./urn";
import { type WireObject } from "./wire";

/** The resources that a program declared so far. */
export class Resources {
  readonly target: Target;
  readonly packages = new Map<string, RegisteredPackage>();
  /** Errors of the engine itself. */
  readonly errors: Diagnostic[] = [];
  readonly #byUrn = new Map<string, GraphResource>();
  readonly #secrets: SecretTexts;
  #stackUrn: string | undefined;
  #stackOutputs: Record<string, GraphValue> | undefined;

  constructor(target: Target, secrets: SecretTexts) {
    this.target = target;
    this.#secrets = secrets;
  }

  /** Outputs of the stack; undefined as long as the program has not come to its end. */
  get stackOutputs(): Record<string, GraphValue> | undefined {
    return this.#stackOutputs;
  }

  get stackUrn(): string | undefined {
    return this.#stackUrn;
  }

  inTreeOrder(): GraphResource[] {
    return inTreeOrder(this.#byUrn.values());
  }

  /** URNs of the parents, the nearest first. */
  ancestors(parent: string | undefined): string[] {
    const urns: string[] = [];
    for (let urn = parent; urn !== undefined && !urns.includes(urn); urn = this.#byUrn.get(urn)?.parent) urns.push(urn);
    return urns;
  }

  urnOf(goal: Pick<Goal, "parent" | "type" | "name">): string {
    return createUrn(this.target, goal.parent, goal.type, goal.name);
  }

  /** Adds a resource; a second one of the same URN is an error in the engine's own words. */
  add(goal: Goal, inputs: WireObject, read?: string): string {
    const urn = this.urnOf(goal);
    if (this.#byUrn.has(urn)) {
      this.errors.push({
        severity: "error",
        message: `Duplicate resource URN '${urn}'; try giving it a unique name`,
        urn,
      });
      return urn;
    }
    if (goal.type === STACK_TYPE) this.#stackUrn = urn;
    this.#byUrn.set(urn, this.#resource(urn, goal, inputs, read));
    return urn;
  }

  /** Keeps what a component, or the stack, registered as outputs. */
  setOutputs(urn: string, outputs: WireObject): void {
    const shown = toGraphObject(outputs, this.#secrets);
    if (urn === this.#stackUrn) this.#stackOutputs = shown;
    const resource = this.#byUrn.get(urn);
    if (resource) resource.outputs = shown;
  }

  #resource(urn: string, goal: Goal, inputs: WireObject, read: string | undefined): GraphResource {
    const parent = goal.parent === undefined ? undefined : this.#byUrn.get(goal.parent);
    const protect = goal.protect ?? parent?.protect ?? false;
    const { type, name, custom, dependencies, propertyDependencies } = goal;
    return {
      urn,
      type,
      name,
      custom,
      ...(goal.remote ? { remote: true } : {}),
      ...(read === undefined ? {} : { read }),
      ...(goal.parent === undefined ? {} : { parent: goal.parent }),
      ...this.#provider(goal),
      inputs: toGraphObject(inputs, this.#secrets),
      protect,
      aliases: this.#aliases(goal, parent),
      dependencies: uniqueSorted(dependencies),
      propertyDependencies: sortedDependencies(propertyDependencies),
      options: this.#options(goal, parent),
    };
  }

  #provider(goal: Goal): Pick<GraphResource, "provider"> {
    if (!goal.custom || isProviderType(goal.type)) return {};
    const { version = "", pluginDownloadURL = "" } = goal.options;
    const registered = this.packages.get(goal.packageRef);
    const request = { type: goal.type, version, pluginDownloadURL, registered };
    const provider = goal.provider ? urnOfProvider(goal.provider) : defaultProviderUrn(this.target, request);
    return provider === undefined ? {} : { provider };
  }

  #aliases({ type, name, parent: parentUrn, aliases }: Goal, parent: GraphResource | undefined): string[] {
    const inheriting = parent && parent.type !== STACK_TYPE ? parent : undefined;
    return aliasUrns({
      ...this.target,
      type,
      name,
      parent: parentUrn,
      given: aliases,
      parentName: inheriting?.name,
      parentAliases: inheriting?.aliases ?? [],
    });
  }

  /** The engine hands these down to children that do not set them. */
  #options({ options }: Goal, parent: GraphResource | undefined): GraphResource["options"] {
    const { replacementTrigger, providers, ...rest } = options;
    const deletedWith = options.deletedWith ?? parent?.options.deletedWith;
    const retainOnDelete = options.retainOnDelete ?? parent?.options.retainOnDelete;
    return {
      ...rest,
      ...(deletedWith === undefined ? {} : { deletedWith }),
      ...(retainOnDelete === undefined ? {} : { retainOnDelete }),
      ...(providers ? { providers: providerUrns(providers) } : {}),
      ...(replacementTrigger === undefined
        ? {}
        : { replacementTrigger: toGraphValue(replacementTrigger, this.#secrets) }),
    };
  }
}

function providerUrns(providers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(providers)
      .sort()
      .map(([name, reference]) => [name, urnOfProvider(reference)]),
  );
}

function sortedDependencies(dependencies: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(dependencies)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, urns]) => [key, uniqueSorted(urns)]),
  );
}

function uniqueSorted(urns: string[]): string[] {
  return [...new Set(urns)].sort();
}
