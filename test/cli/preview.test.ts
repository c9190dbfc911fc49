import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type PreviewGraph } from "../../preview";
import { FIXTURES, processesMarked, project } from "../preview/support";
import { kiln, resultOf, start } from "./command";

describe("kiln", () => {
  it("explains itself", async () => {
    expect(await kiln("--help")).to.deep.equal({
      code: 0,
      stderr: "",
      stdout: `Usage: kiln [options] [command]

Golden images for Google Cloud, as Pulumi components

Options:
  -V, --version            output the version number
  -h, --help               display help for command

Commands:
  preview [options] [dir]  Show what a Pulumi program declares: no account, no
                           Pulumi CLI, no network
  images                   Look after the images of a project: what is due,
                           rollbacks, promotions
  containers               Move container images off third-party registries:
                           find, count, plan, copy, check access, rewrite
  help [command]           display help for command
`,
    });
  });

  it("explains its preview", async () => {
    expect(await kiln("preview", "--help")).to.deep.equal({
      code: 0,
      stderr: "",
      stdout: `Usage: kiln preview [options] [dir]

Show what a Pulumi program declares: no account, no Pulumi CLI, no network

Arguments:
  dir                          folder of the Pulumi project (default: ".")

Options:
  -s, --stack <name>           stack whose configuration is used (default: dev,
                               or the only one with a file)
  --answers <file>             JSON file with the results of look-ups such as
                               getImage
  --format <format>            form of the report (choices: "text", "json",
                               "markdown", "html", "mermaid", "sarif", "junit",
                               default: "text")
  --output <format=file>       write a report into a file besides, such as
                               html=report.html; may be repeated
  --timeout <duration>         stop the program after this time, such as 90s, 5m
                               or 1h (default: 5m)
  --engine <engine>            offline, or the installed Pulumi CLI with its
                               state, diff and provider checks (choices:
                               "offline", "pulumi", default: "offline")
  --from <file>                read what pulumi preview --json wrote, instead of
                               running anything
  --compare <file>             say what differs from a base that --format json
                               printed
  --costs                      count what Google bills, and say what drives it
  --policy-pack <dir>          run the rules of a policy pack; may be repeated
  --policy-pack-config <file>  JSON file with settings of the pack; one for each
                               --policy-pack
  --no-color                   plain text on a terminal too
  -h, --help                   display help for command
`,
    });
  });

  it("tells its version", async () => {
    expect((await kiln("--version")).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });

  const wrong: Record<string, string[]> = {
    "error: unknown command 'prevew'\n(Did you mean preview?)\n": ["prevew"],
    "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, json, markdown, html, mermaid, sarif, junit.\n":
      ["preview", "--format", "xml"],
    "error: option '--timeout <duration>' argument '5' is invalid. It must be a duration such as 30d, 12h, 1d12h or P30D, got \"5\".\n":
      ["preview", "--timeout", "5"],
    "error: option '--answers <file>' is for the offline engine; the Pulumi CLI asks Google itself\n": [
      "preview",
      "--engine",
      "pulumi",
      "--answers",
      "a.json",
    ],
    "error: option '--from <file>' cannot be used with option '--answers <file>'\n": [
      "preview",
      "--from",
      "a.json",
      "--answers",
      "b.json",
    ],
  };
  for (const [stderr, args] of Object.entries(wrong)) {
    it(`ends with 2 at ${args.join(" ")}`, async () => {
      expect(await kiln(...args)).to.deep.equal({ code: 2, stdout: "", stderr });
    });
  }
});

describe("kiln preview", () => {
  it("prints the report of a program that prints itself, the text on standard output alone", async () => {
    const directory = project({ "index.js": 'console.log("noise"); exports.done = true;' });
    const { code, stdout, stderr } = await kiln("preview", directory);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.equal(`Preview of sample, stack dev (offline)

pulumi:pulumi:Stack sample-dev

Resources: 1
  1  pulumi:pulumi:Stack

Outputs
  done: true

Diagnostics
  pulumi:pulumi:Stack (sample-dev):
    noise

This is not pulumi preview: the program ran without state, so nothing says what would change or be deleted;
no provider checked an input or filled in a default, and what only Google Cloud knows is unknown.
`);
  });

  it("prints nothing but JSON with --format json, and uses stack and answers", async () => {
    const directory = project({
      "index.js": `const pulumi = require("@pulumi/pulumi"); console.log("{ noise");
        exports.team = new pulumi.Config().require("team");
        exports.image = pulumi.runtime.invokeOutput("t:index:f", {}).name;`,
      "Pulumi.prod.yaml": "config: {team: images}\n",
      "answers.json": '{"invokes":[{"token":"t:index:f","return":{"name":"debian"}}]}',
    });
    const answers = join(directory, "answers.json");
    const { stdout, code } = await kiln(
      "preview",
      directory,
      "--stack",
      "prod",
      "--answers",
      answers,
      "--format",
      "json",
    );
    const { stack, outputs } = JSON.parse(stdout) as PreviewGraph;
    expect({ code, stack, outputs }).to.deep.equal({
      code: 0,
      stack: "prod",
      outputs: { image: "debian", team: "images" },
    });
  });

  it("ends with 1 and the program's error on standard error", async () => {
    const directory = project({
      "index.js": 'const p = require("@pulumi/pulumi"); p.log.warn("first"); throw new p.RunError("boom")',
    });
    expect(await kiln("preview", directory)).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: "pulumi:pulumi:Stack (sample-dev):\n  warning: first\n  error: boom\n",
    });
  });

  it("ends with 1 where there is no project or no file", async () => {
    const missing = ["preview", join(FIXTURES, "absent")];
    const none = ["preview", "--from", "absent.json"];
    expect(await kiln(...missing)).to.deep.include({ code: 1, stdout: "" });
    expect((await kiln(...missing)).stderr).to.match(
      /^error: no folder .*absent; name the folder that holds Pulumi\.yaml\n$/,
    );
    expect((await kiln(...none)).stderr).to.match(/^error: absent\.json: cannot be read: ENOENT/);
  });

  it("stops the program when it is stopped itself", async () => {
    const mark = `KILN_TEST_MARK=${randomUUID()}`;
    const directory = project({ "index.js": 'require("node:fs").writeFileSync("started", ""); for (;;);' });
    const child = start(["preview", directory], { KILN_TEST_MARK: mark.split("=")[1] });
    const ended = resultOf(child);
    while (!existsSync(join(directory, "started"))) await new Promise((wait) => setTimeout(wait, 20));
    child.kill("SIGTERM");
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    // Under the stack's heading when the stack was registered in time.
    expect(stderr).to.match(/error: The preview was interrupted\n$/);
    if (process.platform === "linux") expect(processesMarked(mark)).to.deep.equal([]);
  });
});
