import { join } from "node:path";
import { expect } from "chai";
import { pullsQuery } from "../../../core/pulls/pullsQuery";
import { sqlPattern, sqlTable, sqlText, sqlTime } from "../../../core/pulls/sqlText";
import { VIEWS } from "../../../core/pulls/views";
import { expectGolden } from "../../support/golden";

const SCOPE = {
  tables: [sqlTable("acme-logs", "image_pull_logs", "events")],
  firstParty: ["*-docker.pkg.dev", "gcr.io/acme-prod"],
  egress: { "acme-shop/europe-west1/shop": "nat-europe" },
};

// What the queries answer is tested with Google's own implementation, in .ci/checks/pullViews.test.ts.
describe("the queries over pull logs", () => {
  it("are these", () => {
    const pulls = sqlTable("acme-logs", "image_pull_logs", "pulls");
    const all = [["pulls", pullsQuery(SCOPE)], ...Object.values(VIEWS).map(({ name, sql }) => [name, sql(pulls)])];
    const text = all.map(([name, sql]) => `-- ${name}\n${sql};\n`).join("\n");
    expectGolden(text, join(__dirname, "views.golden.sql"));
  });

  it("name the days that they need, in both kinds of tables", () => {
    const since = Date.parse("2026-11-01T10:00:00Z");
    const sql = pullsQuery({ ...SCOPE, shards: [sqlTable("acme-logs", "image_pull_logs", "events_*")], since });
    expect(sql.match(/timestamp >= TIMESTAMP '2026-11-01T10:00:00.000Z'/g)).to.have.lengthOf(2);
    expect(sql).to.include("_TABLE_SUFFIX BETWEEN '20261031' AND '99999999'");
  });

  it("take nothing as one's own where nothing is named", () => {
    expect(pullsQuery({ ...SCOPE, firstParty: [] })).to.include("NOT (FALSE)");
  });
});

describe("sqlText", () => {
  it("escapes what would end a text or begin an escape", () => {
    expect(sqlText("a'b\\c\nd\u2028`")).to.equal("'a\\'b\\\\c\\u000ad\\u2028\\`'");
  });

  it("refuses patterns and names that cannot be quoted", () => {
    expect(() => sqlPattern("'")).to.throw("no quote");
    expect(() => sqlTable("a", "b`", "c")).to.throw("no backtick");
    expect(sqlTime(0)).to.equal("TIMESTAMP '1970-01-01T00:00:00.000Z'");
  });
});
