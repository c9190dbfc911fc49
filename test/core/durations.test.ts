import { expect } from "chai";
import { duration, seconds } from "../../core/durations";

describe("durations", () => {
  const written: [string, number][] = [
    ["0s", 0],
    ["90s", 90],
    ["30m", 1_800],
    ["12h", 43_200],
    ["30d", 2_592_000],
    ["2w", 1_209_600],
    ["1d12h", 129_600],
    ["P30D", 2_592_000],
    ["P2W", 1_209_600],
    ["PT12H", 43_200],
    ["P1DT12H30M5S", 131_405],
  ];
  for (const [text, length] of written)
    it(`reads ${text}`, () => {
      expect(duration(text)).to.equal(undefined);
      expect(seconds(text)).to.equal(length);
    });

  for (const text of [
    "",
    "30",
    "d",
    "30 d",
    "-1d",
    "1.5h",
    "P",
    "PT",
    "P1M",
    "P1Y",
    "30D",
    "1d ",
    `${"9".repeat(20)}d`,
  ])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(duration(text)).to.equal(
        `must be a duration such as 30d, 12h, 1d12h or P30D, got ${JSON.stringify(text)}`,
      );
      expect(() => seconds(text)).to.throw(RangeError, "must be a duration such as");
    });

  it("refuses what is not text", () => {
    expect(duration(30 as unknown as string)).to.include("got 30");
  });
});
