import { expect } from "chai";
import { withProgress } from "../../../../cli/containers/scan/progress";

describe("Progress of a scan", () => {
  function told(isTTY: boolean, waits: number[]): { files: number[]; text: string } {
    let [now, text] = [0, ""];
    const real = performance.now.bind(performance);
    performance.now = () => now;
    try {
      const slow = (function* () {
        for (const [at, wait] of waits.entries()) {
          now += wait;
          yield at;
        }
      })();
      const stream = { isTTY, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
      return { files: [...withProgress(slow, stream)], text };
    } finally {
      performance.now = real;
    }
  }

  it("is told on a terminal, after a second, now and then, and is gone in the end", () => {
    expect(told(true, [900, 200, 50, 200])).to.deep.equal({
      files: [0, 1, 2, 3],
      text: "\r\u001b[K2 files read …\r\u001b[K4 files read …\r\u001b[K",
    });
  });

  it("is not told where nobody waits or reads along", () => {
    expect(told(true, [10, 10]).text).to.equal("");
    expect(told(false, [5000, 5000])).to.deep.equal({ files: [0, 1], text: "" });
  });
});
