import { expect } from "chai";
import { join } from "node:path";
import { readAnswers } from "../../preview";
import { errorsOf, project, refusal } from "./support";

const read = (text: string) => readAnswers(join(project({ "answers.json": text }), "answers.json"));

describe("readAnswers", () => {
  it("reads invokes and stack references, either of them alone too", () => {
    const invokes = [{ token: "t:index:f", return: { a: 1 } }];
    expect(read(JSON.stringify({ invokes }))).to.deep.equal({ invokes, stackReferences: {} });
    expect(read('{"stackReferences":{"a/b/c":{}}}')).to.deep.equal({ invokes: [], stackReferences: { "a/b/c": {} } });
  });

  it("names everything that is wrong, with its path", async () => {
    const text = '{"invokes":[{"token":"getImage","returns":{}}],"stackReferences":{"a":3},"other":1}';
    const errors = errorsOf(await refusal(Promise.resolve().then(() => read(text))));
    expect(errors.map((error) => error.replace(/^.*answers\.json: /, ""))).to.have.members([
      'the file has the unknown key "other"; remove it',
      'invokes.0 lacks the key "return"; add it',
      'invokes.0 has the unknown key "returns"; remove it',
      'invokes.0.token must match pattern "^[^:]+:[^:]+:[^:]+$", got "getImage"',
      "stackReferences.a must be object, got 3",
    ]);
  });

  it("says when there is no such file", async () => {
    const errors = errorsOf(await refusal(Promise.resolve().then(() => readAnswers("absent.json"))));
    expect(errors[0]).to.match(/^absent\.json: cannot be read: ENOENT/);
  });
});
