import { expect } from "chai";
import { errorsOf, leavesNoProcess, refusal } from "../support";
import { judge, onThing, packOf, THING } from "./support";

/** Packs that go wrong, and the text that matters of what their user must see after the pack's folder. */
const PACKS: Record<string, { source: string; error: RegExp; files?: Record<string, string> }> = {
  "throws when it is loaded": {
    source: 'throw new Error("boom at once")',
    error: /^it ended with exit code (1|32) before it served its policies; it wrote:\n.*boom at once/s,
  },
  "is not JavaScript": { source: "const = 3", error: /it wrote:\n.*SyntaxError: Unexpected token '='/s },
  "has no package.json": {
    source: packOf(),
    files: { "pack/package.json": "{}" },
    error: /it wrote:\n.*Version must be defined in the package.json file/s,
  },
  "lacks a module": { source: 'require("no-such-module")', error: /it wrote:\n.*Cannot find module 'no-such-module'/s },
  "exits before it serves": {
    source: "process.exit(0)",
    error: /^it ended with exit code 0 before it served its policies$/,
  },
  "writes something else first": {
    source: `console.log("loading"); ${packOf()}`,
    error: /^the first line on its standard output must be the port .*, got "loading"; .*use console\.error$/,
  },
  "writes without a line end": {
    source: "setInterval(() => process.stdout.write('x'.repeat(100000)), 1)",
    error: /^the first line on its standard output must be the port .*, got "x{60}…"/,
  },
  "names a port where nobody serves": {
    source: "console.log(1); setInterval(() => 0, 1000)",
    error: /^it failed when it was asked to start:\n.*ECONNREFUSED/s,
  },
  "speaks another protocol": {
    source: `const server = require("node:net").createServer((socket) => socket.end("HTTP/1.1 400 no\\r\\n\\r\\n"));
             server.listen(0, "127.0.0.1", () => console.log(String(server.address().port)))`,
    error: /^it failed when it was asked to start:\n./,
  },
  "throws in a policy": {
    source: packOf(onThing('throw new Error("boom in a policy")')),
    error: new RegExp(
      `^it failed when it was asked about ${escaped(THING)}:\nError validating resource with policy 'thing' .*boom in a policy`,
      "s",
    ),
  },
  "throws in a remediation": {
    source: packOf(
      `{ name: "r", description: "d", enforcementLevel: "remediate", remediateResource: () => { throw new Error("boom") } }`,
    ),
    error: /^it failed when it was asked about .*:\nError remediating resource with remediation 'r' .*boom/s,
  },
  "throws in a policy of the stack": {
    source: packOf(
      `{ name: "s", description: "d", enforcementLevel: "advisory", validateStack: () => { throw new Error("boom") } }`,
    ),
    error: /^it failed when it was asked about the stack:\n.*boom/s,
  },
  "exits in a policy": {
    source: packOf(onThing('console.error("farewell"); process.exit(0)')),
    error: new RegExp(`^it ended with exit code 0 when it was asked about ${escaped(THING)}; it wrote:\nfarewell$`),
  },
  "is killed in a policy": {
    source: packOf(onThing('process.kill(process.pid, "SIGKILL")')),
    error: new RegExp(`^it was ended by a signal when it was asked about ${escaped(THING)}$`),
  },
};

/** Packs that never answer by themselves, and what they were asked. */
const ENDLESS: Record<string, { source: string; asked: string }> = {
  "loops when it is loaded": { source: "for (;;);", asked: "to start" },
  "never serves": { source: "setInterval(() => 0, 1000)", asked: "to start" },
  "accepts calls and answers none": {
    source: `const server = require("node:net").createServer(() => 0);
             server.listen(0, "127.0.0.1", () => console.log(String(server.address().port)))`,
    asked: "to start",
  },
  "loops in a policy": { source: packOf(onThing("for (;;);")), asked: `about ${THING}` },
  "never settles, and leaves a process behind": {
    source: packOf(
      onThing(`require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"],
        { detached: true, stdio: "ignore" }); await new Promise(() => 0)`),
    ),
    asked: `about ${THING}`,
  },
};

describe("a policy pack that goes wrong", () => {
  leavesNoProcess();

  for (const [name, { source, error, files }] of Object.entries(PACKS)) {
    it(name, async () => {
      const errors = errorsOf(await refusal(judge(source, { files })));
      expect(errors).to.have.length(1);
      const [, said] = /^policy pack \S+\/pack: (.*)$/s.exec(errors[0]) ?? [];
      expect(said, errors[0]).to.match(error);
    });
  }

  for (const [name, { source, asked }] of Object.entries(ENDLESS)) {
    it(`${name}: it is stopped`, async () => {
      // Long enough for a busy machine to come to the policy.
      const timeoutMs = asked === "to start" ? 1500 : 5000;
      const [error] = errorsOf(await refusal(judge(source, { timeoutMs })));
      expect(error).to.match(/^policy pack \S+\/pack did not answer when it was asked /);
      expect(error).to.include(` asked ${asked}, within ${timeoutMs / 1000} s of the preview's start; it was stopped.`);
    });
  }

  it("is stopped when the preview is interrupted", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const refused = await refusal(judge("for (;;);", { signal: controller.signal }));
    expect(errorsOf(refused)).to.deep.equal(["The preview was interrupted"]);
  });

  it("uses too much memory", async () => {
    process.env.NODE_OPTIONS = "--max-old-space-size=120";
    const source = packOf(onThing("const all = []; for (;;) all.push(new Array(1e6).fill(0.5))"));
    const refused = await refusal(judge(source)).finally(() => delete process.env.NODE_OPTIONS);
    expect(errorsOf(refused)[0]).to.match(
      /^policy pack \S+: it was ended by a signal when it was asked about .*: it used too much memory; it wrote:\n/s,
    );
  });

  it("does not compile: the text of Pulumi's own ts-node, and the right one works", async () => {
    const source = (policies: string) =>
      `import { PolicyPack } from "@pulumi/policy";\nnew PolicyPack("typed", { policies: ${policies} });\n`;
    const right = await judge(source("[]"), { entry: "index.ts" });
    expect(right.policyPacks?.map(({ name }) => name)).to.deep.equal(["typed"]);
    const [ours] = errorsOf(await refusal(judge(source("3"), { entry: "index.ts" })));
    const [, text] = /: it does not compile:\n(.*)$/s.exec(ours) ?? [];
    process.env.PULUMI_NODEJS_TRANSPILE_ONLY = "false";
    const [theirs] = await refusal(judge(source("3"), { entry: "index.ts" }))
      .then(errorsOf)
      .finally(() => delete process.env.PULUMI_NODEJS_TRANSPILE_ONLY);
    expect(text).to.match(/TSError: ⨯ Unable to compile TypeScript:\nindex\.ts\(2,\d+\): error TS2322: Type 'number'/);
    const plain = (message: string) => message.slice(message.indexOf("TSError"));
    expect(plain(ours).trim()).to.equal(plain(theirs).trim());
  });

  it("does not hide that the program is wrong", async () => {
    const refused = await refusal(judge(packOf(), { program: 'throw new Error("boom in the program")' }));
    expect(errorsOf(refused)).to.have.length(1);
    expect(errorsOf(refused)[0]).to.include("boom in the program");
  });

  it("writes much while it judges: nothing of it is shown", async () => {
    const flood = 'for (let line = 0; line < 20000; line++) console.log("flood " + line); report("seen")';
    const graph = await judge(packOf(onThing(flood)));
    expect(graph.policyPacks?.[0].violations.map(({ message }) => message)).to.deep.equal(["seen"]);
    expect(JSON.stringify(graph)).to.not.include("flood");
  });
});

function escaped(text: string): string {
  return text.replace(/[$.*+?()[\]{}|\\^]/g, "\\$&");
}
