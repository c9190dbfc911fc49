import { expect } from "chai";
import { datasetLocation, DEFAULT_RETENTION, expirationMs, retention } from "../../../core/pulls/retention";

describe("retention of pull logs", () => {
  it("is from a day to as many days as a table has partitions", () => {
    for (const length of ["1d", "24h", "10000d", "P52W", DEFAULT_RETENTION])
      expect(retention(length)).to.equal(undefined);
    for (const length of ["23h", "10001d", "0s"]) expect(retention(length), length).to.include("from 1d to 10000d");
    expect(retention("a year")).to.include("must be a duration");
  });

  it("is given to BigQuery in milliseconds", () => {
    expect(expirationMs("1d")).to.equal(86_400_000);
    expect(Number.isSafeInteger(expirationMs("10000d"))).to.equal(true);
  });

  it("holds in regions and the two multi-regions", () => {
    for (const place of ["EU", "US", "asia-northeast3"]) expect(datasetLocation(place), place).to.equal(undefined);
    for (const place of ["eu", "europe", "europe-west1-b"]) expect(datasetLocation(place), place).to.include("must be");
  });
});
