import { expect } from "chai";
import { all, notEmpty, oneOf, shapedLike, shown, wholeBetween } from "../../core/rules";

describe("rules", () => {
  it("say rule and value", () => {
    expect(wholeBetween(1, 10, "images")(11)).to.equal("must be a whole number from 1 to 10 images, got 11");
    expect(oneOf(["Enforce", "Report"])("enforce" as "Enforce")).to.equal(
      'must be one of Enforce, Report, got "enforce"',
    );
    expect(notEmpty("name a project")({})).to.equal("must not be empty; name a project");
    expect(shapedLike(/^a$/, "an a")("b")).to.equal('must be an a, got "b"');
  });

  it("accept the limits themselves", () => {
    expect([1, 10].map(wholeBetween(1, 10, "images"))).to.deep.equal([undefined, undefined]);
    expect(
      [0, 1.5, Number.NaN, "1"].map((value) => wholeBetween(1, 10, "")(value as number) === undefined),
    ).to.deep.equal([false, false, false, false]);
  });

  it("stop at the first of several that refuses", () => {
    const rule = all(shapedLike(/^a+$/, "all a"), (text: string) => (text.length < 3 ? undefined : "too long"));
    expect([rule("aa"), rule("aaa"), rule("bbb")]).to.deep.equal([undefined, "too long", 'must be all a, got "bbb"']);
  });

  it("cut long values, and show those that JSON cannot", () => {
    expect(shown("x".repeat(200))).to.have.length(121);
    expect(shown(undefined)).to.equal("undefined");
  });
});
