// Bundles what runs in Google Cloud into a folder that Cloud Run functions take as it is, dist/agent unless another is
// named; the command line loads it too: npm run build:agent
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import protobuf from "protobufjs";

const FOLDER = process.argv[2] ?? "dist/agent";

/** Services of Compute Engine that the agent calls, with their methods; the others stay out of the bundle. */
const COMPUTE = {
  Images: ["List", "Get", "Deprecate", "Delete", "Insert", "SetLabels"],
  GlobalOperations: ["Wait"],
  Disks: ["AggregatedList"],
  Instances: ["AggregatedList"],
  InstanceTemplates: ["AggregatedList"],
  InstanceGroupManagers: ["AggregatedList"],
  MachineImages: ["List"],
};

const DESCRIPTORS = /@google-cloud[\\/]compute[\\/]build[\\/]protos[\\/]protos\.json$/;

/** The client comes with 12 MB of descriptors, which it reads at every start; these are those that the agent needs. */
const fewerDescriptors = {
  name: "fewer-descriptors",
  setup: ({ onLoad }) =>
    onLoad({ filter: DESCRIPTORS }, ({ path }) => ({
      contents: JSON.stringify(reduced(JSON.parse(readFileSync(path, "utf8")))),
      loader: "json",
    })),
};

/** Clients fall back to them where Node has no URL and no streams of the web; all that run this have them. */
const POLYFILLS = /[\\/](whatwg-url|web-streams-polyfill)[\\/]/;

const noPolyfills = {
  name: "no-polyfills",
  setup: ({ onLoad }) => onLoad({ filter: POLYFILLS }, () => ({ contents: "module.exports = {};", loader: "js" })),
};

/**
 * npm may install one version of a package in several places, where another version stands above them; each version comes
 * into the bundle once.
 */
const onePackageOnce = {
  name: "one-package-once",
  setup: (build) => {
    const first = new Map();
    build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...args }) => {
      if (pluginData === onePackageOnce || args.kind === "entry-point") return undefined;
      const found = await build.resolve(path, { ...args, pluginData: onePackageOnce });
      const [root] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(found.path) ?? [];
      if (found.external || found.errors.length > 0 || root === undefined) return undefined;
      const { name, version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
      const key = `${name}@${version}`;
      if (!first.has(key)) first.set(key, root);
      return { ...found, path: `${first.get(key)}${found.path.slice(root.length)}` };
    });
  },
};

function reduced(descriptors) {
  const root = protobuf.Root.fromJSON(descriptors).resolveAll();
  const kept = new Set();
  for (const [name, methods] of Object.entries(COMPUTE))
    for (const method of methods) {
      const service = root.lookupService(`google.cloud.compute.v1.${name}`);
      const { resolvedRequestType, resolvedResponseType } = service.methods[method];
      for (const type of [resolvedRequestType, resolvedResponseType]) keep(type, kept);
    }
  return pruned(descriptors, "", kept);
}

function keep(type, kept) {
  if (kept.has(type.fullName)) return;
  kept.add(type.fullName);
  for (const field of type.fieldsArray ?? []) if (field.resolvedType) keep(field.resolvedType, kept);
}

/** The part of a namespace that holds what is kept, with whole packages other than Compute Engine's own. */
function pruned(namespace, name, kept) {
  const nested = Object.entries(namespace.nested ?? {}).flatMap(([key, value]) => {
    const full = `${name}.${key}`;
    if (!`${full}.`.startsWith(".google.cloud.compute.") && !".google.cloud.compute.".startsWith(`${full}.`))
      return [[key, value]];
    if (value.methods)
      return COMPUTE[key] && full.startsWith(".google.cloud.compute.v1.") ? [[key, only(value, COMPUTE[key])]] : [];
    const isNamespace = !value.fields && !value.values;
    const part = pruned(value, full, kept);
    return kept.has(full) || (isNamespace && part.nested) ? [[key, part]] : [];
  });
  const rest = Object.entries(namespace).filter(([key]) => key !== "nested");
  return Object.fromEntries(nested.length > 0 ? [...rest, ["nested", Object.fromEntries(nested)]] : rest);
}

function only(service, methods) {
  return { ...service, methods: Object.fromEntries(methods.map((name) => [name, service.methods[name]])) };
}

await build({
  entryPoints: ["agent/index.ts"],
  outfile: `${FOLDER}/index.js`,
  bundle: true,
  minify: true,
  keepNames: true,
  platform: "node",
  target: "node20",
  legalComments: "none",
  logLevel: "warning",
  plugins: [onePackageOnce, fewerDescriptors, noPolyfills],
});

// Without a dependency on the Functions Framework the buildpack adds its own.
writeFileSync(`${FOLDER}/package.json`, `${JSON.stringify({ private: true, main: "index.js" }, undefined, 2)}\n`);
// A module, from which LifecycleController knows what it deploys without reading the bundle.
const sha256 = createHash("sha256")
  .update(readFileSync(`${FOLDER}/index.js`))
  .digest("hex");
writeFileSync(`${FOLDER}/bundle.json`, `${JSON.stringify({ sha256 })}\n`);
