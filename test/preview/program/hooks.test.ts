import { expect } from "chai";
import { errorsOf, previewOf, refusal } from "../support";

describe("what Kiln spares a program", () => {
  it("still lets Pulumi tell of promises that never settle", async () => {
    const refused = await refusal(
      previewOf('new pulumi.CustomResource("t:index:T", "t", { never: new Promise(() => undefined) })'),
    );
    const told = refused.diagnostics.map(({ message }) => message).join("\n");
    expect(told).to.match(/^The Pulumi runtime detected that \d+ promises were still active/);
    expect(errorsOf(refused)).to.deep.equal(["an unhandled error occurred: Program exited with non-zero exit code: 1"]);
  });

  it("leaves stacks as they are, and lets the program prepare its own for a while", async () => {
    const { outputs } = await previewOf(`
      const before = Error.prepareStackTrace;
      const sites = () => { Error.prepareStackTrace = (_, all) => all; const { stack } = new Error();
        Error.prepareStackTrace = before; return stack; };
      exports.first = sites()[0].getFunctionName();
      new pulumi.ComponentResource("t:index:T", "t");
      exports.again = sites()[0].getFunctionName();
      exports.text = (function named() { return new Error("told").stack.split("\\n").slice(0, 2).join("").replace(/\\(.*[\\\\/]/, "("); })();
      Error.prepareStackTrace = undefined;
      exports.plain = new Error("plain").stack.split("\\n")[0];`);
    expect(outputs).to.deep.include({ first: "sites", again: "sites", plain: "Error: plain" });
    expect(outputs.text).to.match(/^Error: told {4}at named \(index\.js:\d+:\d+\)$/);
  });

  it("lets a rejected output end the program", async () => {
    const refused = await refusal(
      previewOf('new pulumi.CustomResource("t:index:T", "t", { bad: Promise.reject(new Error("bad input")) })'),
    );
    expect(errorsOf(refused).join("\n")).to.include("bad input");
  });
});
