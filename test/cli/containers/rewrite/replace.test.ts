import { expect } from "chai";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { replaceFile } from "../../../../cli/containers/rewrite/replace";

describe("replaceFile", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kiln-replace-"));
    path = join(folder, "file");
    writeFileSync(path, "\ufeffold ü\r\n");
    chmodSync(path, 0o751);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const replace = (more: Partial<Parameters<typeof replaceFile>[0]> = {}) =>
    replaceFile({ path, from: "\ufeffold ü\r\n", to: "\ufeffnew ü\r\n", check: () => undefined, ...more });
  const text = () => readFileSync(path, "utf8");

  it("writes the whole text, keeps the mode, and leaves nothing beside it", () => {
    expect(replace()).to.equal(undefined);
    expect(readFileSync(path)).to.deep.equal(Buffer.from("\ufeffnew ü\r\n"));
    expect(statSync(path).mode & 0o7777).to.equal(0o751);
    expect(readdirSync(folder)).to.deep.equal(["file"]);
  });

  it("puts the old text back where a scan objects to the new one", () => {
    expect(replace({ check: () => "nginx is gone" })).to.equal(
      "is as it was, since a scan did not find what it should (nginx is gone)",
    );
    expect(text()).to.equal("\ufeffold ü\r\n");
    expect(statSync(path).mode & 0o7777).to.equal(0o751);
    expect(readdirSync(folder)).to.deep.equal(["file"]);
  });

  it("leaves a file that somebody changed meanwhile", () => {
    writeFileSync(path, "theirs");
    expect(replace()).to.contain("was changed since it was read");
    expect(text()).to.equal("theirs");
    expect(readdirSync(folder)).to.deep.equal(["file"]);
  });

  it("follows no link that was put in its place", () => {
    const target = join(folder, "target");
    writeFileSync(target, text());
    rmSync(path);
    symlinkSync(target, path);
    expect(replace()).to.match(/^cannot be written \(/);
    expect(readFileSync(target, "utf8")).to.equal("\ufeffold ü\r\n");
  });

  it("says why it cannot write", () => {
    expect(replace({ path: join(folder, "none") })).to.equal("cannot be written (ENOENT)");
  });
});
