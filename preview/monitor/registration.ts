import {
  type ReadResourceRequest,
  ReadResourceResponse,
  type RegisterResourceRequest,
  RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { type Goal, goalOf, withoutEmpty } from "./goal";
import { STACK_REFERENCE } from "./lookups";
import { type MonitorState } from "./monitorService";
import { outputDependencies, settleObject } from "./settle";
import { fromStruct, secretOf, toStruct, type WireObject } from "./wire";

/** Registers and reads resources, and answers as the engine does in a preview. */
export class Registration {
  readonly #state: MonitorState;

  constructor(state: MonitorState) {
    this.#state = state;
  }

  readonly register = async (request: RegisterResourceRequest): Promise<RegisterResourceResponse> => {
    const { resources, transforms, directory, judge } = this.#state;
    const asked = goalOf(request);
    const own = request.getTransformsList();
    const transformed = await transforms.apply(asked, own, resources.ancestors(asked.parent));
    const goal = { ...transformed, propertyDependencies: dependenciesByInput(transformed) };
    const declared = await settleObject(goal.inputs, directory);
    const resource = resources.describe(goal, declared);
    const provider = goal.custom || goal.remote ? resources.defaultProviderOf(goal) : undefined;
    const judged = judge?.judge(resource, declared, provider).then((inputs) => {
      if (inputs !== declared) resource.inputs = resources.shown(inputs);
      return inputs;
    });
    // The program learns nothing of a component's inputs, and goes on while policies look at them.
    const inputs = goal.custom || goal.remote ? await judged : undefined;
    judged?.catch(() => undefined);
    resources.add(resource);
    transforms.addToResource(resource.urn, own);
    return registered(resource.urn, goal, inputs ?? declared);
  };

  readonly read = async (request: ReadResourceRequest): Promise<ReadResourceResponse> => {
    const { resources, lookups, directory, judge } = this.#state;
    const goal = readGoal(request);
    const inputs = await settleObject(goal.inputs, directory);
    const provider = resources.defaultProviderOf(goal);
    // What is only read is nobody's to change: the engine shows policies its provider alone.
    if (provider) await judge?.judgeProvider(provider);
    const resource = resources.describe(goal, inputs, request.getId());
    resources.add(resource);
    const response = new ReadResourceResponse();
    response.setUrn(resource.urn);
    const reference = goal.type === STACK_REFERENCE;
    const name = typeof inputs.name === "string" ? inputs.name : goal.name;
    response.setProperties(toStruct(reference ? lookups.stackReference(name) : inputs));
    return response;
  };
}

/** A preview knows the inputs of a managed resource and nothing of a component; only an import has an id. */
function registered(urn: string, goal: Goal, inputs: WireObject): RegisterResourceResponse {
  const response = new RegisterResourceResponse();
  response.setUrn(urn);
  if (goal.options.import) response.setId(goal.options.import);
  response.setObject(
    toStruct(goal.custom ? withSecretOutputs(inputs, goal.options.additionalSecretOutputs ?? []) : {}),
  );
  return response;
}

/** What a preview knows of a resource's outputs: its inputs, those secret that the provider declares so. */
export function withSecretOutputs(inputs: WireObject, secretKeys: string[]): WireObject {
  const secret = secretKeys.filter((key) => key in inputs).map((key) => [key, secretOf(inputs[key])] as const);
  return { ...inputs, ...Object.fromEntries(secret) };
}

/** Transforms drop and add inputs: the dependencies follow. */
function dependenciesByInput({ inputs, propertyDependencies }: Goal): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(inputs)
      .filter(([key]) => !key.startsWith("__"))
      .map(([key, value]) => [key, [...(propertyDependencies[key] ?? []), ...outputDependencies(value)]]),
  );
}

function readGoal(request: ReadResourceRequest): Goal {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: true,
    remote: false,
    parent: request.getParent() || undefined,
    provider: request.getProvider(),
    packageRef: request.getPackageref(),
    inputs: fromStruct(request.getProperties()),
    aliases: [],
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    options: withoutEmpty({
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      pluginDownloadURL: request.getPlugindownloadurl(),
      version: request.getVersion(),
    }),
  };
}
