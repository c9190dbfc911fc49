import { expect } from "chai";
import { Purpose } from "../../../core/scan/imageUse";
import { knownName } from "../../../core/scan/openName";
import { firstPartyBy, firstPartyPrefix, ownBy, Party, partyOf } from "../../../core/scan/parties";

function place(reference: string, purpose: Purpose = Purpose.Pull) {
  return { reference, purpose, ...knownName(reference, /[${]/.test(reference)) };
}

describe("Whose an image is", () => {
  const isFirst = firstPartyBy(["*-docker.pkg.dev", "gcr.io/acme", "registry.acme.example:5000"]);
  const made = ownBy([
    place("web", Purpose.Build),
    place("gcr.io/$PROJECT_ID/api:$SHORT_SHA", Purpose.Push),
    place("$IMAGE", Purpose.Build),
    place("${PREFIX}tools:latest", Purpose.Build),
    place("r.example/$NAME:$TAG", Purpose.Build),
    place("nginx"),
  ]);
  const partyIs = (reference: string) => partyOf(place(reference), made, isFirst);

  it("is the repository's own where it builds or pushes the name, whatever the version", () => {
    for (const name of [
      "web",
      "web:2",
      "docker.io/library/web",
      "gcr.io/${PROJECT}/api",
      "gcr.io/{{ .P }}/api:1",
      "${X}tools",
      "r.example/$1:$2",
    ])
      expect(partyIs(name), name).to.equal(Party.Own);
    for (const name of ["webs", "acme/web", "ghcr.io/web", "nginx"]) expect(partyIs(name), name).to.equal(Party.Third);
  });

  it("is one's own where the registry is; gcr.io by its name alone is not", () => {
    for (const name of [
      "europe-docker.pkg.dev/p/r/x",
      "gcr.io/acme/x",
      "gcr.io/acme",
      "registry.acme.example:5000/x",
      "europe-docker.pkg.dev/${P}/r/x",
      "europe-docker.pkg.dev/$1/r/x:$2",
    ])
      expect(partyIs(name), name).to.equal(Party.First);
    for (const name of [
      "gcr.io/distroless/static",
      "gcr.io/acme-other/x",
      "registry.acme.example/x",
      "docker.pkg.dev.evil.example/x",
    ])
      expect(partyIs(name), name).to.equal(Party.Third);
  });

  it("is not known where variables hide the registry, or all of the name", () => {
    for (const name of ["$REGISTRY/nginx", "$OTHER", "{{ .Values.image }}"])
      expect(partyIs(name), name).to.equal(Party.Unknown);
  });

  it("has prefixes that are registries", () => {
    for (const prefix of [
      "gcr.io/acme-prod",
      "*-docker.pkg.dev",
      "registry.acme.example:5000/team/x",
      "*.acme.example",
    ])
      expect(firstPartyPrefix(prefix), prefix).to.equal(undefined);
    for (const prefix of ["", "*", "acme", "https://gcr.io/acme", "gcr.io/", "gcr.io/*"])
      expect(firstPartyPrefix(prefix), prefix).to.match(/^must be a registry/);
  });
});
