import { expect } from "chai";
import * as fc from "fast-check";
import { placesIn } from "../../../core/scan/lines";

describe("Lines and columns", () => {
  it("count from 1, and not the byte order mark", () => {
    const place = placesIn("\ufeffab\r\ncd\n\nx");
    expect([0, 1, 2, 5, 6, 8, 9, 10].map((offset) => Object.values(place(offset)).join(":"))).to.deep.equal([
      ...["1:1", "1:1", "1:2", "2:1", "2:2", "3:1", "4:1", "4:2"],
    ]);
  });

  it("are those that splitting the text gives", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "\n", "\r\n", "é", "😀")).map((all) => all.join("")),
        (text) => {
          const place = placesIn(text);
          for (let offset = 0; offset <= text.length; offset++) {
            const before = text.slice(0, offset).split("\n");
            expect(place(offset)).to.deep.equal({ line: before.length, column: (before.at(-1) ?? "").length + 1 });
          }
        },
      ),
    );
  });
});
