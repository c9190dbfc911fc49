import { type Diagnostic, type GraphResource, inTreeOrder, STACK_TYPE } from "../graph";
import { type GraphValue } from "../graphValue";
import { aliasUrns } from "./aliases";
import { type Goal } from "./goal";
import { type DefaultProvider, defaultProvider, isProviderType, type RegisteredPackage } from "./providers";
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
  add(resource: GraphResource): void {
    const { urn, type } = resource;
    if (this.#byUrn.has(urn)) {
      this.errors.push({
        severity: "error",
        message: `Duplicate resource URN '${urn}'; try giving it a unique name`,
        urn,
      });
      return;
    }
    if (type === STACK_TYPE) this.#stackUrn = urn;
    this.#byUrn.set(urn, resource);
  }

  /** Keeps what a component, or the stack, registered as outputs. */
  setOutputs(urn: string, outputs: WireObject): void {
    const shown = this.shown(outputs);
    if (urn === this.#stackUrn) this.#stackOutputs = shown;
    const resource = this.#byUrn.get(urn);
    if (resource) resource.outputs = shown;
  }

  /** The resource that a goal makes, and its secrets remembered. */
  describe(goal: Goal, inputs: WireObject, read?: string): GraphResource {
    const parent = goal.parent === undefined ? undefined : this.#byUrn.get(goal.parent);
    const protect = goal.protect ?? parent?.protect ?? false;
    const { type, name, custom, dependencies, propertyDependencies } = goal;
    return {
      urn: this.urnOf(goal),
      type,
      name,
      custom,
      ...(goal.remote ? { remote: true } : {}),
      ...(read === undefined ? {} : { read }),
      ...(goal.parent === undefined ? {} : { parent: goal.parent }),
      ...this.#provider(goal),
      inputs: this.shown(inputs),
      protect,
      aliases: this.#aliases(goal, parent),
      dependencies: uniqueSorted(dependencies),
      propertyDependencies: sortedDependencies(propertyDependencies),
      options: this.#options(goal, parent),
    };
  }

  /** Properties as the graph holds them. */
  shown(properties: WireObject): Record<string, GraphValue> {
    return toGraphObject(properties, this.#secrets);
  }

  /** The provider that the engine sets up for a resource, or for the package of a function, that names none. */
  defaultProviderOf({
    type,
    provider,
    packageRef,
    options: { version = "", pluginDownloadURL = "" },
  }: Pick<Goal, "type" | "provider" | "packageRef" | "options">): DefaultProvider | undefined {
    if (provider !== "" || isProviderType(type)) return undefined;
    const registered = this.packages.get(packageRef);
    return defaultProvider(this.target, { type, version, pluginDownloadURL, registered });
  }

  #provider(goal: Goal): Pick<GraphResource, "provider"> {
    if (!goal.custom || isProviderType(goal.type)) return {};
    const provider = goal.provider ? urnOfProvider(goal.provider) : this.defaultProviderOf(goal);
    if (typeof provider === "string") return { provider };
    // The engine's own types, such as stack references, show none.
    return provider && provider.package !== "pulumi" ? { provider: provider.urn } : {};
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
