import fc from "fast-check";

const HEX = "0123456789abcdef";

const host = fc.constantFrom(
  ...["", "", "", "docker.io/", "index.docker.io/", "gcr.io/", "eu-docker.pkg.dev/", "-docker.pkg.dev/", "localhost/"],
  ...["localhost:5000/", "[2001:db8::1]/", "[::1]:80/", "UPPER/", "a.b:1/", "a..b/", "ghcr.io:/", "x_y.z/", "gcr.io./"],
);

const path = fc
  .array(
    fc.oneof(
      fc.constantFrom("library", "acme-prod", "a", "a.b", "a_b", "a__b", "a---b", "a___b", "a.", "A", "", "é", "acme"),
      fc.stringMatching(/^[a-z0-9]{1,12}$/),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join("/"));

const tag = fc.oneof(
  fc.constantFrom(
    "",
    "",
    ":latest",
    ":1.25-alpine",
    ":_x",
    ":-x",
    ":",
    `:${"t".repeat(128)}`,
    `:${"t".repeat(129)}`,
    ":a:b",
  ),
  fc.stringMatching(/^:[\w.-]{1,8}$/),
);

const digest = fc.constantFrom(
  ...["", "", "", `@sha256:${HEX.repeat(4)}`, `@sha512:${HEX.repeat(8)}`, `@sha384:${HEX.repeat(6)}`],
  ...[`@blake3:${HEX.repeat(4)}`, "@sha256:12", `@sha256:${HEX.repeat(4).toUpperCase()}`, `@md5:${HEX}`, "@", "@@a"],
);

/** Names of images, right ones and wrong ones. */
export function imageNames(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.tuple(host, path, tag, digest).map((parts) => parts.join("")) },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
    { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."aA0:/@._-[]\n \\'`"), maxLength: 20 }) },
    { weight: 1, arbitrary: fc.nat({ max: 300 }).map((length) => `gcr.io/${"a".repeat(length)}`) },
    { weight: 1, arbitrary: fc.constantFrom(HEX.repeat(4), HEX.repeat(3), `${HEX.repeat(4)}:1`, "a".repeat(1025)) },
  );
}
