import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GraphValue } from "../../../preview";
import { objectChanges } from "../../../preview/compare/inputChanges";
import { isNamed, replaces } from "../../../preview/compare/replacement";
import table from "../../../preview/compare/replacements.json";
import { declared } from "../graphs";

const GCP = join(__dirname, "../../../node_modules/@pulumi/gcp");

type Fields = Record<string, GraphValue>;

/** By path, whether a change replaces a resource. */
function judged(type: string, before: Fields, after: Fields, replaceOnChanges?: string[]): Record<string, string> {
  const resource = declared(type, "it", { options: replaceOnChanges ? { replaceOnChanges } : {} });
  return Object.fromEntries(objectChanges(before, after).map((change) => [change.path, replaces(resource, change)]));
}

describe("replaces", () => {
  it("knows what a dataset, a repository and a bucket cannot change", () => {
    expect(
      judged("gcp:bigquery/dataset:Dataset", { location: "EU", labels: {} }, { location: "US", labels: { a: "b" } }),
    ).to.deep.equal({ location: "yes", "labels.a": "no" });
    expect(
      judged(
        "gcp:artifactregistry/repository:Repository",
        { repositoryId: "a", dockerConfig: { immutableTags: true } },
        { repositoryId: "b", dockerConfig: { immutableTags: false } },
      ),
    ).to.deep.equal({ repositoryId: "yes", "dockerConfig.immutableTags": "no" });
    expect(judged("gcp:storage/bucket:Bucket", { storageClass: "A" }, { storageClass: "B" })).to.deep.equal({
      storageClass: "no",
    });
  });

  it("looks into lists, blocks and labels", () => {
    const template = "gcp:compute/instanceTemplate:InstanceTemplate";
    expect(
      judged(
        template,
        { disks: [{ sourceImage: "a" }], metadata: { "a.b": "1" } },
        { disks: [{ sourceImage: "b" }], metadata: {} },
      ),
    ).to.deep.equal({ "disks[0].sourceImage": "yes", 'metadata["a.b"]': "yes" });
    const instance = "gcp:compute/instance:Instance";
    const params = (initializeParams: Fields) => ({ bootDisk: { initializeParams } });
    expect(judged(instance, params({ image: "a", labels: {} }), params({ image: "b", labels: {} }))).to.deep.equal({
      "bootDisk.initializeParams.image": "yes",
    });
    expect(judged(instance, {}, { bootDisk: { autoDelete: true } }), "a block that may not come").to.deep.equal({
      bootDisk: "yes",
    });
    expect(
      judged(instance, { attachedDisks: [] }, { attachedDisks: [{ source: "d" }] }),
      "a block that may come, of fields that may change",
    ).to.deep.equal({ "attachedDisks[0]": "no" });
    expect(
      judged(instance, { attachedDisks: [] }, { attachedDisks: [{ source: "d", forceAttach: true }] }),
      "a block that may come, but not with this field",
    ).to.deep.equal({ "attachedDisks[0]": "yes" });
  });

  it("knows that grants are replaced but for the members of a binding", () => {
    const inputs = { bucket: "b", role: "r" };
    const member = "gcp:storage/bucketIAMMember:BucketIAMMember";
    const binding = "gcp:artifactregistry/repositoryIamBinding:RepositoryIamBinding";
    expect(judged(member, { ...inputs, member: "a" }, { ...inputs, member: "b" })).to.deep.equal({ member: "yes" });
    expect(judged(binding, { role: "r", members: ["a"] }, { role: "s", members: ["a", "b"] })).to.deep.equal({
      "members[]": "no",
      role: "yes",
    });
  });

  it("cannot tell about what is unknown or secret", () => {
    const type = "gcp:bigquery/dataset:Dataset";
    expect(judged(type, { location: "EU" }, { location: { $unknown: true } })).to.deep.equal({ location: "maybe" });
    expect(judged(type, { location: "[secret]" }, { location: "EU" })).to.deep.equal({ location: "maybe" });
  });

  it("obeys replaceOnChanges, and claims nothing about types that it does not know", () => {
    expect(judged("t:index:T", { a: { b: 1 } }, { a: { b: 2 } })).to.deep.equal({ "a.b": "no" });
    expect(judged("t:index:T", { a: { b: 1 } }, { a: { b: 2 } }, ["a"])).to.deep.equal({ "a.b": "yes" });
    expect(judged("t:index:T", { a: { b: 1 } }, { a: { b: 2 } }, ["*"])).to.deep.equal({ "a.b": "yes" });
  });
});

describe("isNamed", () => {
  it("names a path, what is below it, and entries by a star", () => {
    expect(isNamed(["labels"], "labels.team")).to.equal(true);
    expect(isNamed(["label"], "labels.team")).to.equal(false);
    expect(isNamed(["disks[*].size"], "disks[3].size")).to.equal(true);
    expect(isNamed(["disks[*].size"], "disks[3].type")).to.equal(false);
    expect(isNamed(["labels.team"], "labels")).to.equal(false);
    expect(isNamed(["a.*"], "a.b")).to.equal(true);
    expect(isNamed(["("], "a"), "no pattern of ours").to.equal(false);
    expect(isNamed([], "a")).to.equal(false);
    expect(isNamed(["*"], "a.b[0]")).to.equal(true);
    expect(isNamed(["a*"], "ab"), "no whole key").to.equal(false);
    expect(isNamed(["a.*.c"], 'a.b.c["x"]')).to.equal(true);
  });

  it("is not slowed down by a hostile name", () => {
    expect(isNamed(["*a".repeat(200), "*.".repeat(200)], "a".repeat(5000))).to.equal(false);
  });
});

describe("the table of replacements", () => {
  it("names inputs of the installed @pulumi/gcp", () => {
    for (const [type, paths] of Object.entries(table.types)) {
      const inputs = [...argsOf(type).matchAll(/^ {4}(\w+)\??: /gm)].map(([, input]) => input);
      expect(inputs, type).to.include.members(paths.map(topOf));
    }
  });

  it("has every input of which the prose of @pulumi/gcp says that it forces a new resource", () => {
    const said = Object.entries(table.types).flatMap(([type, paths]) => {
      const documented = [...argsOf(type).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {4}(\w+)\??: /g)];
      const forced = documented
        .filter(([, prose]) => /changing this forces a new resource/i.test(prose.replace(/\s+\*\s+/g, " ")))
        .map(([, , input]) => input);
      expect(paths.map(topOf), type).to.include.members(forced);
      return forced;
    });
    expect(said, "prose that says so").not.to.deep.equal([]);
  });
});

function topOf(path: string): string {
  return path.split(/[.{]/)[0];
}

/** Declaration of a resource's inputs. */
function argsOf(type: string): string {
  const [, module, file] = /^gcp:([^/]*)\/(.*):/.exec(type) ?? [];
  const path = [file, `${file}Function`]
    .map((name) => join(GCP, module, `${name}.d.ts`))
    .find((one) => existsSync(one));
  return /export interface \w+Args \{\n([\s\S]*?)\n\}/.exec(readFileSync(path ?? "", "utf8"))?.[1] ?? "";
}
