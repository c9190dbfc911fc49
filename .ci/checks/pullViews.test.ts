import { expect } from "chai";
import fc from "fast-check";
import { EVENTS_SCHEMA } from "../../core/pulls/events";
import { pullsQuery } from "../../core/pulls/pullsQuery";
import { sqlTable, sqlText, sqlTime } from "../../core/pulls/sqlText";
import { PullView, VIEWS } from "../../core/pulls/views";
import { canonicalName, readReference } from "../../core/reference/reference";
import { firstPartyBy } from "../../core/scan/parties";
import { describeWithGoogleSql, GoogleSql, type Row } from "../../test/support/googleSql";
import { imageNames } from "../../test/support/imageNames";
import { ANSWERS, dayOf, FIRST_PARTY, iso, NAT, pullRow } from "../../test/support/pullAnswers";
import { DAY, NOW, pullYear } from "../../test/support/pullYear";

const EVENTS = "acme-logs.image_pull_logs.events";
const DAYS = "acme-logs.image_pull_logs.events_*";
const PULLS = sqlTable("acme-logs", "image_pull_logs", "pulls");
const BASE = pullsQuery({ tables: [`\`${EVENTS}\``], firstParty: FIRST_PARTY, egress: NAT });

/** Rows in an order that does not matter, for a comparison of all of them. */
const unordered = (rows: readonly object[]) =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();

/** The columns that the expected rows have. */
function like(rows: readonly Record<string, unknown>[], wanted: readonly object[]) {
  const names = Object.keys(wanted[0]);
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
}

const year = pullYear();
let sql: GoogleSql;
const tables = () => ({ [EVENTS]: { columns: EVENTS_SCHEMA, rows: year.entries } });

describeWithGoogleSql("the views over pull logs, run by Google's GoogleSQL", () => {
  before(async () => {
    sql = await GoogleSql.start();
  });

  after(() => sql.stop());

  it("pulls: each pull once, by its whole name, whatever the log holds besides", async () => {
    const { rows } = await sql.query(BASE, tables());
    const wanted = year.pulls.map(pullRow);
    expect(unordered(like(rows, wanted))).to.deep.equal(unordered(wanted));
  });

  it("pulls: the parts of a name make the name, and what has none shows its message", async () => {
    const { rows } = await sql.query(BASE, tables());
    const [named, nameless] = [true, false].map((is) => rows.filter(({ image }) => (image !== null) === is));
    for (const { image, registry, repository, tag, digest, message } of named as Record<string, string | null>[]) {
      const version = `${tag === null ? "" : `:${tag}`}${digest === null ? "" : `@${digest}`}`;
      expect([`${repository ?? ""}${version}`, message]).to.deep.equal([image, null]);
      expect(repository?.startsWith(`${registry ?? ""}/`)).to.equal(true);
    }
    const parts = ["registry", "repository", "tag", "digest"];
    expect(nameless.flatMap((row) => parts.map((part) => row[part])).filter((part) => part !== null)).to.deep.equal([]);
    const odd = year.entries.filter(({ insertId }) => typeof insertId === "string" && insertId.startsWith("odd-"));
    const messages = odd.map(({ jsonPayload }) => ({ message: (jsonPayload as Row).message ?? null }));
    expect(unordered(like(nameless, messages))).to.deep.equal(unordered(messages));
  });

  for (const [which, { name }] of Object.entries(VIEWS))
    it(`${name}, as it is declared over the view of pulls`, async () => {
      const view = VIEWS[which as PullView].sql(PULLS, sqlTime(NOW));
      const { rows } = await sql.query(`WITH ${PULLS} AS (\n${BASE}\n)\nSELECT * FROM (\n${view}\n)`, tables());
      const wanted = ANSWERS[which as PullView](year.pulls);
      expect(wanted.length).to.be.greaterThan(3);
      expect(unordered(like(rows, wanted))).to.deep.equal(unordered(wanted));
    });

  it("cutover_tracker is at zero once nothing third-party is pulled for seven days", async () => {
    const view = VIEWS[PullView.Tracker].sql(`(\n${BASE}\n)`, sqlTime(NOW + 8 * DAY));
    const { rows } = await sql.query(view, tables());
    expect(rows.filter(({ done_since, last_pull }) => done_since !== last_pull)).to.deep.equal([]);
  });
});

describeWithGoogleSql("the tables under the views, run by Google's GoogleSQL", () => {
  before(async () => {
    sql = await GoogleSql.start();
  });

  after(() => sql.stop());

  const since = NOW - 30 * DAY;
  const columns = [...EVENTS_SCHEMA, { name: "_TABLE_SUFFIX", type: "STRING", mode: "NULLABLE" } as const];
  const sharded = () => {
    const suffix = (row: Row) => dayOf(row.timestamp as number).replaceAll("-", "");
    const rows = year.entries.map((row) => ({ ...row, _TABLE_SUFFIX: suffix(row) }));
    const stray = { ...rows[0], timestamp: NOW, insertId: "stray", _TABLE_SUFFIX: "raw" };
    return { ...tables(), [DAYS]: { columns, rows: [...rows, stray], pseudo: ["_TABLE_SUFFIX"] } };
  };

  for (const scope of [{ tables: [`\`${EVENTS}\``] }, { tables: [], shards: [`\`${DAYS}\``] }])
    it(`a period takes the pulls since then from ${scope.shards ? "a table a day" : "one table"}`, async () => {
      const { rows } = await sql.query(pullsQuery({ ...scope, firstParty: FIRST_PARTY, since }), sharded());
      const wanted = year.pulls
        .filter(({ at }) => at >= since)
        .map(({ at, image = null }) => ({ time: iso(at), image }));
      expect(unordered(like(rows, wanted))).to.deep.equal(unordered(wanted));
    });

  it("what stands in both is one pull, as far as entries have ids", async () => {
    const scope = { tables: [`\`${EVENTS}\``], shards: [`\`${DAYS}\``], firstParty: FIRST_PARTY, since };
    const { rows } = await sql.query(pullsQuery(scope), sharded());
    const nameless = year.entries.filter(({ insertId }) => insertId === null);
    const twice = nameless.filter(({ timestamp }) => (timestamp as number) >= since).length;
    const once = year.pulls.filter(({ at }) => at >= since).length;
    // The events that are no pulls have ids.
    expect(rows).to.have.lengthOf(once + twice);
  });

  it("names: SQL and core/reference agree", async () => {
    const sample = fc.sample(imageNames(), { numRuns: 4000, seed: 20_261_120 });
    const names = sample.filter((name) => !name.includes('"'));
    const entries = names.map((name, at) => {
      const jsonPayload = { reason: "Pulling", message: `Pulling image "${name}"` };
      return { ...year.entries[0], insertId: `name-${at}`, timestamp: at * 1000, jsonPayload };
    });
    const { rows } = await sql.query(BASE, { [EVENTS]: { columns: EVENTS_SCHEMA, rows: entries } });
    const isFirst = firstPartyBy(FIRST_PARTY);
    const wanted = names.map((name, at) => {
      const { reference } = readReference(name);
      const image = reference ? canonicalName(reference) : null;
      const third_party = reference !== undefined && !isFirst(`${reference.domain}/${reference.path}`);
      return { time: iso(at * 1000), image, third_party };
    });
    expect(unordered(like(rows, wanted))).to.deep.equal(unordered(wanted));
    expect(wanted.filter(({ image }) => image !== null).length / names.length).to.be.within(0.15, 0.9);
  });

  it("texts stay texts, whatever is in them", async () => {
    const sample = fc.sample(fc.string({ unit: "grapheme-composite", maxLength: 20 }), { numRuns: 300, seed: 5 });
    const odd = ["'; DROP TABLE x; --", "\\", "\\'", "a\nb", "\u2028", "`", '"""', "\r", "\0", ...sample];
    const { rows } = await sql.query(`SELECT ${odd.map((text, at) => `${sqlText(text)} AS c${at}`).join(", ")}`);
    expect(Object.values(rows[0])).to.deep.equal(odd);
  });
});
