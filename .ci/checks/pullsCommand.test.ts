import { expect } from "chai";
import { EVENTS_SCHEMA } from "../../core/pulls/events";
import { pullsQuery } from "../../core/pulls/pullsQuery";
import { readPulls } from "../../core/pulls/readPulls";
import { PullView } from "../../core/pulls/views";
import { type BigQueryFake } from "../../testing/bigquery";
import { expectGolden } from "../../test/support/golden";
import { describeWithGoogleSql, GoogleSql, type Row } from "../../test/support/googleSql";
import { dayOf, FIRST_PARTY, iso, NAT } from "../../test/support/pullAnswers";
import { DATASET, goldenOf, pulls, shortened, startPulls } from "../../test/support/pullsFake";
import { DAY, NOW, pullYear } from "../../test/support/pullYear";

const YEAR = pullYear();
const BASE = pullsQuery({ tables: [`\`${DATASET}.events\``], firstParty: FIRST_PARTY, egress: NAT });

describeWithGoogleSql("kiln containers pulls, with a BigQuery whose SQL is Google's own", () => {
  let sql: GoogleSql;
  let fake: BigQueryFake;

  const suffix = (row: Row) => ({ ...row, _TABLE_SUFFIX: dayOf(row.timestamp as number).replaceAll("-", "") });
  const tables = {
    [`${DATASET}.events`]: { columns: EVENTS_SCHEMA, rows: YEAR.entries },
    [`${DATASET}.events_*`]: {
      columns: [...EVENTS_SCHEMA, { name: "_TABLE_SUFFIX", type: "STRING", mode: "NULLABLE" } as const],
      rows: YEAR.entries.map(suffix),
      pseudo: ["_TABLE_SUFFIX"],
    },
  };
  /** A query over the view `pulls` has it before it; all else is as BigQuery gets it. */
  const answer = (query: string) => {
    const view = `\`${DATASET}.pulls\``;
    return sql.query(
      query.includes(view) ? `WITH ${view} AS (\n${BASE}\n)\nSELECT * FROM (\n${query}\n)` : query,
      tables,
    );
  };

  before(async () => {
    sql = await GoogleSql.start();
  });

  after(() => sql.stop());

  afterEach(async () => {
    await fake.close();
    expect(fake.violations).to.deep.equal([]);
  });

  for (const view of Object.values(PullView))
    it(`shows ${view} as it truly was`, async () => {
      fake = await startPulls(answer, { polls: 1, pageSize: 300 });
      const { code, stdout, stderr } = await pulls(fake, "--view", view, "--days", "400");
      expect([code, stderr]).to.deep.equal([0, ""]);
      expectGolden(shortened(stdout), goldenOf(view));
    });

  it("reads a dataset without views, a table a day as well, and takes own names from the command line", async () => {
    const events = { name: "events", type: "TABLE" as const };
    const shard = { name: "events_20261120", type: "TABLE" as const };
    for (const tables of [[events], [shard]]) {
      fake = await startPulls(answer, { datasets: { [DATASET]: { location: "EU", tables } } });
      const { stdout } = await pulls(fake, "--format", "json", "--first-party", "gcr.io/acme-prod");
      const { document, problems } = readPulls("pulls.json", stdout);
      expect(problems).to.deep.equal([]);
      const inPeriod = YEAR.pulls.filter(({ at }) => at >= NOW - 30 * DAY && at < NOW);
      const of = (image: string) => inPeriod.filter((pull) => pull.image === image);
      expect(document?.images.map(({ image, pulls }) => [image, pulls])).to.have.deep.members(
        [...new Set(inPeriod.flatMap(({ image = [] }) => image))].map((image) => [image, of(image).length]),
      );
      expect(document?.images.find(({ image }) => image === "gcr.io/acme-prod/api:v2")?.thirdParty).to.equal(false);
      await fake.close();
    }
    fake = await startPulls(answer);
  });

  it("is at zero once nothing third-party is pulled any more", async () => {
    fake = await startPulls(answer);
    const later = ["--until", iso(NOW + 8 * DAY)];
    const pulled = await pulls(fake, "--view", "tracker", "--check");
    const done = await pulls(fake, "--view", "tracker", "--check", ...later);
    expect([pulled.code, done.code]).to.deep.equal([3, 0]);
    expect(done.stdout).to.include("9 of 9 third-party images done; 0 still pulled");
  });

  it("says what to look at where there is nothing, nobody, or not that dataset", async () => {
    const events = [{ name: "events", type: "TABLE" as const }];
    const datasets = {
      [DATASET]: { location: "EU", tables: events },
      "acme-logs.empty": { location: "EU", tables: [] },
    };
    fake = await startPulls(answer, { datasets });
    const none = await pulls(fake, "--until", "2020-01-01T00:00:00Z");
    const empty = await pulls(fake, "--dataset", "acme-logs.empty");
    const absent = await pulls(fake, "--dataset", "acme-logs.other");
    const nobody = await pulls(undefined);
    expect([none, empty, absent, nobody].map(({ code }) => code)).to.deep.equal([0, 1, 1, 1]);
    expect(none.stderr).to.include("has no pulls of the last 30 days\nlook whether a log sink writes there");
    expect(empty.stderr).to.include("error: acme-logs.empty has no table events and none events_YYYYMMDD");
    expect(absent.stderr).to.include("error: HTTP 404: Not found: Dataset acme-logs:other\nlook whether --dataset");
    expect(nobody.stderr).to.include("sign in: gcloud auth application-default login");
  });
});
