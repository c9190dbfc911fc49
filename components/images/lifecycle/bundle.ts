import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const load = createRequire(__filename);

/** Where the build puts the agent: in the installed package, and in this repository when its sources run. */
const AGENT = join(dirname(load.resolve("pulumi-kiln/package.json")), "dist/agent");

/** The agent as Cloud Functions takes it. */
export interface AgentBundle {
  /** SHA-256 of the program, in hexadecimal. */
  sha256: string;
  /** The program and its `package.json`. */
  archive: pulumi.asset.AssetArchive;
}

/** The build writes the hash as a module beside the program, which nobody but Pulumi reads. */
export function agentBundle(): AgentBundle {
  const { sha256 } = load(join(AGENT, "bundle.json")) as { sha256: string };
  const fileOf = (name: string) => ({ [name]: new pulumi.asset.FileAsset(join(AGENT, name)) });
  return { sha256, archive: new pulumi.asset.AssetArchive({ ...fileOf("index.js"), ...fileOf("package.json") }) };
}
