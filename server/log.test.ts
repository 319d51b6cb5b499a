import { PassThrough, type Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog } from "./log.ts";

function capture(isTTY: boolean, debug = false) {
  const stream: Writable & { isTTY?: boolean } & PassThrough = Object.assign(new PassThrough(), { isTTY });
  return { log: createLog({ debug }, stream), read: () => String(stream.read() ?? "") };
}

describe("createLog", () => {
  it("writes one JSON object a line", () => {
    const { log, read } = capture(false);
    log.info({ account: "abc" }, "signed in");
    expect(JSON.parse(read())).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      account: "abc",
      msg: "signed in",
    });
  });

  it("writes short lines for a terminal", () => {
    const { log, read } = capture(true);
    log.warn({ seconds: 3 }, "slow");
    expect(read()).toMatch(/^\d\d:\d\d:\d\d warn {2}slow seconds=3\n$/);
  });

  it("says more with debug only", () => {
    const quiet = capture(false);
    quiet.log.debug("detail");
    expect(quiet.read()).toBe("");
    const verbose = capture(false, true);
    verbose.log.debug("detail");
    expect(verbose.read()).toContain("detail");
  });

  it.each([true, false])("hides secrets wherever they stand (terminal: %s)", (isTTY) => {
    const { log, read } = capture(isTTY);
    log.info(
      { password: "hunter2", request: { cookie: "hunter2", headers: { authorization: "hunter2" } } },
      "odd",
    );
    const line = read();
    expect(line).toContain("[redacted]");
    expect(line).not.toContain("hunter2");
  });

  it("says what an error came from", () => {
    const { log, read } = capture(false);
    log.error({ err: new Error("no connection", { cause: new Error("Too many connections") }) }, "oh");
    expect(JSON.parse(read()).err).toMatchObject({ message: "no connection", cause: "Too many connections" });
  });

  it("keeps an error's code and stack, not what a driver hung on it", () => {
    const { log, read } = capture(false);
    log.error(
      { err: Object.assign(new Error("broken"), { code: "ER_X", sql: "hunter2", values: ["hunter2"] }) },
      "oh",
    );
    const line = read();
    expect(JSON.parse(line).err).toMatchObject({ type: "Error", message: "broken", errno: "ER_X" });
    expect(line).not.toContain("hunter2");
  });
});
