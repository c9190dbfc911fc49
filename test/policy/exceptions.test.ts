import { expect } from "chai";
import {
  type Exception,
  isAbout,
  lapsesSoon,
  quoted,
  readExceptions,
  verdictOn,
  warningsOf,
} from "../../policy/exceptions";

const WEB = { urn: "urn:pulumi:dev::acme::gcp:compute/image:Image::web", name: "web" };
const until = (day: string, resource = "web"): Exception => ({ resource, reason: "moves in spring", until: day });

describe("exceptions", () => {
  it("are read when they have a resource, a reason and a day", () => {
    expect(readExceptions(undefined)).to.deep.equal({ exceptions: [], problems: [] });
    expect(readExceptions([until("2027-01-31")])).to.deep.equal({ exceptions: [until("2027-01-31")], problems: [] });
  });

  it("are told all that is wrong with them, and what is wrong excuses nothing", () => {
    const { exceptions, problems } = readExceptions([
      until("2027-01-31"),
      { resource: "web", until: "2027-01-31" },
      { resource: "web", reason: " ", until: "2027-02-30" },
      { resource: "web", reason: "r", until: "31.1.2027", owner: "ada" },
      "web",
    ]);
    expect(exceptions).to.deep.equal([until("2027-01-31")]);
    expect(problems).to.deep.equal([
      "exceptions[1].reason: must be a text that is not empty",
      "exceptions[2].reason: must be a text that is not empty",
      "exceptions[2].until: must be a day such as 2027-01-31",
      "exceptions[3].until: must be a day such as 2027-01-31",
      'exceptions[3]: "owner" is none of its fields',
      "exceptions[4]: must be an object with resource, reason, until",
    ]);
    expect(readExceptions({}).problems).to.deep.equal(["exceptions: must be a list"]);
  });

  it("name resources by logical name or URN, with * for any text", () => {
    for (const pattern of [
      "web",
      "*",
      "w*",
      "*b",
      "w*b",
      "**",
      WEB.urn,
      "urn:*::gcp:compute/image:Image::web",
      "*Image*",
    ])
      expect(isAbout(until("2027-01-31", pattern), WEB), pattern).to.equal(true);
    for (const pattern of ["", "we", "eb", "web*web", "*x*", "w*e", "Web", "urn:*::db", "w.b"])
      expect(isAbout(until("2027-01-31", pattern), WEB), pattern).to.equal(false);
  });

  it("match a hostile pattern in no time", () => {
    expect(isAbout(until("2027-01-31", "*a".repeat(20_000)), { urn: "a".repeat(19_999), name: "b" })).to.equal(false);
  });

  it("excuse up to and including their last day", () => {
    expect(verdictOn(WEB, [until("2027-01-31")], "2027-01-31")).to.deep.equal({ excused: true });
    const late = verdictOn(WEB, [until("2027-01-30"), until("2027-01-31")], "2027-02-01");
    expect(late).to.deep.equal({ excused: false, lapsed: until("2027-01-31") });
    expect(verdictOn(WEB, [until("2027-01-31"), until("2027-02-28")], "2027-02-01")).to.deep.equal({ excused: true });
    expect(verdictOn(WEB, [until("2027-01-31", "db")], "2026-11-01")).to.deep.equal({
      excused: false,
      lapsed: undefined,
    });
  });

  it("warn from thirty days before", () => {
    expect(lapsesSoon(until("2027-01-31"), "2026-12-31")).to.equal(false);
    for (const today of ["2027-01-01", "2027-01-31"])
      expect(lapsesSoon(until("2027-01-31"), today), today).to.equal(true);
    expect(lapsesSoon(until("2027-01-31"), "2027-02-01")).to.equal(false);
  });

  it("warn of those that end soon and of those about nothing", () => {
    expect(
      warningsOf([until("2027-01-31"), until("2027-12-31"), until("2027-12-31", "db-*")], [WEB], "2027-01-15"),
    ).to.deep.equal([
      {
        message:
          'The exception for "web" lapses on 2027-01-31 ("moves in spring"). Mend the resource by then, or agree on a later day.',
        urn: WEB.urn,
      },
      { message: 'The exception for "db-*" is about no resource of this stack. Delete it.' },
    ]);
  });

  it("show the user's text without what moves a terminal, and not without end", () => {
    expect(quoted("a\u001b[31m\u202eb\n")).to.equal('"a [31m b "');
    expect(quoted("x".repeat(1000))).to.have.length(202);
  });
});
