// Bundles the command line in pieces, of which a command reads those that it needs: npm run build:cli
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { build, transform } from "esbuild";

const FOLDER = "dist/cli";

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
mkdirSync(FOLDER, { recursive: true });
for (const { path, text } of outputFiles) {
  const { code } = await transform(text, { format: "cjs", supported: { "dynamic-import": false }, ...output });
  writeFileSync(path, code, { mode: code.startsWith("#!") ? 0o755 : 0o644 });
}
