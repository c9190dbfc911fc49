import { expect } from "chai";
import * as fc from "fast-check";
import {
  cleanupAge,
  cleanupPolicies,
  cleanupShape,
  type CleanupSpec,
  keepNewest,
  tagPrefix,
} from "../../../core/registry/cleanup";

const ages = fc.integer({ min: 1, max: 3650 }).map((days) => `${days}d`);
const prefixes = fc.array(fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/), { minLength: 1, maxLength: 3 });
const specs: fc.Arbitrary<CleanupSpec> = fc.record(
  {
    keepNewest: fc.integer({ min: 1, max: 10_000 }),
    keepTagPrefixes: prefixes,
    deleteUntaggedAfter: ages,
    deleteOlderThan: ages,
    deleteTagged: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,6}$/),
      fc.record({ tagPrefixes: prefixes, olderThan: ages }),
      { maxKeys: 8 },
    ),
  },
  { requiredKeys: [] },
);

describe("cleanup policies", () => {
  it("say each thing that is asked for once, under an id of its own", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const { deleteTagged = {}, ...others } = spec;
        const policies = cleanupPolicies(spec);
        expect(policies).to.have.length(Object.keys(others).length + Object.keys(deleteTagged).length);
        expect(new Set(policies.map(({ id }) => id)).size).to.equal(policies.length);
      }),
    );
  });

  it("have either a condition or a number of versions, and delete by age alone", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        for (const { action, condition, mostRecentVersions } of cleanupPolicies(spec)) {
          expect([condition, mostRecentVersions].filter((part) => part !== undefined)).to.have.length(1);
          if (action === "DELETE") expect(condition?.olderThan).to.match(/^[0-9]+s$/);
          else expect(condition?.olderThan).to.equal(undefined);
        }
      }),
    );
  });

  it("do not depend on the order in which they are written", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const deleteTagged = spec.deleteTagged && Object.fromEntries(Object.entries(spec.deleteTagged).reverse());
        const reversed = Object.fromEntries(Object.entries({ ...spec, deleteTagged }).reverse());
        expect(cleanupPolicies(reversed)).to.deep.equal(cleanupPolicies(spec));
      }),
    );
  });

  it("are none where nothing is asked for", () => {
    expect(cleanupPolicies({})).to.deep.equal([]);
  });
});

describe("rules for cleanup", () => {
  it("accept up to ten policies that delete something", () => {
    fc.assert(
      fc.property(specs, (spec) => {
        const policies = cleanupPolicies(spec);
        const fine = policies.length <= 10 && policies.some(({ action }) => action === "DELETE");
        expect(cleanupShape(spec) === undefined).to.equal(fine);
      }),
    );
  });

  it("hold the limits of ages, numbers and prefixes", () => {
    expect([cleanupAge("1d"), cleanupAge("24h"), keepNewest(1), keepNewest(10_000), tagPrefix("v")]).to.deep.equal(
      Array(5).fill(undefined),
    );
    expect(cleanupAge("23h")).to.include("at least 1d");
    expect(cleanupAge("P1M")).to.include("must be a duration");
    expect(keepNewest(10_001)).to.include("from 1 to 10000");
    expect(tagPrefix("-v")).to.include("beginning of a tag");
    expect(tagPrefix("a".repeat(129))).to.include("beginning of a tag");
  });
});
