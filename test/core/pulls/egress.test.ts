import { expect } from "chai";
import { clusterPath, egressName } from "../../../core/pulls/egress";

describe("clusterPath", () => {
  for (const good of [
    "acme-shop/europe-west1/shop",
    "acme-shop/us-central1-a/s",
    "acme.example:acme-shop/asia-east1/shop-1",
  ])
    it(`takes ${good}`, () => expect(clusterPath(good)).to.equal(undefined));

  for (const wrong of [
    "",
    "shop",
    "acme-shop/shop",
    "acme-shop/europe/shop",
    "acme-shop/europe-west1/Shop",
    "acme-shop/europe-west1/shop/x",
  ])
    it(`refuses "${wrong}"`, () => expect(clusterPath(wrong)).to.include("as PROJECT/LOCATION/CLUSTER"));
});

describe("egressName", () => {
  for (const good of ["nat-europe", "203.0.113.7", "2001:db8::1", "projects/p/routers/r"])
    it(`takes ${good}`, () => expect(egressName(good)).to.equal(undefined));

  for (const wrong of ["", "*", "-a", "a b", "a'b", "a".repeat(201)])
    it(`refuses "${wrong.slice(0, 10)}"`, () => expect(egressName(wrong)).to.match(/^must /));
});
