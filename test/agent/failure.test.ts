import { expect } from "chai";
import { failureOf } from "../../agent/failure";

const gaxios = (status: number, body: object, headers: Record<string, string> = {}) =>
  Object.assign(new Error(JSON.stringify(body)), { status, code: status, response: { headers: new Headers(headers) } });

describe("what an error means", () => {
  it("is said in the service's words", () => {
    const body = { error: { code: 403, message: "Required\n permission", errors: [{ reason: "forbidden" }] } };
    expect(failureOf(gaxios(403, body))).to.deep.equal({
      status: 403,
      reason: "forbidden",
      message: "HTTP 403: Required permission",
      isTimeout: false,
      isTransient: false,
    });
  });

  for (const [error, isTransient] of [
    [gaxios(429, {}), true],
    [gaxios(408, {}), true],
    [gaxios(500, {}), true],
    [gaxios(404, {}), false],
    [gaxios(412, {}), false],
    [gaxios(403, { error: { errors: [{ reason: "userRateLimitExceeded" }] } }), true],
    [Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }), true],
    [Object.assign(new Error("The operation was aborted."), { cause: { name: "AbortError" } }), true],
    [new SyntaxError("Unexpected end of JSON input"), true],
    [new TypeError("x is not a function"), false],
    [undefined, false],
    ["text", false],
  ] as [unknown, boolean][])
    it(`${String(error).slice(0, 60)} ${isTransient ? "passes" : "stays"}`, () => {
      expect(failureOf(error)).to.include({ isTransient });
    });

  it("holds how long the service asks to wait, whatever class its headers are of", () => {
    expect(failureOf(gaxios(429, {}, { "retry-after": "7" })).retryAfter).to.equal(7000);
    const storage = Object.assign(new Error("slow"), { code: 429, response: { headers: { "retry-after": "3" } } });
    expect(failureOf(storage).retryAfter).to.equal(3000);
    expect(failureOf(gaxios(503, {}, { "retry-after": "Fri, 31 Dec 1999 23:59:59 GMT" })).retryAfter).to.equal(
      undefined,
    );
  });

  it("is short, even where a proxy answers with a page", () => {
    const { message } = failureOf(Object.assign(new Error(`<html>${"x".repeat(5000)}`), { status: 502 }));
    expect(message).to.have.length.below(350);
  });
});
