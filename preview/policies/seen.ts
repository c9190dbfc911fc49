import { type GraphResource, inTreeOrder, STACK_TYPE } from "../graph";
import { isProviderType } from "../monitor/providers";
import { withSecretOutputs } from "../monitor/registration";
import { type WireObject } from "../monitor/wire";
import { type JudgedProvider, type JudgedResource } from "./requests";

interface Seen {
  resource: GraphResource;
  inputs: WireObject;
  provider?: JudgedProvider;
}

/** The resources that policies saw, for those policies that look at the whole stack. */
export class SeenResources {
  readonly #byUrn = new Map<string, Seen>();
  /** What components registered, perhaps before the policies came to see them. */
  readonly #outputs = new Map<string, WireObject>();

  /** The provider of that URN, as far as it was seen. */
  provider(urn: string | undefined): JudgedProvider | undefined {
    const seen = urn === undefined ? undefined : this.#byUrn.get(urn);
    if (!seen || !isProviderType(seen.resource.type)) return undefined;
    const { type, name } = seen.resource;
    return { urn: seen.resource.urn, type, name, inputs: seen.inputs };
  }

  /** Whether there is a resource of that URN other than the stack. */
  isBelowStack(urn: string): boolean {
    const seen = this.#byUrn.get(urn);
    return seen !== undefined && seen.resource.type !== STACK_TYPE;
  }

  add(resource: GraphResource, inputs: WireObject, provider: JudgedProvider | undefined): void {
    this.#byUrn.set(resource.urn, { resource, inputs, provider });
  }

  setOutputs(urn: string, outputs: WireObject): void {
    this.#outputs.set(urn, outputs);
  }

  /** With what is known of their outputs, in an order that does not depend on when they were registered. */
  all(): JudgedResource[] {
    return inTreeOrder([...this.#byUrn.values()].map(({ resource }) => resource)).map(({ urn }) => {
      const { resource, inputs, provider } = this.#byUrn.get(urn) as Seen;
      const secretKeys = resource.options.additionalSecretOutputs ?? [];
      const properties = resource.custom ? withSecretOutputs(inputs, secretKeys) : (this.#outputs.get(urn) ?? {});
      return { resource, properties, provider };
    });
  }
}
