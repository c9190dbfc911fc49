import { expect } from "chai";
import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectGolden } from "../../support/golden";
import { useCompute } from "../../support/compute";
import { faults } from "../../../testing/compute";
import { auditEntry } from "../../core/lifecycle/audit";
import { addImage, deprecatedOn, images, PROJECT, statesOf } from "./support";

describe("kiln images", () => {
  const fake = useCompute({ operationPolls: 1 });
  const run = (...args: string[]) => images(args, { fake: fake() });

  beforeEach(() => {
    addImage(fake(), "web-1", "2024-01-01", { id: "1001", ...deprecatedOn("2024-02-01") });
    addImage(fake(), "web-2", "2024-02-01", { id: "1002", labels: { "kiln-parent-id": "2001" } });
    addImage(fake(), "base-1", "2024-01-01", { id: "2001", family: "base" });
    addImage(fake(), "base-2", "2024-02-02", { id: "2002", family: "base" });
    addImage(fake(), "odd", "2024-01-01", { id: "3001", family: "", labels: { "kiln-hold": "audit" } });
  });

  it("explains its commands", async () => {
    const names = [...(await run("--help")).stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, name]) => name);
    expect(names).to.have.lengthOf(11);
    const texts = await Promise.all(["", ...names].map((name) => run(...name.split(" ").filter(Boolean), "--help")));
    expectGolden(texts.map(({ stdout }) => stdout).join("\n"), join(__dirname, "help.golden.txt"));
  });

  it("lists images by family, with what each stands for", async () => {
    const { code, stdout, stderr } = await run("list");
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expectGolden(stdout, join(__dirname, "list.golden.txt"));
  });

  it("lists one family as JSON", async () => {
    const listed = JSON.parse((await run("list", "web", "--format", "json")).stdout) as {
      name: string;
      newest: boolean;
    }[];
    expect(listed.map(({ name, newest }) => [name, newest])).to.deep.equal([
      ["web-2", true],
      ["web-1", false],
    ]);
  });

  it("rolls back without looking at the bucket, tells each step, and has nothing to do the second time", async () => {
    expect(await run("rollback", "web")).to.deep.equal({
      code: 0,
      stderr: "",
      stdout: [
        "hold        web-1  web is rolled back to web-1",
        "hold        web-2  web is rolled back to web-1",
        "activate    web-1  web shall stand for it",
        "deprecate   web-2  web is rolled back to web-1",
        "",
      ].join("\n"),
    });
    expect(statesOf(fake())).to.deep.include({
      "web-1": "ACTIVE kiln-hold=rollback",
      "web-2": "DEPRECATED kiln-parent-id=2001 kiln-hold=rolled-back",
    });
    expect(await run("rollback", "web")).to.deep.equal({
      code: 0,
      stdout: "",
      stderr: "note: web stands for web-1 already\n",
    });
  });

  it("rolls forward, and says that the policy could not be read", async () => {
    await run("rollback", "web");
    const refusing = createServer((_, response) => response.writeHead(403).end("{}"));
    await new Promise<void>((listening) => refusing.listen(0, "127.0.0.1", listening));
    const { port } = refusing.address() as { port: number };
    const { code, stdout, stderr } = await images(["rollforward", "web"], {
      fake: fake(),
      env: { KILN_STORAGE_ENDPOINT: `http://127.0.0.1:${port}` },
    });
    await new Promise((closed) => refusing.close(closed));
    expect({ code, stdout }).to.deep.equal({
      code: 0,
      stdout: [
        "activate    web-2  it was rolled back",
        "deprecate   web-1  superseded by web-2",
        "release     web-2  the rollback is undone",
        "release     web-1  the rollback is undone",
        "",
      ].join("\n"),
    });
    expect(stderr).to.match(/^note: the policies cannot be read, and are left aside: HTTP 403: .+\n$/);
    expect(statesOf(fake())).to.deep.include({ "web-1": "DEPRECATED", "web-2": "ACTIVE kiln-parent-id=2001" });
  });

  it("revokes an image, shows what was made from it, and empties no family unasked", async () => {
    const refused = await run("deprecate", "base-1", "--descendants");
    expect(refused).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: [
        "GENERATION  FAMILY  MADE FROM IT",
        "1           web     web-2",
        "error: web (X86_64) would have no active image any more; --allow-empty accepts that",
        "",
      ].join("\n"),
    });
    const { code, stdout } = await run("deprecate", "base-1", "--replacement", "base-2", "--delete-in", "30d");
    expect({ code, stdout }).to.deep.equal({
      code: 0,
      stdout: "mark        web-2  made from base-1\ndeprecate   base-1  somebody asked for it\n",
    });
    expect(statesOf(fake())["web-2"]).to.equal("ACTIVE kiln-parent-id=2001 kiln-revoked-parent=2001");
    const base = fake().find(`projects/${PROJECT}/global/images/base-1`);
    expect(base?.deprecated).to.have.keys("state", "replacement", "deleted");
  });

  it("holds and releases", async () => {
    expect((await run("hold", "web-2", "--reason", "incident-7")).stdout).to.equal("hold        web-2  incident-7\n");
    expect(statesOf(fake())["web-2"]).to.include("kiln-hold=incident-7");
    expect((await run("release", "web-2")).stdout).to.equal("release     web-2  it was held: kiln-hold=incident-7\n");
    expect(statesOf(fake())["web-2"]).to.not.include("kiln-hold");
  });

  it("answers as JSON", async () => {
    const { stdout } = await run("rollback", "web", "--format", "json");
    const { steps, ...rest } = JSON.parse(stdout) as { steps: { kind: string; image: string; outcome: string }[] };
    expect(steps.map(({ kind, image, outcome }) => `${kind} ${image} ${outcome}`)).to.deep.equal([
      ...["hold web-1 done", "hold web-2 done", "activate web-1 done", "deprecate web-2 done"],
    ]);
    expect(rest).to.deep.equal({ left: [], problems: [], notes: [] });
  });

  it("tells a family's history, with the audit log where it is given", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kiln-audit-"));
    const file = join(folder, "audit.json");
    const entries = [
      auditEntry("v1.compute.images.insert", "web-0", "2023-12-01T00:00:00Z", { request: { family: "web" } }),
      auditEntry("v1.compute.images.delete", "web-0", "2024-01-15T00:00:00Z"),
    ];
    writeFileSync(file, JSON.stringify(entries));
    try {
      const { code, stdout } = await run("history", "web", "--audit", file);
      expect(code).to.equal(0);
      expectGolden(stdout, join(__dirname, "history.golden.txt"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("prints nothing that a terminal would obey", async () => {
    const entries = [
      auditEntry("v1.compute.images.delete", "web-1", "2024-01-15T00:00:00Z", {
        authenticationInfo: { principalEmail: "\u001b]0;x\u0007ann\u202e\u009b2J" },
      }),
    ];
    const folder = mkdtempSync(join(tmpdir(), "kiln-audit-"));
    try {
      writeFileSync(join(folder, "audit.json"), JSON.stringify(entries));
      for (const format of ["table", "json"]) {
        const { stdout } = await run("history", "web", "--audit", join(folder, "audit.json"), "--format", format);
        expect(stdout)
          .to.include("ann")
          .and.not.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  const wrong: Record<string, [string[], number, string]> = {
    "an unknown family": [
      ["rollback", "wbe"],
      1,
      'error: no image of the project is in the family "wbe"; its families: base, web\n',
    ],
    "an unknown image": [
      ["show", "web-9"],
      1,
      'error: the project has no image "web-9"; its images: base-1, base-2, odd, web-1, web-2\n',
    ],
    "a family without history": [
      ["history", "wbe"],
      1,
      'error: no image of the project is in the family "wbe"; its families: base, web\n',
    ],
    "a project id that is none": [
      ["list", "--project", "Acme"],
      2,
      "error: option '--project <id>' argument 'Acme' is invalid. It must be a project id: 6 to 30 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen, got \"Acme\".\n",
    ],
    "an enforcement that nobody can be asked about": [
      ["enforce"],
      2,
      "error: option '--yes' is needed where nobody can be asked; kiln images plan shows what it would do\n",
    ],
    "an audit log that is no list": [
      ["history", "web", "--audit", "package.json"],
      2,
      "error: option '--audit <file>': package.json must hold a list of entries\n",
    ],
    "a state that deletes nothing": [
      ["deprecate", "web-1", "--state", "DELETED"],
      2,
      "error: option '--state <state>' argument 'DELETED' is invalid. Allowed choices are DEPRECATED, OBSOLETE, ACTIVE.\n",
    ],
  };
  for (const [title, [args, code, stderr]] of Object.entries(wrong))
    it(`refuses ${title}`, async () => {
      expect(await run(...args)).to.deep.equal({ code, stdout: "", stderr });
    });

  it("needs a project", async () => {
    const { code, stderr } = await images(["list"], { fake: fake(), env: { GOOGLE_CLOUD_PROJECT: undefined } });
    expect({ code, stderr }).to.deep.equal({
      code: 2,
      stderr: "error: required option '--project <id>' not specified\n",
    });
  });

  it("says which permission is missing, and where", async () => {
    fake().deny(PROJECT, "compute.images.list");
    const { code, stdout, stderr } = await run("list");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(
      /^error: HTTP 403: .*compute\.images\.list.*\nask for a role with the permission on acme-images/,
    );
  });

  it("refuses an endpoint that is not on this machine", async () => {
    const env = { KILN_COMPUTE_ENDPOINT: "http://compute.example" };
    const { code, stderr } = await images(["list"], { env });
    expect(code).to.equal(1);
    expect(stderr).to.include(
      'KILN_COMPUTE_ENDPOINT must be like http://127.0.0.1:8080, on this machine, got "http://',
    );
  });

  it("ends at the first step that fails, and does what is left when it is run again", async () => {
    fake().inject({ fault: faults.operationError("QUOTA_EXCEEDED"), method: "images.deprecate" });
    const failed = await run("rollback", "web");
    expect(failed.code).to.equal(1);
    expect(failed.stderr).to.match(/^error: activate web-1: operation \S+ failed: QUOTA_EXCEEDED/);
    expect(failed.stderr).to.include("2 steps of 4 left; run the same command again\n");
    expect((await run("rollback", "web")).code).to.equal(0);
    expect(statesOf(fake())).to.deep.include({ "web-1": "ACTIVE kiln-hold=rollback" });
  });
});
