import { expect } from "chai";
import fc from "fast-check";
import { withDefaultRules } from "../../../core/migration/defaultRules";
import { destinationOf, type Mapping, ruleFor, sourceOf } from "../../../core/migration/mapping";
import { MigrationMode } from "../../../core/migration/migrationPlan";
import { ModeChoice } from "../../../core/migration/modes";
import { readRegistryName, sourceName } from "../../../core/migration/names";
import { readReference, type Reference } from "../../../core/reference/reference";

const PLACE = { location: "europe-west1", project: "acme-images" };
const BASE = "europe-west1-docker.pkg.dev/acme-images";
const SHA = `sha256:${"a".repeat(64)}`;

function read(name: string): Reference {
  const { reference, problem } = readReference(name);
  if (!reference) throw new Error(`${name} ${problem}`);
  return reference;
}

const component = fc.stringMatching(/^[a-z0-9]{1,3}([._-][a-z0-9]{1,2})?$/);
const path = fc.array(component, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const domain = fc.oneof(
  fc.constantFrom(
    "docker.io",
    "ghcr.io",
    "quay.io",
    "registry.k8s.io",
    "localhost:5000",
    "[2001:db8::1]",
    "[2001:db8:1]",
    "A.b",
  ),
  fc.constantFrom(
    "a.b",
    "a-b.c",
    "a.b-c",
    "a.b.c",
    "a--b.c",
    "a-b:1",
    "a.b:1",
    "10.0.0.1",
    "10.0.0.1:80",
    "A-b:1",
    "registry-1.a",
  ),
  fc.constantFrom("docker-io.remote", "docker.io.remote", `${"long.".repeat(20)}io`, `${"long.".repeat(20)}io:1`),
);
const version = fc.constantFrom("", ":1", ":latest", ":2.0-x", `@${SHA}`, `:1@${SHA}`);
const image = fc.tuple(domain, path, version).map(([host, name, tag]) => read(`${host}/${name}${tag}`));
const images = fc.array(image, { minLength: 1, maxLength: 12 });

/** The rules that Kiln writes itself, and where they put the images. */
function mapped(sources: readonly Reference[], mode: MigrationMode) {
  const choice = mode === MigrationMode.Copy ? ModeChoice.Copy : ModeChoice.Remote;
  const mapping: Mapping = { destination: PLACE, rules: withDefaultRules([], sources, choice) };
  const places = sources.map((source) => {
    const isRemote = mode === MigrationMode.Remote && ruleFor(mapping.rules, `${source.domain}/`)?.remote !== undefined;
    return destinationOf(mapping, source, isRemote ? MigrationMode.Remote : MigrationMode.Copy).destination;
  });
  return { mapping, places };
}

describe("mapping", () => {
  const rules = [
    { prefix: "docker.io", repository: "hub", remote: "hub-remote" },
    { prefix: "docker.io/library", repository: "official", path: "mirror/hub" },
    { prefix: "ghcr.io/acme", repository: "acme" },
    { prefix: "ghcr.io/acme/app", repository: "apps", path: "app" },
  ];
  const placeOf = (name: string, mode: MigrationMode = MigrationMode.Copy) => {
    const { destination, problem } = destinationOf({ destination: PLACE, rules }, read(name), mode);
    return destination?.replace(`${BASE}/`, "") ?? problem;
  };

  it("takes the rule with the longest prefix, at slashes alone", () => {
    expect(placeOf("grafana/grafana:1")).to.equal("hub/grafana/grafana:1");
    expect(placeOf("nginx:1")).to.equal("official/mirror/hub/nginx:1");
    expect(placeOf("libraryx/nginx:1")).to.equal("hub/libraryx/nginx:1");
    expect(placeOf("ghcr.io/acme/app:1")).to.equal("apps/app:1");
    expect(placeOf("ghcr.io/acme/app/x:1")).to.equal("apps/app/x:1");
    expect(placeOf("ghcr.io/acme/application:1")).to.equal("acme/application:1");
    expect(placeOf("ghcr.io/acme2/app:1")).to.contain("write one for ghcr.io");
  });

  it("leaves the path alone in a remote repository, whose images are named as upstream", () => {
    expect(placeOf("grafana/grafana:1", MigrationMode.Remote)).to.equal("hub-remote/grafana/grafana:1");
    expect(placeOf("nginx:1", MigrationMode.Remote)).to.contain("names no remote repository");
    expect(placeOf(`a/b@${SHA}`, MigrationMode.Remote)).to.equal(`hub-remote/a/b@${SHA}`);
  });

  it("says what is wrong with names that are too long or empty", () => {
    expect(placeOf(`grafana/${"a".repeat(240)}:1`)).to.contain("at most 255 characters");
    const whole = [{ prefix: "docker.io/library/nginx", repository: "nginx" }];
    expect(destinationOf({ destination: PLACE, rules: whole }, read("nginx:1"), MigrationMode.Copy).problem).to.contain(
      "needs a path",
    );
  });

  it("writes the project of a domain as two parts", () => {
    const place = { location: "us", project: "example.com:images" };
    const { destination } = destinationOf(
      { destination: place, rules },
      read("ghcr.io/acme/web:1"),
      MigrationMode.Copy,
    );
    expect(destination).to.equal("us-docker.pkg.dev/example.com/images/acme/web:1");
    expect(readRegistryName(destination ?? "").name).to.include({
      ...place,
      repositoryId: "acme",
      path: "web",
      tag: "1",
    });
  });

  it("does not go back where rules put two images at one place", () => {
    const twice = [
      { prefix: "ghcr.io", repository: "all" },
      { prefix: "quay.io", repository: "all" },
    ];
    const plan = { destination: PLACE, rules: twice, images: [] };
    expect(sourceOf(plan, read(`${BASE}/all/a/b:1`))).to.equal(undefined);
    const planned = { source: "quay.io/a/b:1", destination: `${BASE}/all/a/b:1` };
    expect(sourceOf({ ...plan, images: [planned] }, read(`${BASE}/all/a/b:2`))).to.equal("quay.io/a/b:2");
    expect(sourceOf(plan, read(`${BASE}/other/a/b:1`))).to.equal(undefined);
  });

  for (const mode of Object.values(MigrationMode)) {
    it(`is injective, valid and reversible by the rules that Kiln writes: ${mode}`, () => {
      fc.assert(
        fc.property(images, (sources) => {
          const { mapping, places } = mapped(sources, mode);
          expect(new Set(places).size).to.equal(
            new Set(sources.map((source) => `${source.domain} ${sourceName(source)} ${source.tag}`)).size,
          );
          for (const [index, place] of places.entries()) {
            expect(readRegistryName(place ?? "").problem).to.equal(undefined);
            const back = sourceOf({ ...mapping, images: [] }, read(place ?? ""));
            expect(back && sourceName(read(back))).to.equal(sourceName(sources[index]));
          }
        }),
        { numRuns: 60 },
      );
    });

    it(`depends on no order: ${mode}`, () => {
      fc.assert(
        fc.property(images, (sources) => {
          expect(mapped([...sources].reverse(), mode).places.reverse()).to.deep.equal(mapped(sources, mode).places);
        }),
        { numRuns: 30 },
      );
    });
  }
});
