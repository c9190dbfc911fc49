import { type GraphResource } from "../graph";
import { type DefaultProvider } from "./providers";
import { type WireObject } from "./wire";

/** Sees what a program declares, before it is registered, as policies do. */
export interface Judge {
  /**
   * Looks at a resource.
   *
   * @param provider its default provider, which is looked at before the first resource that needs it.
   * @returns the inputs to register.
   */
  judge(resource: GraphResource, inputs: WireObject, provider: DefaultProvider | undefined): Promise<WireObject>;
  /** Looks at a default provider that a look-up, or a resource that is only read, needs. */
  judgeProvider(provider: DefaultProvider): Promise<void>;
  /** Is told what a component, or the stack, registered as outputs. */
  noteOutputs(urn: string, outputs: WireObject): void;
}
