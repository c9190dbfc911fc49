import { expect } from "chai";
import {
  keyLocation,
  readRepositoryUrl,
  registryLocation,
  repositoryAddress,
  repositoryName,
  repositoryUrl,
} from "../../../core/registry/addresses";

describe("addresses of repositories", () => {
  it("are host, project and repository", () => {
    expect(repositoryUrl({ location: "europe-west1", project: "acme-images", repositoryId: "apps" })).to.equal(
      "europe-west1-docker.pkg.dev/acme-images/apps",
    );
    expect(repositoryName({ location: "us", project: "acme-images", repositoryId: "apps" })).to.equal(
      "projects/acme-images/locations/us/repositories/apps",
    );
  });

  it("write the project of a domain as a path", () => {
    expect(repositoryUrl({ location: "us", project: "acme.example:images", repositoryId: "apps" })).to.equal(
      "us-docker.pkg.dev/acme.example/images/apps",
    );
  });

  it("are in regions and the three multi-regions", () => {
    for (const place of ["us", "europe", "asia", "europe-west1", "northamerica-northeast2", "us-central1"])
      expect(registryLocation(place), place).to.equal(undefined);
    for (const place of ["eu", "US", "europe-west1-b", "global", ""])
      expect(registryLocation(place), place).to.include("must be a region");
  });

  it("are read as they are written", () => {
    for (const project of ["acme-images", "acme.example:images"])
      for (const location of ["us", "europe-west1"]) {
        const address = { location, project, repositoryId: "apps" };
        expect(readRepositoryUrl(repositoryUrl(address))).to.deep.equal(address);
      }
  });

  for (const wrong of [
    "",
    "apps",
    "docker.io/library/nginx",
    "europe-west1-docker.pkg.dev/acme-images",
    "europe-west1-docker.pkg.dev/acme-images/apps/nginx",
    "europe-west1-docker.pkg.dev/acme.example:images/apps",
    "europe-west1-docker.pkg.dev/acme-images/apps:1",
    "https://europe-west1-docker.pkg.dev/acme-images/apps",
    "europe-docker.pkg.dev.example/acme-images/apps",
  ])
    it(`are not ${JSON.stringify(wrong)}`, () =>
      expect(repositoryAddress(wrong)).to.equal(
        `must be a repository of Artifact Registry as LOCATION-docker.pkg.dev/PROJECT/REPOSITORY, got ${JSON.stringify(wrong)}`,
      ));

  it("want their key beside them", () => {
    const key = (at: string) => `projects/k/locations/${at}/keyRings/r/cryptoKeys/c`;
    expect(keyLocation({ kmsKey: key("us"), location: "us" })).to.equal(undefined);
    expect(keyLocation({ kmsKey: key("global"), location: "us" })).to.include("in us, got one in global");
  });
});
