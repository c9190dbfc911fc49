import { expect } from "chai";
import { previewOffline } from "../../../preview";
import { project } from "../support";

/** Kinds of programs that Pulumi runs; each exports what it is. */
const KINDS: Record<string, Record<string, string>> = {
  "ES modules with a top-level await": {
    "package.json": '{"type":"module"}',
    "index.js":
      'import * as pulumi from "@pulumi/pulumi";\nexport const kind = await Promise.resolve(pulumi.getStack());\n',
  },
  "the package's own entry point, an exported function": {
    "Pulumi.yaml": "name: sample\nruntime: nodejs\n",
    "package.json": '{"main":"lib/main.js"}',
    "lib/main.js": 'module.exports = async () => ({ kind: require("@pulumi/pulumi").getStack() });',
  },
  "TypeScript in a folder, without package.json's help": {
    "Pulumi.yaml": "name: sample\nruntime: nodejs\nmain: app\n",
    "app/index.ts": 'import * as pulumi from "@pulumi/pulumi";\nexport const kind: string = pulumi.getStack();\n',
  },
  "JavaScript that asks for TypeScript's absence, with arguments for Node": {
    "Pulumi.yaml":
      "name: sample\nruntime: {name: nodejs, options: {typescript: false, nodeargs: --title=kiln}}\nmain: index.js\n",
    "index.js": 'exports.kind = process.title === "kiln" ? require("@pulumi/pulumi").getStack() : process.title;',
  },
};

describe("previewOffline runs", () => {
  for (const [name, files] of Object.entries(KINDS))
    it(name, async () => {
      const { outputs, resources } = await previewOffline({ directory: project(files) });
      expect(outputs).to.deep.equal({ kind: "dev" });
      expect(resources.map(({ urn }) => urn)).to.deep.equal([
        "urn:pulumi:dev::sample::pulumi:pulumi:Stack::sample-dev",
      ]);
    });
});
