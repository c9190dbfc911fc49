import { type Format } from "./format";
import { get, getIn, itemsOf, type MapNode, type Node, scalarOf, textOf } from "./tree";
import { type Held, type Lookup } from "./variables";

/** How a format finds its variables' values among the mappings around a place, the innermost last. */
type Find = (name: string, around: readonly MapNode[]) => Held | undefined;

const FINDS: Record<NonNullable<Format["variables"]>, Find> = {
  tekton: (name, around) => {
    const param = /^(?:inputs\.|context\.)?params(?:\.([\w-]+)|[[]["']([^"'\]]+)["'][\]])$/.exec(name);
    return param === null ? undefined : parameter(param[1] ?? param[2], around, ["params"], "params");
  },
  argo: (name, around) => {
    const [, scope, key] = /^(inputs|workflow)\.parameters\.([\w.-]+)$/.exec(name) ?? [];
    if (key === undefined) return undefined;
    return parameter(key, around, [scope === "inputs" ? "inputs" : "arguments", "parameters"], `${scope}.parameters`);
  },
  cloudBuild: (name, around) => held(getIn(around[0], "substitutions", name), `substitutions.${name}`),
  variables: (name, around) => nearest(name, around, "variables"),
  github: (name, around) => {
    const [, scope, key] = /^(env|inputs)\.([\w-]+)$/.exec(name) ?? [];
    if (scope === "env") return nearest(key, around, "env");
    return scope === undefined ? undefined : held(getIn(around[0], "inputs", key, "default"), `inputs.${key}`);
  },
  parameters: (name, around) => {
    const key = name.replace(/^(?:pipeline\.)?parameters\./, "");
    return declared(key, around) ?? parameter(key, around, ["parameters"], "parameters");
  },
};

/** Values of variables as seen from a place. */
export function lookupOf(format: Format, around: readonly MapNode[]): Lookup {
  const find = format.variables === undefined ? undefined : FINDS[format.variables];
  return (name) => find?.(name, around);
}

function held(node: Node | undefined, holder: string): Held | undefined {
  const value = scalarOf(node) ?? scalarOf(get(node, "value"));
  return value === undefined ? undefined : { value, holder };
}

function nearest(name: string, around: readonly MapNode[], key: string): Held | undefined {
  return innermost(around, (map) => held(getIn(map, key, name), `${key}.${name}`));
}

/** CircleCI's: `parameters.NAME.default`. */
function declared(name: string, around: readonly MapNode[]): Held | undefined {
  return innermost(around, (map) => held(getIn(map, "parameters", name, "default"), `parameters.${name}`));
}

function innermost(around: readonly MapNode[], find: (map: MapNode) => Held | undefined): Held | undefined {
  for (let at = around.length - 1; at >= 0; at--) {
    const found = find(around[at]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is given further out goes before the default of the place that declares it. */
function parameter(name: string, around: readonly MapNode[], keys: string[], label: string): Held | undefined {
  let found: Held | undefined;
  for (const map of [...around].reverse()) {
    const entry = itemsOf(getIn(map, ...keys)).find((item) => textOf(item, "name") === name);
    const given = held(get(entry, "value"), `${label}.${name}`);
    const isHandedOn = given?.value.value.includes(`params.${name})`) === true;
    if (given !== undefined && !isHandedOn) return given;
    found ??= held(get(entry, "default"), `${label}.${name}`);
  }
  return found;
}
