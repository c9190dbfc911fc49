import { expect } from "chai";
import * as fc from "fast-check";
import {
  passwordSecretVersion,
  remoteSource,
  RemoteUpstream,
  remoteUpstream,
  secretOf,
  upstreamKey,
} from "../../../core/registry/upstreams";

describe("upstreams of remote repositories", () => {
  it("are the well-known ones and other https addresses", () => {
    for (const upstream of [
      ...Object.values(RemoteUpstream),
      "https://registry.acme.example:5000",
      "https://us-docker.pkg.dev/acme-images/apps",
      "https://registry-1.docker.io",
    ])
      expect(remoteUpstream(upstream), upstream).to.equal(undefined);
    for (const upstream of [
      "",
      "quay.io",
      "http://quay.io",
      "ftp://quay.io",
      "https://",
      "https://quay.io?x=1",
      "docker.io",
    ])
      expect(remoteUpstream(upstream), upstream).to.include("must be RemoteUpstream.DockerHub or an address");
  });

  it("name Docker Hub by its own name alone", () => {
    for (const host of ["docker.io", "index.docker.io", "hub.docker.com"])
      expect(remoteUpstream(`https://${host}`)).to.equal(
        `must be RemoteUpstream.DockerHub for Docker Hub, since ${host} is not the address of its registry`,
      );
    expect(remoteSource(RemoteUpstream.DockerHub)).to.deep.equal({
      dockerRepository: { publicRepository: "DOCKER_HUB" },
    });
    expect(remoteSource(RemoteUpstream.Quay)).to.deep.equal({ commonRepository: { uri: "https://quay.io" } });
  });

  it("never show a password", () => {
    const password = fc.stringMatching(/^[A-Z0-9]{8,20}$/);
    const form = fc.constantFrom(
      (secret: string) => `https://acme:${secret}@ghcr.io`,
      (secret: string) => `https://${secret}@ghcr.io/acme`,
      (secret: string) => `http://acme:${secret}@ghcr.io`,
      (secret: string) => `acme:${secret}@ghcr.io`,
      (secret: string) => `https://ghcr.io/?token=${secret}`,
      (secret: string) => `https://acme:${secret}/x@ghcr.io`,
    );
    fc.assert(
      fc.property(password, form, (secret, written) => {
        expect(remoteUpstream(written(secret)))
          .to.be.a("string")
          .and.not.include(secret);
        expect(passwordSecretVersion(secret)).to.be.a("string").and.not.include(secret);
      }),
    );
  });

  it("take the password from a version of a secret", () => {
    for (const version of ["projects/p/secrets/s/versions/1", "projects/123/secrets/s/versions/latest"])
      expect(passwordSecretVersion(version)).to.equal(undefined);
    for (const version of ["projects/p/secrets/s", "projects/p/secrets/s/versions/", "p/s/1"])
      expect(passwordSecretVersion(version)).to.include("must be a secret's version");
    expect(secretOf("projects/p/secrets/s/versions/1")).to.equal("projects/p/secrets/s");
  });
});

describe("upstreams of virtual repositories", () => {
  const rule = upstreamKey({ keys: ["apps", "hub", "all"], virtual: ["all"] });

  it("are the other repositories that are not virtual", () => {
    expect([rule("apps"), rule("hub")]).to.deep.equal([undefined, undefined]);
    expect(rule("all")).to.include("must not be a virtual repository");
    expect(rule("quay")).to.include('(apps, hub), got "quay"');
    expect(upstreamKey({ keys: ["all"], virtual: ["all"] })("hub")).to.include("(there is none)");
  });
});
