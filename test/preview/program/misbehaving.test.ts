import { expect } from "chai";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorsOf, previewOf, leavesNoProcess, project, refusal } from "../support";
import { type PreviewGraph, previewOffline, RENDERERS, reportOf } from "../../../preview";

/** Programs that go wrong, and the text that matters of what their user must see. */
const PROGRAMS: Record<string, { source: string; error: string | RegExp }> = {
  "throws an error": {
    source: 'throw new Error("boom at once")',
    error: /^Running program '.*index\.js' failed with an unhandled exception:\n.*Error: boom at once/s,
  },
  "throws a RunError": { source: 'throw new pulumi.RunError("plainly wrong")', error: "plainly wrong" },
  "throws what is no error": { source: 'throw "just text"', error: /failed with an unhandled exception:\njust text/ },
  "refuses an input with a ResourceError": {
    source: `const c = new pulumi.ComponentResource("kiln:index:Thing", "it");
             throw new pulumi.ResourceError("Thing \\"it\\": an input is wrong", c, true)`,
    error: 'Thing "it": an input is wrong',
  },
  "rejects later": {
    source: 'setTimeout(() => Promise.reject(new Error("late boom")), 20)',
    error: /^Error: late boom\n/,
  },
  "throws in an apply": {
    source: 'pulumi.output(1).apply(() => { throw new Error("boom in apply") })',
    error: /failed with an unhandled exception:\n.*boom in apply/s,
  },
  "exits with 7": {
    source: "process.exit(7)",
    error: "an unhandled error occurred: Program exited with non-zero exit code: 7",
  },
  "exits with 7 after its first resource": {
    source: `const c = new pulumi.ComponentResource("kiln:index:Thing", "it"); c.urn.apply(() => process.exit(7))`,
    error: "an unhandled error occurred: Program exited with non-zero exit code: 7",
  },
  "exits with 0 before its end": {
    source: "process.exit(0)",
    error: "an unhandled error occurred: Program exited with non-zero exit code: 1",
  },
  "exits with 0 past the SDK": {
    source: "process.reallyExit(0)",
    error: /^The program ended with exit code 0 before it had come to its end/,
  },
  "is killed": {
    source: 'process.kill(process.pid, "SIGKILL")',
    error: "an unhandled error occurred: Program exited with non-zero exit code: -1",
  },
  "lacks a module": { source: 'require("no-such-module")', error: /Cannot find module 'no-such-module'/ },
  "is not JavaScript": { source: "const = 3", error: /SyntaxError: Unexpected token '='/ },
  "declares one name twice": {
    source: `for (const n of [1, 2]) new pulumi.ComponentResource("kiln:index:Thing", "it")`,
    error: "Duplicate resource URN 'urn:pulumi:dev::sample::kiln:index:Thing::it'; try giving it a unique name",
  },
  "logs an error": { source: 'pulumi.log.error("said by the program")', error: "said by the program" },
  "lacks an asset's file": {
    source: `new pulumi.CustomResource("t:index:T", "t", { source: new pulumi.asset.FileAsset("absent.txt") })`,
    error: /failed to compute asset hash: failed to open asset file 'absent.txt'/,
  },
  "asks for configuration that is not set": {
    source: 'new pulumi.Config().require("team")',
    error: /^Missing required configuration variable 'sample:team'/,
  },
};

/** Programs that never end by themselves. */
const ENDLESS: Record<string, string> = {
  "loops for ever": "for (;;);",
  "keeps a handle open": "setInterval(() => undefined, 1000)",
  "leaves a process behind in a session of its own": `
    require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { detached: true, stdio: "inherit" });
    setInterval(() => undefined, 1000)`,
  "leaves one behind that has a session and an environment of its own": `
    const { spawn } = require("node:child_process");
    const env = { KILN_TEST_MARK: process.env.KILN_TEST_MARK };
    spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { detached: true, stdio: "ignore", env });
    setInterval(() => undefined, 1000)`,
};

describe("a program that goes wrong", () => {
  leavesNoProcess();

  for (const [name, { source, error }] of Object.entries(PROGRAMS)) {
    it(name, async () => {
      const errors = errorsOf(await refusal(previewOf(source)));
      expect(errors).to.have.length(1);
      if (typeof error === "string") expect(errors[0]).to.equal(error);
      else expect(errors[0]).to.match(error);
    });
  }

  for (const [name, source] of Object.entries(ENDLESS)) {
    it(`${name}: it is stopped`, async () => {
      expect(errorsOf(await refusal(previewOf(source, { timeoutMs: 1500 })))).to.deep.equal([
        "The program did not end within 1.5 s; it was stopped. Look for what never settles, or raise --timeout",
      ]);
    });
  }

  it("ends well and leaves a process behind: that is stopped too", async () => {
    const graph = await previewOf(
      `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { detached: true, stdio: "inherit" }).unref()`,
    );
    expect(graph.resources).to.have.length(1);
  });

  it("is stopped when the preview is interrupted", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const refused = await refusal(previewOf("for (;;);", { signal: controller.signal }));
    expect(errorsOf(refused)).to.deep.equal(["The preview was interrupted"]);
  });

  it("is stopped when the preview is interrupted while its types are still checked", async () => {
    const directory = project({
      "Pulumi.yaml": "name: sample\nruntime: nodejs\nmain: index.ts\n",
      // Runs at once, and takes seconds to check.
      "index.ts": `import type { storage } from "@pulumi/gcp";\nimport { writeFileSync } from "node:fs";
        export const bucket: storage.Bucket | undefined = undefined;
        process.on("exit", () => writeFileSync("ended", ""));`,
    });
    const controller = new AbortController();
    const interrupt = setInterval(() => existsSync(join(directory, "ended")) && controller.abort(), 5);
    const refused = await refusal(previewOffline({ directory, signal: controller.signal }));
    clearInterval(interrupt);
    expect(errorsOf(refused)).to.deep.equal(["The preview was interrupted"]);
  });

  it("has no SDK installed", async () => {
    const directory = project({});
    rmSync(join(directory, "node_modules"));
    expect(errorsOf(await refusal(previewOffline({ directory })))[0]).to.match(
      /^It looks like the Pulumi SDK has not been installed\. Have you run npm install or yarn install\?/,
    );
  });

  it("has a package.json that Node cannot read", async () => {
    for (const text of ["{", "null"]) {
      const directory = project({ "Pulumi.yaml": "name: sample\nruntime: nodejs\n", "package.json": text });
      rmSync(join(directory, "index.js"));
      expect(errorsOf(await refusal(previewOffline({ directory })))[0]).to.match(
        /^It looks like the Pulumi SDK has not been installed\..*\(seen from .*: .+\)$/,
      );
    }
  });

  it("does not compile: the text of Pulumi's own ts-node", async () => {
    const right = "export const count: number = 333;\n";
    const files = {
      "Pulumi.yaml": "name: sample\nruntime: nodejs\nmain: index.ts\n",
      "index.ts": right,
      "tsconfig.json": '{"compilerOptions":{"strict":true,"types":["node"]}}',
    };
    const directory = project(files);
    expect((await previewOffline({ directory })).outputs).to.deep.equal({ count: 333 });
    // What was noted as right must not cover what comes after it, were it as long.
    writeFileSync(join(directory, "index.ts"), right.replace("333", '"3"'));
    const ours = errorsOf(await refusal(previewOffline({ directory })));
    expect(ours[0]).to.match(
      /⨯ Unable to compile TypeScript:\nindex\.ts\(1,14\): error TS2322: Type 'string' is not assignable to type 'number'\.$/,
    );
    expect(ours).to.deep.equal(errorsOf(await refusal(checkedByTsNode(directory))));
  });
});

describe("a program that is too much", () => {
  it("declares 10,000 resources: none is lost, and they come in one order", async function () {
    this.timeout(300_000);
    const { resources } = await previewOf(`
      for (let count = 0; count < 10000; count++) new pulumi.CustomResource("t:index:T", "it-" + count, { count });`);
    expect(resources).to.have.length(10_001);
    expect(resources[0].type).to.equal("pulumi:pulumi:Stack");
    expect(resources[10_000].inputs).to.deep.equal({ count: 9999 });
    expect(new Set(resources.map(({ urn }) => urn)).size).to.equal(10_001);
  });

  it("gives an input of 5 MB, an output of 5 MB and a message of 5 MB: reports stay short", async () => {
    const graph = await previewOf(`
      const big = "x".repeat(5 * 1024 * 1024);
      new pulumi.CustomResource("t:index:T", "it", { big, deep: { big } });
      pulumi.log.info(big);
      exports.big = big;`);
    expect(graph.resources[1].inputs.big).to.have.length(5 * 1024 * 1024);
    const changed = structuredClone(graph);
    changed.resources[1].inputs.big = "y";
    const report = RENDERERS.text(reportOf(graph, { base: changed, costs: true }), { color: false });
    expect(report.length).to.be.below(150_000);
    expect(report).to.include('~ big: "y" → "x');
  });

  it("uses names of all scripts, of separators and of markers: URNs and reports are whole", async () => {
    const names = ["이미지", "🖼️", "a::b", "a$b", "صورة", "__proto__", "constructor", "e\u0301", "x".repeat(5000)];
    // Inputs whose names begin with __ are Pulumi's own.
    const graph = await previewOf(`
      for (const name of ${JSON.stringify(names)}) new pulumi.CustomResource("t:index:T", name, { named: { ["the " + name]: name } });`);
    const found = graph.resources.slice(1);
    expect(found.map(({ name }) => name)).to.have.members(names);
    for (const { name, inputs } of found)
      expect(Object.entries(inputs.named as object)).to.deep.equal([[`the ${name}`, name]]);
    const read = JSON.parse(RENDERERS.json(reportOf(graph), { color: false })) as PreviewGraph;
    expect(reportOf(graph, { base: read }).comparison?.summary).to.equal("no changes");
  });
});

describe("a program that talks", () => {
  it("prints, floods and reads its empty input: the graph is whole, and the end of the text is kept", async () => {
    const graph = await previewOf(`
      console.log("to stdout"); console.error("to stderr");
      for (let line = 0; line < 20000; line++) console.log("flood " + line);
      const input = require("node:fs").readFileSync(0, "utf8");
      exports.input = input.length;`);
    const [stdout, stderr] = graph.diagnostics;
    expect(graph.outputs).to.deep.equal({ input: 0 });
    expect(stdout.severity).to.equal("info");
    expect(stdout.message)
      .to.match(/^\(\d+ bytes before this are left out\)\n/)
      .and.to.match(/flood 19999$/);
    expect(stdout.message.length).to.be.below(70_000);
    expect(stderr).to.deep.equal({ severity: "info#err", message: "to stderr" });
  });

  it("floods its standard error: the end of the text is kept", async () => {
    const graph = await previewOf(`for (let line = 0; line < 20000; line++) console.error("flood " + line);`);
    const [stderr] = graph.diagnostics;
    expect(stderr.severity).to.equal("info#err");
    expect(stderr.message)
      .to.match(/^\(\d+ bytes before this are left out\)\n/)
      .and.to.match(/flood 19999$/);
    expect(stderr.message.length).to.be.below(70_000);
  });

  it("keeps its messages within bounds, and its secrets out of them", async () => {
    const { diagnostics, outputs } = await previewOf(`
      exports.token = pulumi.secret("hunter2-hunter2");
      pulumi.log.info("the token is hunter2-hunter2"); console.log("again: hunter2-hunter2");
      for (let count = 0; count < 1100; count++) pulumi.log.info("message " + count);`);
    expect(outputs).to.deep.equal({ token: "[secret]" });
    expect(diagnostics[0].message).to.equal("the token is [secret]");
    expect(diagnostics.map(({ message }) => message)).to.include.members([
      "101 more messages of the program are left out",
      "again: [secret]",
    ]);
  });

  it("gives look-ups secrets that are numbers, or the text that JSON is made of", async () => {
    const { lookups } = await previewOf(`
      const [pin, comma] = [pulumi.secret(123456789), pulumi.secret('","')];
      exports.secrets = [pin, comma];
      const deep = [{ text: pulumi.interpolate\`pin \${pin}\`, list: ["a", "b"] }];
      pulumi.runtime.invokeOutput("t:index:f", { pin, comma, deep });`);
    expect(lookups.map(({ args }) => args)).to.deep.equal([
      { comma: "[secret]", deep: [{ list: ["a", "b"], text: "pin [secret]" }], pin: "[secret]" },
    ]);
  });
});

/** The same program with the type check left to ts-node, as Pulumi runs it. */
async function checkedByTsNode(directory: string): Promise<unknown> {
  process.env.PULUMI_NODEJS_TRANSPILE_ONLY = "false";
  try {
    return await previewOffline({ directory });
  } finally {
    delete process.env.PULUMI_NODEJS_TRANSPILE_ONLY;
  }
}
