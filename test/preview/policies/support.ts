import { join } from "node:path";
import { type OfflineOptions, type PolicyPackResult, type PreviewGraph, previewOffline } from "../../../preview";
import { policyPacks } from "../../../preview/policies";
import { project } from "../support";

/** A program of one component and one resource of another provider. */
export const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const group = new pulumi.ComponentResource("t:index:Group", "group");
  new pulumi.CustomResource("t:index:Thing", "thing", { size: 1, tags: ["a"], later: group.urn }, { parent: group });`;

/** URN of a resource below the component. */
export const THING = "urn:pulumi:dev::sample::t:index:Group$t:index:Thing::thing";

/** Beginning of a pack, and what it may end with. */
const HEAD = `const { PolicyPack } = require("@pulumi/policy");`;

/** A policy that looks at the thing alone; the text is the body of a function of \`args\` and \`report\`. */
export function onThing(body: string, rest = 'enforcementLevel: "mandatory"'): string {
  return `{ name: "thing", description: "About things.", ${rest},
    validateResource: async (args, report) => { if (args.name !== "thing") return; ${body} } }`;
}

/** The source of a pack with these policies. */
export function packOf(...policies: string[]): string {
  return `${HEAD}\nnew PolicyPack("test-pack", { policies: [${policies.join(",\n")}] });`;
}

/** Files of a project with a pack in a folder of that name. */
export function packFiles(source: string, folder = "pack", entry = "index.js"): Record<string, string> {
  return {
    [`${folder}/PulumiPolicy.yaml`]: "runtime: nodejs\n",
    [`${folder}/package.json`]: '{"name":"test-pack","version":"1.2.3"}',
    [`${folder}/${entry}`]: source,
  };
}

/** What a preview with one pack is made of; by default the program is {@link PROGRAM}. */
export interface Judged extends Partial<OfflineOptions> {
  program?: string;
  /** Settings, as in the file for \`--policy-pack-config\`. */
  config?: unknown;
  files?: Record<string, string>;
  /** @default "index.js" */
  entry?: string;
}

/** Previews a program with a pack of this source. */
export async function judge(
  source: string,
  { program = PROGRAM, config, files, entry, ...options }: Judged = {},
): Promise<PreviewGraph> {
  const directory = project({
    "index.js": program,
    ...packFiles(source, "pack", entry),
    ...(config === undefined ? {} : { "settings.json": JSON.stringify(config) }),
    ...files,
  });
  const settings = config === undefined ? {} : { config: join(directory, "settings.json") };
  const policies = policyPacks([{ directory: join(directory, "pack"), ...settings }]);
  return previewOffline({ directory, policies, ...options });
}

/** What the one pack said. */
export async function verdict(source: string, judged?: Judged): Promise<PolicyPackResult> {
  const { policyPacks: packs = [] } = await judge(source, judged);
  if (packs.length !== 1) throw new Error(`${packs.length} packs`);
  return packs[0];
}
