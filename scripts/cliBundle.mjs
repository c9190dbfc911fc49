// Bundles the command line in pieces, into dist/cli unless another folder is named: a command reads those that it needs,
// which is a third of its start: npm run build:cli
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build, transform } from "esbuild";

const FOLDER = process.argv[2] ?? "dist/cli";

const output = { platform: "node", target: "node20", minify: true, logLevel: "warning" };

// Pieces are made of ES modules alone; Node starts CommonJS faster, and Pulumi's packages are CommonJS.
const { outputFiles } = await build({
  entryPoints: ["cli/kiln.ts"],
  outdir: FOLDER,
  bundle: true,
  splitting: true,
  format: "esm",
  external: ["@pulumi/*", "../agent/index.js"],
  write: false,
  ...output,
});

rmSync(FOLDER, { recursive: true, force: true });
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, { format: "cjs", supported: { "dynamic-import": false }, ...output });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, code, { mode: code.startsWith("#!") ? 0o755 : 0o644 });
}
