import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { expect } from "chai";

/** Compares text with a golden file. With UPDATE=1 it writes the file and fails, so that an updating run is never green. */
export function expectGolden(actual: string, file: string): void {
  const path = relative(process.cwd(), file);
  if (process.env.UPDATE === "1") {
    const before = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    writeFileSync(file, actual);
    if (before !== actual) throw new Error(`${path} was written; read the difference and run again without UPDATE`);
  }
  const wanted = existsSync(file) ? readFileSync(file, "utf8") : "";
  expect(actual, `${path}; UPDATE=1 npm test writes it anew`).to.equal(wanted);
}
