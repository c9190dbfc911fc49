import {
  type Diagnostic,
  type GraphOptions,
  type GraphResource,
  GraphSource,
  inTreeOrder,
  type PreviewGraph,
  STACK_TYPE,
} from "../graph";
import { SecretTexts } from "../monitor/secrets";
import { toGraphObject } from "../monitor/toGraph";
import { nameOf, typeOf, urnOfProvider } from "../monitor/urn";
import { type WireObject } from "../monitor/wire";
import { withoutEmpty } from "../monitor/goal";
import { PreviewError } from "../problem";
import { parseJson, readJsonFile } from "../schema";

/** State of a resource, as far as it is read. https://www.pulumi.com/docs/iac/cli/commands/pulumi_preview */
interface State {
  custom?: boolean;
  type?: string;
  inputs?: WireObject;
  outputs?: WireObject;
  parent?: string;
  provider?: string;
  protect?: boolean;
  retainOnDelete?: boolean;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[] | null>;
  additionalSecretOutputs?: string[];
  aliases?: string[];
  customTimeouts?: Record<string, number>;
  deletedWith?: string;
  ignoreChanges?: string[];
  importID?: string;
}

interface Step {
  op: string;
  urn: string;
  oldState?: State;
  newState?: State;
  diffReasons?: string[];
  replaceReasons?: string[];
}

interface PulumiPreview {
  steps?: Step[];
  diagnostics?: { message?: string; severity?: string; urn?: string }[];
  changeSummary?: Record<string, number>;
}

// Go writes a list or a map that was never made as null.
const TEXT = { type: "string" };
const OBJECT = { type: "object", nullable: true };
const TEXTS = { type: "array", nullable: true, items: TEXT };
const STATE = {
  type: "object",
  nullable: true,
  properties: {
    custom: { type: "boolean" },
    type: TEXT,
    inputs: OBJECT,
    outputs: OBJECT,
    parent: TEXT,
    provider: TEXT,
    protect: { type: "boolean" },
    retainOnDelete: { type: "boolean" },
    dependencies: TEXTS,
    propertyDependencies: { ...OBJECT, additionalProperties: TEXTS },
    additionalSecretOutputs: TEXTS,
    aliases: TEXTS,
    customTimeouts: { ...OBJECT, additionalProperties: { type: "number" } },
    deletedWith: TEXT,
    ignoreChanges: TEXTS,
    importID: TEXT,
  },
};
const SCHEMA = {
  type: "object",
  anyOf: [{ required: ["steps"] }, { required: ["diagnostics"] }, { required: ["changeSummary"] }],
  properties: {
    steps: {
      type: "array",
      items: {
        type: "object",
        required: ["op", "urn"],
        properties: {
          op: TEXT,
          urn: { type: "string", pattern: "^urn:pulumi:[^:]+::[^:]+::[^:]" },
          oldState: STATE,
          newState: STATE,
          diffReasons: TEXTS,
          replaceReasons: TEXTS,
        },
      },
    },
    diagnostics: {
      type: "array",
      items: { type: "object", properties: { message: TEXT, severity: TEXT, urn: TEXT } },
    },
    changeSummary: { type: "object", additionalProperties: { type: "integer" } },
  },
};

/** Reads a file that `pulumi preview --json` wrote. */
export function readPulumiJson(file: string): PreviewGraph {
  return toGraph(readJsonFile<PulumiPreview>(file, SCHEMA), file);
}

/** {@link readPulumiJson} for text. */
export function parsePulumiJson(text: string, source: string): PreviewGraph {
  return toGraph(parseJson<PulumiPreview>(text, source, SCHEMA), source);
}

function toGraph({ steps = [], diagnostics = [], changeSummary = {} }: PulumiPreview, source: string): PreviewGraph {
  const resources = inTreeOrder(mergeSteps(steps).map(toResource));
  const said = diagnostics.map(toDiagnostic);
  if (said.some(({ severity }) => severity === "error"))
    throw new PreviewError(said, new Map(resources.map((resource) => [resource.urn, resource])));
  if (steps.length === 0) throw PreviewError.of(`${source}: holds no step; write it with pulumi preview --json > FILE`);
  const [, , stack = "", , project = ""] = steps[0].urn.split(":");
  return {
    apiVersion: "kiln/v1",
    kind: "PreviewGraph",
    project,
    stack,
    source: GraphSource.Pulumi,
    resources,
    outputs: resources.find(({ type }) => type === STACK_TYPE)?.outputs ?? {},
    diagnostics: said,
    lookups: [],
    changeSummary,
  };
}

/** A replacement may come as several steps of one resource. */
function mergeSteps(steps: Step[]): Step[] {
  const byUrn = new Map<string, Step>();
  for (const step of steps) {
    const before = byUrn.get(step.urn);
    byUrn.set(step.urn, before ? mergeTwo(before, step) : step);
  }
  return [...byUrn.values()];
}

function mergeTwo(first: Step, second: Step): Step {
  const union = (key: "diffReasons" | "replaceReasons") => [
    ...new Set([...(first[key] ?? []), ...(second[key] ?? [])]),
  ];
  return {
    urn: first.urn,
    op: "replace",
    oldState: first.oldState ?? second.oldState,
    newState: first.newState ?? second.newState,
    diffReasons: union("diffReasons"),
    replaceReasons: union("replaceReasons"),
  };
}

function toResource({ op, urn, oldState, newState, diffReasons, replaceReasons }: Step): GraphResource {
  const state = newState ?? oldState ?? {};
  const secrets = new SecretTexts();
  return {
    urn,
    type: state.type ?? typeOf(urn),
    name: nameOf(urn),
    custom: state.custom ?? true,
    ...(state.parent === undefined ? {} : { parent: state.parent }),
    ...(state.provider === undefined ? {} : { provider: urnOfProvider(state.provider) }),
    inputs: toGraphObject(state.inputs ?? {}, secrets),
    ...(state.outputs ? { outputs: toGraphObject(state.outputs, secrets) } : {}),
    protect: state.protect ?? false,
    aliases: [...(state.aliases ?? [])].sort(),
    dependencies: [...(state.dependencies ?? [])].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies ?? {}).map(([key, urns]) => [key, urns ?? []]),
    ),
    options: optionsOf(state),
    change: { op, diffReasons: diffReasons ?? [], replaceReasons: replaceReasons ?? [] },
  };
}

function optionsOf(state: State): GraphOptions {
  const timeouts = Object.entries(state.customTimeouts ?? {}).map(([op, seconds]) => [op, `${seconds}s`]);
  return withoutEmpty({
    additionalSecretOutputs: state.additionalSecretOutputs,
    customTimeouts: Object.fromEntries(timeouts) as Record<string, string>,
    deletedWith: state.deletedWith,
    ignoreChanges: state.ignoreChanges,
    import: state.importID,
    retainOnDelete: state.retainOnDelete,
  });
}

/** The CLI writes the severity into the message once more. */
function toDiagnostic({
  message = "",
  severity = "info",
  urn,
}: {
  message?: string;
  severity?: string;
  urn?: string;
}): Diagnostic {
  const known = severity === "error" || severity === "warning" || severity === "info#err" ? severity : "info";
  const text = message.trimEnd().replace(new RegExp(`^${known}: `), "");
  return { severity: known, message: text, ...(urn ? { urn } : {}) };
}
