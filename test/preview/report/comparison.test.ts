import { expect } from "chai";
import { RENDERERS, type Report, reportOf } from "../../../preview";
import { declared, graphOf, urnOf } from "../graphs";

const TOPIC = "gcp:pubsub/topic:Topic";
const MEMBER = "gcp:projects/iAMMember:IAMMember";
const BINDING = "gcp:projects/iAMBinding:IAMBinding";

const linesOf = (report: Report) => RENDERERS.text(report, { color: false }).split("\n");

describe("the text report of a comparison", () => {
  it("shows old URNs, grants, what is newly needed, and outputs", () => {
    const grant = { project: "p", role: "roles/r" };
    const base = graphOf(
      [
        declared(TOPIC, "old"),
        declared(MEMBER, "leaves", { inputs: { ...grant, member: "user:l@x.y" } }),
        declared(MEMBER, "stays", { inputs: { ...grant, member: "user:s@x.y" } }),
      ],
      { outputs: { url: "a" } },
    );
    const head = graphOf(
      [
        declared(TOPIC, "new", { aliases: [urnOf(TOPIC, "old")] }),
        declared(BINDING, "all", { inputs: { ...grant, members: ["user:s@x.y", "user:n@x.y"] } }),
        declared("gcp:storage/bucket:Bucket", "b"),
      ],
      { outputs: {} },
    );
    const lines = linesOf(reportOf(head, { base }));
    expect(lines).to.include.members([
      "Compared with the base: 2 to create, 1 to rename, 2 to delete",
      "  -> gcp:pubsub:Topic new",
      `     was ${urnOf(TOPIC, "old")}`,
      '  ~  output url: "a" → nothing',
      "  -  user:l@x.y loses roles/r on project p",
      "  !  user:s@x.y keeps roles/r on project p, now authoritative",
      "  +  user:n@x.y gets roles/r on project p",
      "  new: API storage.googleapis.com",
      "  new: role roles/storage.admin",
      "  0 unchanged",
      "  user:n@x.y  roles/r  project p, and nobody else (authoritative)",
    ]);
  });

  it("shows where long values differ, and stays short where much differs", () => {
    const long = (end: string) => declared(TOPIC, "t", { inputs: { text: `${"x".repeat(5000)}${end}` } });
    const lines = linesOf(reportOf(graphOf([long("after")]), { base: graphOf([long("before")]) }));
    expect(lines.find((line) => line.includes("~ text"))).to.match(/^ {5}~ text: …x+before" → …x+after"$/);
    const many = graphOf(Array.from({ length: 5000 }, (_, at) => declared(TOPIC, `t${at}`)));
    const all = linesOf(reportOf(many, { base: graphOf([]) }));
    expect(all[2]).to.equal("Compared with the base: 5000 to create");
    expect(all).to.include("  … and 4800 more changes; --format json shows all");
  });

  it("obeys nothing that is in names, values, members and hints", () => {
    const evil = "a\u001b[31mb\u001b]0;title\u0007c\u0000d\ne\u202ef\u009bg";
    const base = graphOf([declared(TOPIC, evil, { inputs: { a: "1", b: "2", [evil]: "x" } })], {
      outputs: { [evil]: 1 },
    });
    const head = graphOf([
      declared(TOPIC, `${evil}2`, { inputs: { a: "1", b: "2", [evil]: evil } }),
      declared(MEMBER, evil, { inputs: { member: evil, role: evil, project: evil, condition: { title: evil } } }),
    ]);
    const report = RENDERERS.text(reportOf(head, { base, costs: true }), { color: false });
    expect(report).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(report).to.include("abcd ef");
  });
});
