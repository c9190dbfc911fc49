import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PreviewError } from "../../../preview";
import { resolveConfig, type StackConfig } from "../../../preview/project/config";
import { readProject } from "../../../preview/project/projectFile";
import { defaultStack, readStackFile } from "../../../preview/project/stackFile";
import { project } from "../support";

const PROJECT = `name: sample
runtime: nodejs
config:
  team: {type: string, default: platform}
  count: {type: integer}
  strict: {type: boolean, default: false}
  zones: {type: array, items: {type: string}, default: [a, b]}
  policy: {type: object, default: {keep: 3}}
  size: small
  gcp:project: acme-images
`;

describe("resolveConfig", () => {
  it("joins the stack's values with the project's defaults, everything as text", () => {
    const { values, secretKeys, warnings } = configOf(
      PROJECT,
      "config:\n  sample:count: 3\n  strict: true\n  zones: [c]\n",
    );
    expect(values).to.deep.equal({
      "sample:team": "platform",
      "sample:count": "3",
      "sample:strict": "true",
      "sample:zones": '["c"]',
      "sample:policy": '{"keep":3}',
      "sample:size": "small",
      "gcp:project": "acme-images",
    });
    expect([secretKeys, warnings]).to.deep.equal([[], []]);
  });

  it("hands a placeholder of the declared type for what cannot be decrypted, as a secret, and says so", () => {
    const { values, secretKeys, warnings } = configOf(
      PROJECT,
      "config:\n  count: {secure: v1:abc}\n  sample:token: {secure: v1:def}\n  nested: {user: me, password: {secure: v1:ghi}}\n",
    );
    expect(values).to.deep.include({
      "sample:count": "0",
      "sample:token": "[secret]",
      "sample:nested": '{"user":"me","password":"[secret]"}',
    });
    expect(secretKeys).to.deep.equal(["sample:count", "sample:token", "sample:nested"]);
    expect(warnings.map(({ message }) => message)).to.deep.equal(
      ["count", "sample:token", "nested"].map(
        (key) => `the secret ${key} cannot be decrypted offline; the program ran with a placeholder`,
      ),
    );
    expect(JSON.stringify({ values, warnings })).not.to.match(/v1:/);
  });

  it("names every wrong value at once with file and line, and what is missing in Pulumi's own words", () => {
    const stack = "config:\n  team: [no]\n  strict: maybe\n  zones: {a: 1}\n";
    expect(errorsOfConfig(PROJECT, stack)).to.deep.equal([
      `Pulumi.dev.yaml:2: Stack 'dev' with configuration key 'team' must be of type 'string', got ["no"]; change it to text`,
      `Pulumi.dev.yaml:3: Stack 'dev' with configuration key 'strict' must be of type 'boolean', got "maybe"; change it to true or false`,
      `Pulumi.dev.yaml:4: Stack 'dev' with configuration key 'zones' must be of type 'array<string>', got {"a":1}; change it to a list, one - item a line`,
      "Stack 'dev' is missing configuration value 'count'; set it with pulumi config set count <value> --stack dev",
    ]);
  });

  it("lists several missing values together", () => {
    const keys =
      "name: sample\nruntime: nodejs\nconfig:\n  b: {type: string}\n  a: {type: string}\n  c: {type: string}\n";
    expect(errorsOfConfig(keys, "")).to.deep.equal([
      "Stack 'dev' is missing configuration values 'a', 'b' and 'c'; set it with pulumi config set a <value> --stack dev",
    ]);
  });

  it("wants a declared secret to be encrypted", () => {
    const secret = "name: sample\nruntime: nodejs\nconfig:\n  token: {type: string, secret: true}\n";
    expect(errorsOfConfig(secret, "config:\n  token: open\n")).to.deep.equal([
      "Pulumi.dev.yaml:2: Stack 'dev' with configuration key 'token' must be encrypted as it's secret; run pulumi config set --secret token",
    ]);
  });
});

describe("readProject", () => {
  const refused: Record<string, [yaml: string, errors: string[]]> = {
    "a name, a runtime and a program that are not there": [
      "name: 3\nruntime: python\nmain: absent.ts\n",
      [
        "Pulumi.yaml:1: name must be 1 to 100 letters, digits, hyphens, underscores and periods, got 3",
        'Pulumi.yaml:2: runtime must be nodejs, got "python"; other languages need the Pulumi CLI: kiln preview --engine pulumi',
        `Pulumi.yaml:3: project 'main' could not be read: no file or folder "absent.ts"; name the program's file`,
      ],
    ],
    "a program outside of the project": [
      "name: sample\nruntime: nodejs\nmain: ../other\n",
      [`Pulumi.yaml:3: project 'main' must be a subfolder, got "../other"`],
    ],
    "declarations that Pulumi refuses": [
      "name: sample\nruntime: nodejs\nconfig:\n  a: {type: number}\n  b: {type: array}\n  c: {type: integer, default: x}\n  gcp:zone: {default: z}\n",
      [
        `Pulumi.yaml:4: type of configuration key 'a' must be one of string, integer, boolean, array, object, got "number"`,
        "Pulumi.yaml:5: The configuration key 'b' declares an array but does not specify the underlying type via the 'items' attribute",
        "Pulumi.yaml:6: The default value specified for configuration key 'c' is not of the expected type 'integer'",
        "Pulumi.yaml:7: Configuration key 'gcp:zone' is not namespaced by the project and should not define a default value. Did you mean to use the 'value' attribute instead of 'default'?",
      ],
    ],
    "what is not YAML": ["name: [\n", ["Pulumi.yaml:2: is not YAML"]],
    "a list": ["- name\n", ["Pulumi.yaml: must hold a mapping of keys to values, got a list"]],
    "a key that would reach into every object": [
      "name: sample\nruntime: nodejs\nconfig: {__proto__: {polluted: true}}\n",
      ['Pulumi.yaml:3: the key "__proto__" is not allowed; give it another name'],
    ],
    "aliases that fill the memory": [
      bomb(),
      ["Pulumi.yaml: Excessive alias count indicates a resource exhaustion attack"],
    ],
  };
  for (const [name, [yaml, errors]] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      const messages = refusedBy(() => readProject(project({ "Pulumi.yaml": yaml })));
      expect(messages).to.have.length(errors.length);
      messages.forEach((message, at) => expect(message.replace(/^.*?(?=Pulumi\.yaml)/, "")).to.include(errors[at]));
    });
  }

  it("runs a file in its own folder, a folder in itself, and the package without main in the root", () => {
    const files = { "app/index.ts": "" };
    const withMain = (main: string) => project({ ...files, "Pulumi.yaml": `name: sample\nruntime: nodejs\n${main}` });
    const places = ["main: app/index.ts\n", "main: app\n", ""].map((main) => {
      const { root, programDirectory, entryPoint } = readProject(withMain(main));
      return [programDirectory.slice(root.length), entryPoint];
    });
    expect(places).to.deep.equal([
      ["/app", "index.ts"],
      ["/app", "."],
      ["", "."],
    ]);
  });

  it("says which file cannot be read", () => {
    const directory = project({ "Pulumi.dev.yaml/file": "" });
    expect(() => readStackFile(readProject(directory), "dev")).to.throw(
      PreviewError,
      /Pulumi\.dev\.yaml: cannot be read: EISDIR/,
    );
  });

  it("finds the project from a folder below it", () => {
    const root = project({ "app/deep/file": "" });
    expect(readProject(join(root, "app/deep")).root).to.equal(root);
  });

  it("reads the runtime's options", () => {
    const yaml =
      "name: sample\nruntime:\n  name: nodejs\n  options: {typescript: false, nodeargs: --trace-warnings, tsconfig: ts.json}\n";
    expect(readProject(project({ "Pulumi.yaml": yaml })).options).to.deep.equal({
      typescript: false,
      nodeargs: "--trace-warnings",
      tsconfig: "ts.json",
    });
  });
});

describe("defaultStack", () => {
  const cases: [files: string[], stack: string][] = [
    [["Pulumi.dev.yaml", "Pulumi.prod.yaml"], "dev"],
    [["Pulumi.prod.yaml"], "prod"],
    [["Pulumi.prod.yaml", "Pulumi.test.yaml"], "dev"],
    [[], "dev"],
  ];
  for (const [files, stack] of cases) {
    it(`is ${stack} with ${files.join(" and ") || "no stack file"}`, () => {
      const folder = project(Object.fromEntries(files.map((file) => [file, ""])));
      expect(defaultStack(readProject(folder))).to.equal(stack);
    });
  }

  it("looks into stackConfigDir", () => {
    const folder = project({ "Pulumi.yaml": "name: sample\nruntime: nodejs\nstackConfigDir: stacks\n" });
    mkdirSync(join(folder, "stacks"));
    writeFileSync(join(folder, "stacks/Pulumi.only.yaml"), "config: {sample:a: b}\n");
    const read = readProject(folder);
    expect(defaultStack(read)).to.equal("only");
    expect(readStackFile(read, "only")?.root).to.deep.equal({ config: { "sample:a": "b" } });
  });
});

function configOf(projectYaml: string, stackYaml: string): StackConfig {
  const read = readProject(project({ "Pulumi.yaml": projectYaml, "Pulumi.dev.yaml": stackYaml }));
  return resolveConfig(read, "dev", readStackFile(read, "dev"));
}

function errorsOfConfig(projectYaml: string, stackYaml: string): string[] {
  return refusedBy(() => configOf(projectYaml, stackYaml)).map((message) => message.replace(/^.*(?=Pulumi\.dev)/, ""));
}

function refusedBy(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof PreviewError) return error.diagnostics.map(({ message }) => message);
    throw error;
  }
  throw new Error("nothing was refused");
}

function bomb(): string {
  const levels = ["a0: &a0 [x]"];
  for (let level = 1; level < 12; level++) levels.push(`a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`);
  return `name: sample\nruntime: nodejs\n${levels.join("\n")}\n`;
}
