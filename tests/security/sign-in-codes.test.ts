import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { credentialsAnswer } from "../../lib/protocol/http/credentials.ts";
import { SIGN_IN_CODE_SHAPE } from "../../lib/protocol/sign-in-code.ts";
import { freshTotpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { confirmSignIn, isSignedIn, PASSWORD, register, startSignIn } from "./support/accounts.ts";
import { databaseFiles, withDatabase } from "./support/data-folder.ts";
import { type Answer, cookieHeader, post } from "./support/http.ts";
import { makeCodes, type SteppedUp, steppedUp } from "./support/stepped-up.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  await register(server, "root", server.firstRunToken);
});

afterAll(() => server?.dispose());

const REFUSED = [401, "bad-credentials"];
const outcome = ({ status, code }: Answer) => [status, code];
const statusOf = ({ api }: SteppedUp) => api.get("/api/credentials", credentialsAnswer);

async function signIn(name: string, code: unknown, password = PASSWORD): Promise<Answer> {
  return confirmSignIn(server, { challenge: await startSignIn(server, name, password), code });
}

describe("sign-in codes", () => {
  test("are made after a step-up only", async () => {
    const { profile } = await register(server, "hasty");
    const answer = await post(server, "/api/sign-in-codes", {}, cookieHeader(profile));
    expect(outcome(answer)).toEqual([403, "step-up-required"]);
  });

  test("are ten, all different", async () => {
    const account = await steppedUp(server, "ten");
    expect(new Set(account.codes).size).toBe(10);
    for (const code of account.codes) expect(code).toMatch(SIGN_IN_CODE_SHAPE);
    expect((await statusOf(account)).signInCodes?.left).toBe(10);
  });

  test("sign in once each, and are counted down", async () => {
    const account = await steppedUp(server, "once");
    const [first, second] = account.codes;
    expect(isSignedIn(await signIn("once", first))).toBe(true);
    expect(outcome(await signIn("once", first))).toEqual(REFUSED);
    expect(isSignedIn(await signIn("once", second))).toBe(true);
    expect(await statusOf(account)).toMatchObject({ authenticatorMissed: true, signInCodes: { left: 8 } });
  });

  test("let one of twenty parallel uses in", async () => {
    const { codes } = await steppedUp(server, "parallel");
    const challenges = await Promise.all(Array.from({ length: 20 }, () => startSignIn(server, "parallel")));
    const answers = await Promise.all(
      challenges.map((challenge) => confirmSignIn(server, { challenge, code: codes[0] })),
    );
    expect(answers.filter(isSignedIn)).toHaveLength(1);
    for (const { status } of answers.filter((answer) => !isSignedIn(answer)))
      expect([401, 429]).toContain(status);
  });

  test("of an earlier set and of somebody else are refused like any wrong one", async () => {
    const [account, other] = [await steppedUp(server, "renewed"), await steppedUp(server, "other")];
    const [fresh] = await makeCodes(account.api);
    const answers = [
      await signIn("renewed", account.codes[0]),
      await signIn("renewed", other.codes[0]),
      await signIn("renewed", "0".repeat(28)),
      await signIn("no.such.name", fresh),
    ];
    for (const answer of answers) {
      expect(outcome(answer)).toEqual(REFUSED);
      expect(answer.body).toBe(answers[0]?.body);
    }
    expect(isSignedIn(await signIn("renewed", fresh))).toBe(true);
  });

  test("are not used up without the password", async () => {
    const { codes } = await steppedUp(server, "thief");
    expect(outcome(await signIn("thief", codes[0], "not the password"))).toEqual(REFUSED);
    expect(isSignedIn(await signIn("thief", codes[0]))).toBe(true);
  });

  test("made several times at once are one set", async () => {
    const account = await steppedUp(server, "twice");
    const sets = await Promise.all(Array.from({ length: 4 }, () => makeCodes(account.api)));
    expect((await statusOf(account)).signInCodes?.left).toBe(10);
    const answers: Answer[] = [];
    for (const [code] of sets) answers.push(await signIn("twice", code));
    expect(answers.filter(isSignedIn)).toHaveLength(1);
  });

  test("step up in place of the authenticator, which is missed until it is used again", async () => {
    const account = await steppedUp(server, "stepper");
    await account.api.send("POST", "/api/step-up", { password: PASSWORD, code: account.codes[0] });
    expect((await statusOf(account)).authenticatorMissed).toBe(true);
    const code = await freshTotpCode(account.totpSecret);
    await account.api.send("POST", "/api/step-up", { password: PASSWORD, code });
    expect(await statusOf(account)).toMatchObject({ authenticatorMissed: false, signInCodes: { left: 9 } });
  });
});

describe("refuses a sign-in code that is", () => {
  const code = "k3v9".repeat(7);
  test.each([
    ["in an array", [code], [400, "bad-request"]],
    ["null", null, [400, "bad-request"]],
    ["an object", { length: 28 }, [400, "bad-request"]],
    ["with dashes", code.replace(/(.{4})(?=.)/g, "$1-"), [400, "bad-request"]],
    ["in capitals", code.toUpperCase(), [400, "bad-request"]],
    ["of 27 characters", code.slice(1), [400, "bad-request"]],
    ["of 29 characters", `${code}0`, [400, "bad-request"]],
    ["in full-width characters", "ｋ３ｖ９".repeat(7), [400, "bad-request"]],
    ["with a letter that looks like a digit", `${code.slice(1)}l`, [400, "bad-request"]],
    ["with a line break behind it", `${code}\n`, [400, "bad-request"]],
    ["a megabyte", "k".repeat(1024 * 1024), [413, "too-large"]],
  ])("%s", async (_, given, expected) => {
    const challenge = "A".repeat(43);
    expect(outcome(await confirmSignIn(server, { challenge, code: given }))).toEqual(expected);
  });
});

/** Last: it stops the server. */
test("no code lies on the disk or in the log, and each use stands in the journal as suspicious", async () => {
  const { codes } = await steppedUp(server, "secret");
  expect(isSignedIn(await signIn("secret", codes[0]))).toBe(true);
  await server.kill("SIGTERM");
  const places = databaseFiles(server.dataFolder);
  const found = codes.filter(
    (code) => server.output().includes(code) || places.some(({ bytes }) => bytes.includes(code)),
  );
  expect(found).toEqual([]);
  await withDatabase(server.dataFolder, async (pool) => {
    const rows: { outcome: string; detail: string; n: number }[] = await pool.query(
      "SELECT outcome, detail, CAST(COUNT(*) AS INT) n FROM journal WHERE event = 'sign-in-code-used' GROUP BY outcome, detail",
    );
    expect(rows).toEqual([{ outcome: "suspicious", detail: "", n: 8 }]);
  });
});
