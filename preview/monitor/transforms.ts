import { type Callback } from "@pulumi/pulumi/proto/callback_pb";
import {
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { type Callbacks } from "./callbacks";
import { type Goal } from "./goal";
import { toTransformOptions, withTransformOptions } from "./transformOptions";
import { fromStruct, toStruct, type WireObject } from "./wire";

/** Transforms of a program: those of resources, of their parents, and of the whole stack. */
export class Transforms {
  readonly #callbacks: Callbacks;
  readonly #ofResource = new Map<string, Callback[]>();
  readonly #ofStack: Callback[] = [];
  readonly #ofLookups: Callback[] = [];

  constructor(callbacks: Callbacks) {
    this.#callbacks = callbacks;
  }

  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  addToLookups(callback: Callback): void {
    this.#ofLookups.push(callback);
  }

  /** Transforms of a resource also run on everything below it. */
  addToResource(urn: string, callbacks: Callback[]): void {
    if (callbacks.length > 0) this.#ofResource.set(urn, callbacks);
  }

  /** Runs a resource's own transforms, then those of its parents from the nearest on, then the stack's. */
  async apply(goal: Goal, own: Callback[], ancestors: string[]): Promise<Goal> {
    const inherited = ancestors.flatMap((urn) => this.#ofResource.get(urn) ?? []);
    let transformed = goal;
    for (const callback of [...own, ...inherited, ...this.#ofStack])
      transformed = await this.#applyOne(transformed, callback);
    return transformed;
  }

  /** Runs the stack's transforms on the arguments of a look-up. */
  async applyToLookup(token: string, args: WireObject): Promise<WireObject> {
    let transformed = args;
    for (const callback of this.#ofLookups) {
      const request = new TransformInvokeRequest();
      request.setToken(token);
      request.setArgs(toStruct(transformed));
      const response = await this.#callbacks.call(callback, request.serializeBinary());
      transformed = fromStruct(TransformInvokeResponse.deserializeBinary(response).getArgs());
    }
    return transformed;
  }

  async #applyOne(goal: Goal, callback: Callback): Promise<Goal> {
    const request = new TransformRequest();
    request.setType(goal.type);
    request.setName(goal.name);
    request.setCustom(goal.custom);
    request.setParent(goal.parent ?? "");
    request.setProperties(toStruct(goal.inputs));
    request.setOptions(toTransformOptions(goal));
    const bytes = await this.#callbacks.call(callback, request.serializeBinary());
    const response = TransformResponse.deserializeBinary(bytes);
    const options = response.getOptions();
    const inputs = response.hasProperties() ? fromStruct(response.getProperties()) : goal.inputs;
    return { ...(options ? withTransformOptions(goal, options) : goal), inputs };
  }
}
