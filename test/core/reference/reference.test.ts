import { expect } from "chai";
import fc from "fast-check";
import { canonicalName, familiarName, readReference, type Reference } from "../../../core/reference/reference";

const HEX = "0123456789abcdef";

/** Names with what Docker's own parser makes of them. */
const READ: [string, Reference][] = [
  ["nginx", { domain: "docker.io", path: "library/nginx" }],
  ["nginx:1.25", { domain: "docker.io", path: "library/nginx", tag: "1.25" }],
  ["docker.io/nginx", { domain: "docker.io", path: "library/nginx" }],
  ["index.docker.io/nginx", { domain: "docker.io", path: "library/nginx" }],
  ["index.docker.io/library/nginx", { domain: "docker.io", path: "library/nginx" }],
  ["jupyter/tensorflow-notebook", { domain: "docker.io", path: "jupyter/tensorflow-notebook" }],
  ["localhost/app", { domain: "localhost", path: "app" }],
  ["localhost:5000/app:1", { domain: "localhost:5000", path: "app", tag: "1" }],
  ["test:5000", { domain: "docker.io", path: "library/test", tag: "5000" }],
  ["foo/foo_bar.com:8080", { domain: "docker.io", path: "foo/foo_bar.com", tag: "8080" }],
  ["Upper/app", { domain: "Upper", path: "app" }],
  ["[2001:db8::1]:5000/app", { domain: "[2001:db8::1]:5000", path: "app" }],
  ["[fc00::1]/a/b:t", { domain: "[fc00::1]", path: "a/b", tag: "t" }],
  ["gcr.io/a/b__c/d---e", { domain: "gcr.io", path: "a/b__c/d---e" }],
  [`a.b/c:d@sha256:${HEX.repeat(4)}`, { domain: "a.b", path: "c", tag: "d", digest: `sha256:${HEX.repeat(4)}` }],
  [`x@sha512:${HEX.repeat(8)}`, { domain: "docker.io", path: "library/x", digest: `sha512:${HEX.repeat(8)}` }],
  [`x@sha384:${HEX.repeat(6)}`, { domain: "docker.io", path: "library/x", digest: `sha384:${HEX.repeat(6)}` }],
];

const REFUSED = [
  "",
  ":tag",
  "a:",
  "a@",
  "a//b",
  "/a",
  "a/",
  "a b",
  "Nginx",
  "a/Nginx",
  "a.b/C",
  "-a/b",
  "a._b",
  "a___b",
  "a..b",
  "a-.b",
  "xn--n3h.com:port/a",
  "[fe80::1%eth0]/a",
  "[fe80::1:/a",
  "a:b:c",
  "a:.b",
  `a:${"t".repeat(129)}`,
  `a/${"b".repeat(254)}`,
  "a@sha256:abc",
  `a@sha256:${"A".repeat(64)}`,
  `a@md5:${HEX.repeat(2)}`,
  `a@constructor:${HEX.repeat(4)}`,
  HEX.repeat(4),
];

describe("readReference", () => {
  for (const [text, reference] of READ)
    it(`reads ${text.slice(0, 40)}`, () => expect(readReference(text)).to.deep.equal({ reference }));

  for (const text of REFUSED)
    it(`refuses "${text.slice(0, 40)}"`, () => expect(readReference(text).problem).to.match(/^must /));

  it("takes 255 characters of path and no more", () => {
    expect(readReference(`a.b/${"c".repeat(255)}`).problem).to.equal(undefined);
    expect(readReference(`a.b/${"c".repeat(256)}`).problem).to.contain("255");
  });

  it("reads a long hostile text at once", () => {
    expect(readReference(`${"a-".repeat(500)}!`).problem).to.match(/^must /);
    expect(readReference("a".repeat(5_000_000)).problem).to.contain("1024");
  });
});

const component = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{1,6}$/),
    fc.constantFrom("", ".", "_", "__", "-", "---"),
    fc.stringMatching(/^[a-z0-9]{1,6}$/),
  )
  .map((parts) => parts.join(""));
const label = fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,5}[a-zA-Z0-9])?$/);
const host = fc.oneof(
  fc.tuple(label, label).map((labels) => labels.join(".")),
  fc.constantFrom("localhost", "docker.io", "[::1]", "[2001:db8::7]:443"),
  fc.tuple(label, fc.nat(65_535)).map(([name, port]) => `${name}:${port}`),
);
const digest = fc
  .constantFrom(["sha256", 4] as const, ["sha384", 6] as const, ["sha512", 8] as const, ["blake3", 4] as const)
  .chain(([algorithm, times]) =>
    fc
      .array(fc.constantFrom(...HEX), { minLength: times * 16, maxLength: times * 16 })
      .map((digits) => `${algorithm}:${digits.join("")}`),
  );
const reference: fc.Arbitrary<Reference> = fc
  .record(
    {
      domain: host,
      // Paths that begin like a host too: docker.io/a.b/c.
      path: fc
        .array(fc.oneof(component, fc.constantFrom("localhost", "a.b")), { minLength: 1, maxLength: 4 })
        .map((parts) => parts.join("/")),
      tag: fc.stringMatching(/^\w[\w.-]{0,20}$/),
      digest,
    },
    { requiredKeys: ["domain", "path"] },
  )
  .map((one) =>
    one.domain === "docker.io" && !one.path.includes("/") ? { ...one, path: `library/${one.path}` } : one,
  );

describe("names of images", () => {
  it("are read as they were printed", () => {
    fc.assert(
      fc.property(reference, (one) => {
        expect(readReference(canonicalName(one))).to.deep.equal({ reference: one });
      }),
    );
  });

  it("mean the same in their familiar and in their canonical form", () => {
    fc.assert(
      fc.property(reference, (one) => {
        expect(readReference(familiarName(one))).to.deep.equal({ reference: one });
      }),
    );
  });

  it("are canonical for good", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-zA-Z0-9.:@/_-]{0,40}$/)), (text) => {
        const { reference: read } = readReference(text);
        if (read) expect(readReference(canonicalName(read))).to.deep.equal({ reference: read });
      }),
    );
  });
});
