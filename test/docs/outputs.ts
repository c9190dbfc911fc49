import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";

/** Blocks of commands of Kiln, each with a block of what they print. */
const PAIR = /(```sh\n)((?:npx kiln .*\n)+)(```\n\n```text\n)([\s\S]*?)(```\n)/g;

/** Runs the commands of a page, one after the other, and expects what it shows; `UPDATE=1` writes that anew. */
export async function expectOutputs(page: string, run: (line: string) => Promise<string>): Promise<void> {
  const text = readFileSync(page, "utf8");
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(PAIR)) {
    const [whole, open, commands, between, , close] = match;
    let printed = "";
    for (const line of commands.trim().split("\n")) printed += await run(line);
    parts.push(text.slice(end, match.index), open, commands, between, printed, close);
    end = match.index + whole.length;
  }
  const shown = [...parts, text.slice(end)].join("");
  if (process.env.UPDATE === "1") writeFileSync(page, shown);
  expect(text).to.equal(shown);
}
