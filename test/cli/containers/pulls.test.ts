import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { adviceFor } from "../../../cli/containers/pulls/advice";
import { csvOf, jsonOf, tableOf } from "../../../cli/containers/pulls/formats";
import { type PullRow, pullsReport } from "../../../core/pulls/pullsReport";
import { readPulls } from "../../../core/pulls/readPulls";
import { PullView } from "../../../core/pulls/views";
import { type BigQueryFake } from "../../../testing/bigquery";
import { faults } from "../../../testing/compute";
import { expectGolden } from "../../support/golden";
import { ANSWERS, iso } from "../../support/pullAnswers";
import { answerOf, DATASET, goldenOf, pulls, shortened, startPulls, viewOf } from "../../support/pullsFake";
import { DAY, NOW, pullYear } from "../../support/pullYear";

const YEAR = pullYear();

describe("what kiln containers pulls prints", () => {
  const answer = (view: PullView) => {
    const rows = ANSWERS[view](YEAR.pulls) as PullRow[];
    const period = { dataset: DATASET, from: iso(NOW - 400 * DAY), to: iso(NOW) };
    return { view, rows, report: pullsReport(view === PullView.Image ? rows : [], period) };
  };

  for (const view of Object.values(PullView))
    it(`shows ${view} as a table`, () => expectGolden(shortened(tableOf(answer(view))), goldenOf(view)));

  for (const view of [PullView.Image, PullView.Budget])
    it(`shows ${view} as docs/pulls.md has it`, () => {
      const page = readFileSync(join(__dirname, "../../../docs/pulls.md"), "utf8");
      expect(page).to.include(`\n\`\`\`text\n${tableOf(answer(view))}\`\`\`\n`);
    });

  it("is a report by image, and the rows of other views", () => {
    const { document, problems } = readPulls("pulls.json", jsonOf(answer(PullView.Image)));
    expect(problems).to.deep.equal([]);
    expect(document?.unreadable).to.equal(15);
    expect(document?.images.map(({ thirdParty }) => thirdParty)).to.deep.equal([
      ...Array<boolean>(9).fill(true),
      ...Array<boolean>(3).fill(false),
    ]);
    const budget = JSON.parse(jsonOf(answer(PullView.Budget))) as { rows: object[] };
    expect(budget).to.deep.include({ dataset: DATASET, view: "budget", to: "2026-11-20T12:00:00.000Z" });
    expect(budget.rows).to.have.deep.members(ANSWERS.budget(YEAR.pulls));
  });

  it("is the columns of a view for spreadsheets, lists apart by spaces, formulas as text", () => {
    const rows = [{ image: "=1+1", clusters: ["a", "b"], pulls: 2, done_since: null, third_party: true }];
    const { report } = answer(PullView.Tracker);
    expect(csvOf({ view: PullView.Tracker, rows, report })).to.equal(
      "image,clusters,pulls,done_since,third_party\r\n'=1+1,a b,2,,true\r\n",
    );
    expect(csvOf({ view: PullView.Tracker, rows: [], report })).to.equal("");
  });

  it("gives advice where there is something to do", () => {
    const asked = { dataset: DATASET, billingProject: "acme-bill", days: 30 };
    const advice = (message: string, status?: number, reason?: string) =>
      adviceFor({ message, status, reason, isTimeout: false, isTransient: false }, asked);
    expect(advice("Access Denied: User does not have bigquery.jobs.create permission", 403)).to.include(
      "roles/bigquery.jobUser on acme-bill",
    );
    expect(advice("Access Denied: Dataset", 403)).to.include("roles/bigquery.dataViewer on the dataset acme-logs");
    expect(advice("Not found: Dataset acme-logs:x", 404)).to.include("look whether --dataset is the right one");
    expect(advice("Query exceeded", 400, "bytesBilledLimitExceeded")).to.include("ask for fewer --days");
    expect(advice("Unrecognized name", 400, "invalidQuery")).to.equal("");
  });
});

describe("kiln containers pulls", () => {
  let fake: BigQueryFake;

  beforeEach(async () => {
    // Answers with what truly happened; the SQL itself is run in .ci/checks.
    fake = await startPulls((sql) => answerOf(ANSWERS[viewOf(sql)](YEAR.pulls)));
  });

  afterEach(async () => {
    await fake.close();
    expect(fake.violations).to.deep.equal([]);
  });

  it("prints what BigQuery answers, and ends with 3 where --check finds third-party pulls", async () => {
    const { code, stdout, stderr } = await pulls(fake, "--days", "400", "--check");
    expect([code, stderr]).to.deep.equal([3, ""]);
    expectGolden(shortened(stdout), goldenOf(PullView.Image));
    expect(fake.queries[0]).to.include("TIMESTAMP '2026-11-20T12:00:00.000Z'");
  });

  it("says what is wrong, as text that no terminal obeys", async () => {
    const message = "Access Denied: \u001b[31mDataset";
    fake.inject({ method: "datasets.get", fault: faults.status(403, { reason: "accessDenied", message }) });
    const { code, stderr } = await pulls(fake);
    expect(code).to.equal(1);
    expect(stderr).to.include(`\nask for roles/bigquery.dataViewer on the dataset ${DATASET}\n`);
    expect(stderr).to.not.include("\u001b");
  });

  it("refuses to compare two weeks in less than two", async () => {
    const { code, stderr } = await pulls(fake, "--view", "tracker", "--days", "7");
    expect([code, stderr]).to.deep.equal([2, "error: --view tracker compares two weeks: give --days 14 or more\n"]);
  });
});
