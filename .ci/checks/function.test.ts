import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { TOOLS } from "../../test/support/tools";

const ROOT = join(__dirname, "../..");
const PORT = 18_099;

describe("the agent's bundle in Google's Functions Framework", () => {
  let framework: ChildProcess;

  before(async () => {
    framework = spawn(
      join(TOOLS, "functions/node_modules/.bin/functions-framework"),
      ["--target=enforce", "--signature-type=http", `--source=${join(ROOT, "dist/agent")}`, `--port=${PORT}`],
      { env: { PATH: process.env.PATH, KILN_PROJECT: "acme-images" }, stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise<void>((resolve, reject) => {
      framework.once("error", reject).once("exit", (code) => reject(new Error(`it ended with ${code}`)));
      framework.stdout?.on("data", (said: Buffer) => said.includes(`:${PORT}`) && resolve());
    });
  });

  after(async () => {
    const ended = once(framework, "exit");
    framework.kill();
    await ended;
  });

  it("is served as the function enforce", async () => {
    const response = await fetch(`http://127.0.0.1:${PORT}/`, { method: "POST" });
    expect(response.status).to.equal(500);
    expect(await response.json()).to.deep.equal({
      outcome: "Failed",
      message: "the environment is wrong: KILN_BUCKET is missing",
    });
  });
});
