import { expect } from "chai";
import fc from "fast-check";
import { type GraphResource, type PreviewGraph } from "../../../preview";
import { compareGraphs } from "../../../preview/compare/compareGraphs";
import { type Comparison, type ResourceChange } from "../../../preview/compare/comparison";
import { UNKNOWN } from "../../../preview/graphValue";
import { declared, graphOf, urnOf } from "../graphs";

const TOPIC = "gcp:pubsub/topic:Topic";
const DATASET = "gcp:bigquery/dataset:Dataset";
const BUCKET = "gcp:storage/bucket:Bucket";
const MEMBER = "gcp:projects/iAMMember:IAMMember";
const REPOSITORY_MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
const TABLE = "gcp:bigquery/table:Table";

const compare = (base: GraphResource[], head: GraphResource[]) => compareGraphs(graphOf(base), graphOf(head));
const only = (base: GraphResource, head: GraphResource) =>
  compare([base], [head]).changes[0] as ResourceChange | undefined;
const kinds = ({ changes }: Comparison) => changes.map(({ kind, name }) => `${kind} ${name}`);

describe("compareGraphs", () => {
  it("tells what comes, goes, changes and stays", () => {
    const comparison = compare(
      [declared(TOPIC, "gone"), declared(TOPIC, "same"), declared(TOPIC, "new-labels")],
      [
        declared(TOPIC, "fresh", { inputs: { name: "fresh" } }),
        declared(TOPIC, "same"),
        declared(TOPIC, "new-labels", { inputs: { labels: { a: "b" } } }),
      ],
    );
    expect(kinds(comparison)).to.deep.equal(["delete gone", "update new-labels", "create fresh"]);
    expect(comparison.changes[1].inputs).to.deep.equal([{ path: "labels", after: { a: "b" }, replaces: false }]);
    expect(comparison).to.deep.include({ unchanged: 1, summary: "1 to create, 1 to update, 1 to delete" });
  });

  it("tells a replacement and what is lost with it", () => {
    const at = (location: string) => declared(DATASET, "logs", { inputs: { location } });
    const { changes, summary } = compare(
      [at("EU")],
      [at("US"), declared(TOPIC, "a"), declared(TOPIC, "b"), declared(TOPIC, "c")],
    );
    expect(summary).to.equal("3 to create, 1 to replace: the BigQuery dataset holds data");
    expect(changes[0]).to.deep.include({
      kind: "replace",
      holds: "the BigQuery dataset holds data",
      inputs: [{ path: "location", before: "EU", after: "US", replaces: true }],
      losesProtection: false,
    });
  });

  it("follows an alias to the resource under its old URN", () => {
    const old = declared(TOPIC, "old", { inputs: { labels: {} } });
    const renamed = declared(TOPIC, "new", {
      aliases: [urnOf(TOPIC, "elsewhere"), old.urn],
      inputs: { labels: { a: "b" } },
    });
    expect(only(old, renamed)).to.deep.include({
      kind: "rename",
      name: "new",
      oldUrn: old.urn,
      losesProtection: false,
    });
    expect(only(old, renamed)?.inputs).to.have.length(1);
    expect(kinds(compare([old, declared(TOPIC, "new")], [renamed])), "its own URN comes first").to.deep.equal([
      "delete old",
      "update new",
    ]);
  });

  it("lets one old resource become one new one, not two", () => {
    const old = declared(TOPIC, "old");
    const heirs = ["a", "b"].map((name) => declared(TOPIC, name, { aliases: [old.urn] }));
    expect(kinds(compare([old], heirs))).to.deep.equal(["rename a", "create b"]);
  });

  it("says what was renamed without an alias, and what an alias would not keep", () => {
    const old = declared(BUCKET, "store", {
      inputs: { location: "EU", project: "p", storageClass: "STANDARD", name: "n" },
    });
    const moved = { ...old, urn: urnOf(`kiln:index:Store$${BUCKET}`, "store") };
    const named = declared(BUCKET, "archive", { inputs: { ...old.inputs, storageClass: "NEARLINE" } });
    const other = declared(BUCKET, "archive", { inputs: { ...old.inputs, name: "m" } });
    const hints = (head: GraphResource) => [...new Set(compare([old], [head]).changes.map(({ hint }) => hint))];
    const keep = `renamed without an alias, it is deleted and made anew; keep it with aliases: ["${old.urn}"]`;
    expect(hints(moved)).to.deep.equal([`the same name under another parent: ${keep}`]);
    expect(hints(named)).to.deep.equal([`looks like store before the change: ${keep}`]);
    expect(hints(other)).to.deep.equal([
      "looks like store before the change, but name differs too, which replaces it, alias or not",
    ]);
    expect(hints(declared(BUCKET, "other", { inputs: { location: "US", name: "m" } }))).to.deep.equal([undefined]);
  });

  it("warns of a grant that is renamed, not of one that another member gets", () => {
    const place = { location: "eu", project: "p", repository: "r", role: "roles/r" };
    const grant = (name: string, member: string) => declared(REPOSITORY_MEMBER, name, { inputs: { ...place, member } });
    const hint = (head: GraphResource) => compare([grant("a", "user:x@acme.example")], [head]).changes[0].hint;
    expect(hint(grant("b", "user:x@acme.example"))).to.match(/^the same grant under another name: .*"urn:.*::a"\]$/);
    expect(hint(grant("b", "user:y@acme.example"))).to.equal(undefined);
  });

  it("leaves out components, the stack, what is only read and what ignoreChanges names", () => {
    const comparison = compare(
      [declared("kiln:index:Old", "c", { custom: false }), declared(TOPIC, "read", { read: "a" })],
      [
        declared("pulumi:pulumi:Stack", "s", { custom: false }),
        declared(TOPIC, "read", { read: "b" }),
        declared(TOPIC, "read-now", { read: "c" }),
        declared("far:index:Away", "remote", { custom: false, remote: true }),
      ],
    );
    expect(kinds(comparison)).to.deep.equal(["create remote"]);
    const before = declared(TOPIC, "t", { inputs: { labels: { a: "1" }, name: "x" } });
    const after = { ...before, inputs: { labels: { a: "2" }, name: "y" }, options: { ignoreChanges: ["labels"] } };
    expect(only(before, after)?.inputs.map(({ path }) => path)).to.deep.equal(["name"]);
    expect(only(before, { ...after, inputs: { labels: {}, name: "x" } })).to.equal(undefined);
  });

  it("knows what options name by index where entries have names", () => {
    const at = (image: string, options: GraphResource["options"]) =>
      declared("gcp:cloudrunv2/service:Service", "s", {
        inputs: { template: { containers: [{ name: "web", image }] } },
        options,
      });
    const names = ["template.containers[0].image"];
    expect(only(at("a:1", {}), at("a:2", { ignoreChanges: names }))).to.equal(undefined);
    expect(only(at("a:1", {}), at("a:2", { replaceOnChanges: names }))).to.deep.include({
      kind: "replace",
      inputs: [{ path: 'template.containers["web"].image', before: "a:1", after: "a:2", replaces: true }],
    });
  });

  it("follows replacements to what hangs on them, as far as it may be replaced", () => {
    const unknown = { $unknown: true };
    const keyRing = (location: string) => declared("gcp:kms/keyRing:KeyRing", "ring", { inputs: { location } });
    const on = (type: string, name: string, input: string, source: GraphResource) =>
      declared(type, name, { inputs: { [input]: unknown }, propertyDependencies: { [input]: [source.urn] } });
    const key = on("gcp:kms/cryptoKey:CryptoKey", "key", "keyRing", keyRing("eu"));
    const version = on("gcp:kms/cryptoKeyVersion:CryptoKeyVersion", "version", "cryptoKey", key);
    const others = [
      on(BUCKET, "store", "encryption", key),
      declared("gcp:kms/cryptoKey:CryptoKey", "other", { inputs: { keyRing: unknown } }),
    ];
    const followers = [{ ...key, protect: true }, version, ...others];
    const comparison = compare([keyRing("eu"), ...followers], [keyRing("us"), ...followers]);
    expect(kinds(comparison)).to.deep.equal(["replace key", "replace version", "replace ring"]);
    expect(comparison.unchanged).to.equal(2);
    expect(comparison.changes[0]).to.deep.include({
      holds: "what the KMS key encrypts becomes unreadable",
      hint: "replaced if keyRing differs, as it may since KeyRing ring is replaced; Pulumi refuses to delete it as long as its state says protect",
    });
    const moved = { ...key, propertyDependencies: { keyRing: [urnOf("gcp:kms/keyRing:KeyRing", "new")] } };
    const rest = compare([keyRing("eu"), key], [declared("gcp:kms/keyRing:KeyRing", "new"), moved]);
    expect(rest.changes.map(({ hint }) => hint)).to.include(
      "replaced if keyRing differs, as it may since KeyRing new is new",
    );
    const ignored = { ...key, options: { ignoreChanges: ["keyRing"] } };
    expect(kinds(compare([keyRing("eu"), ignored], [keyRing("us"), ignored]))).to.deep.equal(["replace ring"]);
  });

  it("tells that a provider moves, and what with it", () => {
    const at = (project: string | undefined, provider: string, inputs: GraphResource["inputs"]) => [
      declared(TOPIC, "own", { provider, inputs: { project: "mine" } }),
      ...["a", "b", "c", "d"].map((name) => declared(TOPIC, name, { provider })),
      declared(BUCKET, "elsewhere", { provider: urnOf("pulumi:providers:gcp", "other") }),
      declared("gcp:storage/bucketObject:BucketObject", "object", { provider }),
      declared("gcp:storage/bucketIAMMember:BucketIAMMember", "reader", { provider }),
      ...(project === undefined ? [] : [declared("pulumi:providers:gcp", "mine", { inputs })]),
    ];
    const hint = "4 resources have no project of their own and may be replaced: Topic a, Topic b, Topic c and 1 more";
    const [old, now] = [{ project: "acme" }, { project: "beta", region: "eu" }];
    const default_ = (version: string) => urnOf("pulumi:providers:gcp", `default_${version}`);
    const byDefault = compareGraphs(
      graphOf(at(undefined, default_("9_1_0"), {}), { defaultProviders: { gcp: old, docker: {} } }),
      graphOf(at(undefined, default_("9_2_0"), {}), { defaultProviders: { gcp: now } }),
    );
    expect(byDefault).to.deep.include({ summary: "1 to update, 4 that a provider's change may replace", unchanged: 8 });
    expect(byDefault.changes).to.have.length(1);
    expect(byDefault.changes[0]).to.deep.include({
      kind: "update",
      type: "pulumi:providers:gcp",
      inputs: [
        { path: "project", before: "acme", after: "beta", replaces: false },
        { path: "region", after: "eu", replaces: false },
      ],
      mayReplace: 4,
      hint,
    });
    const mine = urnOf("pulumi:providers:gcp", "mine");
    const explicit = compare(at("x", mine, old), at("x", mine, { project: "beta" }));
    expect(explicit.changes.map((change) => [change.name, change.hint])).to.deep.equal([["mine", hint]]);
    const olderBase = compareGraphs(graphOf([]), graphOf([], { defaultProviders: { gcp: now } }));
    expect(olderBase.changes).to.deep.equal([]);
  });

  it("tells every change of what an object in a bucket contains", () => {
    const object = (content: string) => declared("gcp:storage/bucketObject:BucketObject", "o", { inputs: { content } });
    const paths = (a: string, b: string) => only(object(a), object(b))?.inputs.map(({ path }) => path);
    expect(paths('{"a": 1}', '{"a":1}')).to.deep.equal(["content"]);
    expect(paths('{"a": 1}', '{"a":2}')).to.deep.equal(["content.a"]);
  });

  it("takes types with the names of JavaScript's own for types", () => {
    for (const type of ["constructor", "__proto__", "toString", "gcp:constructor/constructor:IAMMember"]) {
      const one = declared(type, "it", { inputs: { a: 1, role: "constructor" } });
      expect(kinds(compare([one], [])), type).to.deep.equal(["delete it"]);
      expect(compare([one], [{ ...one, inputs: { a: 2, role: "constructor" } }]).changes, type).to.have.length(1);
    }
    const access = declared(DATASET, "d", { inputs: { accesses: [{ role: "constructor", iamMember: "x" }] } });
    expect(compare([], [access]).grants.added.map(({ role }) => role)).to.deep.equal(["constructor"]);
  });

  it("tells options that matter, not the version of a default provider", () => {
    const version = (version: string) => urnOf("pulumi:providers:gcp", `default_${version}`);
    const before = declared(TOPIC, "t", { provider: version("9_37_0"), options: { replacementTrigger: "1" } });
    const after = declared(TOPIC, "t", {
      provider: version("9_38_0"),
      options: { replacementTrigger: "2", deletedWith: urnOf(BUCKET, "b"), retainOnDelete: true },
    });
    expect(only(before, after)).to.deep.include({
      kind: "replace",
      options: [
        { path: "deletedWith", after: urnOf(BUCKET, "b"), replaces: false },
        { path: "replacementTrigger", before: "1", after: "2", replaces: true },
        { path: "retainOnDelete", before: false, after: true, replaces: false },
      ],
    });
    expect(only(before, { ...before, provider: urnOf("pulumi:providers:gcp", "mine") })?.options).to.have.length(1);
  });

  it("says that it cannot tell whether an unknown input replaces", () => {
    const at = (location: PreviewGraph["outputs"][string]) => declared(DATASET, "d", { inputs: { location } });
    expect(only(at("EU"), at({ $unknown: true }))).to.deep.include({
      kind: "update",
      hint: "replaced if location differs, which a preview cannot tell",
    });
    const schema = (text: string) => declared(TABLE, "t", { inputs: { schema: text } });
    expect(only(schema("[1]"), schema("[2]"))?.hint).to.equal(
      "schema: replaced when a column goes or changes its type",
    );
  });

  it("tells outputs, and what the deployer newly needs", () => {
    const comparison = compareGraphs(
      graphOf([declared(TOPIC, "t")], { outputs: { url: "a" } }),
      graphOf([declared(TOPIC, "t")], {
        outputs: { url: "b" },
        lookups: [{ token: "gcp:compute/getImage:getImage", args: {}, answered: false }],
      }),
    );
    expect(comparison).to.deep.include({
      summary: "no changes but of the stack's outputs",
      outputs: [{ path: "url", before: "a", after: "b", replaces: false }],
      requirements: { apis: ["compute.googleapis.com"], roles: ["roles/compute.imageUser"] },
    });
  });

  it("takes a view for what it is, which holds nothing; one that is not known for a table", () => {
    const summaryWithout = (inputs: GraphResource["inputs"]) => compare([declared(TABLE, "t", { inputs })], []).summary;
    const released = { deletionProtection: false };
    expect(summaryWithout({ ...released, view: { query: "SELECT 1" } })).to.equal("1 to delete");
    expect(summaryWithout({ ...released, view: UNKNOWN })).to.equal("1 to delete: the BigQuery table holds data");
    expect(summaryWithout(released)).to.equal("1 to delete: the BigQuery table holds data");
  });

  it("keeps the summary short where much is lost", () => {
    const types = [
      DATASET,
      BUCKET,
      "gcp:kms/cryptoKey:CryptoKey",
      "gcp:compute/disk:Disk",
      "gcp:secretmanager/secret:Secret",
    ];
    const base = types.flatMap((type) => [
      declared(type, "a", { inputs: { labels: type } }),
      declared(type, "b", { protect: true }),
    ]);
    expect(compare([...base, declared(DATASET, "c")], []).summary).to.equal(
      "protection lost on 5, 11 to delete: the BigQuery dataset holds data (3 times); the bucket holds objects (2 times); the disk holds data (2 times); and 2 more kinds of loss",
    );
  });
});

/** Each pair of resources, and whether the second is less protected. */
const PROTECTION: Record<
  string,
  [before: Partial<GraphResource>, after: Partial<GraphResource>, loses: boolean, type?: string]
> = {
  "protect goes": [{ protect: true }, { protect: false, inputs: { a: 1 } }, true],
  "protect comes": [{ protect: false }, { protect: true }, false],
  "retainOnDelete goes": [{ options: { retainOnDelete: true } }, {}, true],
  "deletionPolicy stops preventing": [
    { inputs: { deletionPolicy: "PREVENT" } },
    { inputs: { deletionPolicy: "DELETE" } },
    true,
  ],
  "deletionPolicy is left out": [{ inputs: { deletionPolicy: "PREVENT" } }, {}, true],
  "a project's deletionPolicy is left out, which prevents": [
    { inputs: { deletionPolicy: "PREVENT" } },
    {},
    false,
    "gcp:organizations/project:Project",
  ],
  "a table's deletionProtection, on by default, goes": [{}, { inputs: { deletionProtection: false } }, true, TABLE],
  "a table's deletionProtection is left out": [{ inputs: { deletionProtection: true } }, {}, false, TABLE],
  "a secret's deletionProtection is left out": [
    { inputs: { deletionProtection: true } },
    {},
    true,
    "gcp:secretmanager/secret:Secret",
  ],
  "forceDestroy comes": [{}, { inputs: { forceDestroy: true } }, true],
  "forceDestroy goes": [{ inputs: { forceDestroy: true } }, {}, false],
  "deleteContentsOnDestroy comes": [
    { inputs: { deleteContentsOnDestroy: false } },
    { inputs: { deleteContentsOnDestroy: true } },
    true,
  ],
  "deletionProtection is not known any more": [
    { inputs: { deletionProtection: true } },
    { inputs: { deletionProtection: { $unknown: true } } },
    false,
  ],
};

describe("lost protection", () => {
  for (const [name, [before, after, loses, type = BUCKET]] of Object.entries(PROTECTION))
    it(`${loses ? "is" : "is not"}: ${name}`, () => {
      expect(only(declared(type, "it", before), declared(type, "it", after))?.losesProtection).to.equal(loses);
    });

  it("is a protected resource that is gone, which Pulumi refuses to delete; it comes first", () => {
    const comparison = compare(
      [declared(BUCKET, "z", { protect: true }), declared(BUCKET, "a"), declared(TABLE, "t")],
      [],
    );
    expect(kinds(comparison)).to.deep.equal(["delete t", "delete z", "delete a"]);
    expect(comparison.changes.map(({ losesProtection }) => losesProtection)).to.deep.equal([true, true, false]);
    expect(comparison.changes[1].hint).to.equal("Pulumi refuses to delete it as long as its state says protect");
  });

  it("names no loss where the resource stays in Google Cloud", () => {
    const holds = (other: Partial<GraphResource>) => compare([declared(BUCKET, "b", other)], []).changes[0].holds;
    expect(holds({})).to.equal("the bucket holds objects");
    expect(holds({ options: { retainOnDelete: true } })).to.equal(undefined);
    expect(holds({ inputs: { deletionPolicy: "ABANDON" } })).to.equal(undefined);
  });
});

describe("any two graphs", () => {
  const resource = fc
    .record({
      type: fc.constantFrom(TOPIC, DATASET, MEMBER, "kiln:index:Thing"),
      name: fc.constantFrom("a", "b", "c", "__proto__"),
      inputs: fc.dictionary(fc.constantFrom("name", "location", "labels", "member"), fc.jsonValue({ maxDepth: 2 }), {
        maxKeys: 3,
      }),
      alias: fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }),
      protect: fc.boolean(),
      custom: fc.boolean(),
    })
    .map(({ type, name, inputs, alias, protect, custom }) =>
      declared(type, name, {
        inputs: inputs as GraphResource["inputs"],
        protect,
        custom,
        aliases: alias ? [urnOf(type, alias)] : [],
      }),
    );
  const graph = fc
    .uniqueArray(resource, { selector: ({ urn }) => urn, maxLength: 8 })
    .map((resources) => graphOf(resources));

  it("are the same where they are the same", () => {
    fc.assert(
      fc.property(graph, (one) => {
        const comparison = compareGraphs(one, structuredClone(one));
        expect(comparison).to.deep.include({ changes: [], outputs: [], summary: "no changes" });
        expect(comparison.grants).to.deep.equal({ added: [], removed: [], flipped: [] });
      }),
    );
  });

  it("have each resource in one change, or unchanged", () => {
    fc.assert(
      fc.property(graph, graph, (base, head) => {
        const { changes, unchanged } = compareGraphs(base, head);
        const count = ({ resources }: PreviewGraph) => resources.filter(({ custom }) => custom).length;
        const of = (...wanted: string[]) => changes.filter(({ kind }) => wanted.includes(kind)).length;
        expect(of("create", "update", "replace", "rename") + unchanged).to.equal(count(head));
        expect(of("delete", "update", "replace", "rename") + unchanged).to.equal(count(base));
        expect(new Set(changes.map(({ kind, urn }) => `${kind} ${urn}`)).size).to.equal(changes.length);
      }),
    );
  });

  it("change places where no alias is given: what came goes", () => {
    const withoutAliases = graph.map((one) => graphOf(one.resources.map((each) => ({ ...each, aliases: [] }))));
    const urns = (comparison: Comparison, wanted: string) =>
      comparison.changes.filter(({ kind }) => kind === wanted).map(({ urn }) => urn);
    fc.assert(
      fc.property(withoutAliases, withoutAliases, (base, head) => {
        const [there, back] = [compareGraphs(base, head), compareGraphs(head, base)];
        expect(urns(there, "create")).to.have.members(urns(back, "delete"));
        expect(urns(there, "delete")).to.have.members(urns(back, "create"));
        expect(there.unchanged).to.equal(back.unchanged);
        expect(there.grants.added).to.have.length(back.grants.removed.length);
      }),
    );
  });

  it("differ in the same way in whatever order their resources stand", () => {
    const shuffled = graph.chain((one) =>
      fc
        .shuffledSubarray(one.resources, { minLength: one.resources.length })
        .map((resources) => [one, graphOf(resources)] as const),
    );
    fc.assert(
      fc.property(shuffled, shuffled, ([base, otherBase], [head, otherHead]) => {
        expect(JSON.stringify(compareGraphs(otherBase, otherHead))).to.equal(JSON.stringify(compareGraphs(base, head)));
      }),
    );
  });
});
