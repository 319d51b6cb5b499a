import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEntrance } from "../../lib/client/entrance.ts";
import { totpCode } from "../../server/testing/device.ts";
import { nodePlatform } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { confirmSignIn, csrf, isSignedIn, PASSWORD, register, startSignIn } from "./support/accounts.ts";
import { type Answer, post } from "./support/http.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  await register(server, "root", server.firstRunToken);
});

afterAll(() => server?.dispose());

const WRONG = "000000";
const outcome = ({ status, code }: Answer) => [status, code];
/** Everything an attacker sees, save times. */
const face = ({ status, headers, body }: Answer) => ({
  status,
  names: Object.keys(headers).sort(),
  body: body.replace(/[\w-]{43}/g, "…"),
});

describe("step 1", () => {
  let right: Answer | undefined;

  test.each([
    ["a wrong password", "root", "not the password"],
    ["a password of two characters", "root", "ab"],
    ["a name that does not exist", "nobody", PASSWORD],
    ["a name that never could", "'; DROP TABLE account; --", PASSWORD],
    ["a name in emoji", "🦭🦭", PASSWORD],
    ["a name with NUL", "ro\0ot", PASSWORD],
    ["a name that is a lone surrogate", "\ud800", PASSWORD],
    ["an empty name", "", PASSWORD],
    ["the longest name", "x".repeat(256), PASSWORD],
  ])("answers %s like the right one", async (_, name, password) => {
    right ??= await post(server, "/api/sign-in", { name: "root", password: PASSWORD });
    expect(right.status).toBe(200);
    expect(face(await post(server, "/api/sign-in", { name, password }))).toEqual(face(right));
  });

  test.each([
    ["NUL in the password", { name: "root", password: "a\0b" }, [400, "bad-password"]],
    ["a lone surrogate in it", { name: "root", password: "\udfff" }, [400, "bad-password"]],
    ["a password above 1,024 bytes", { name: "root", password: "x".repeat(1025) }, [400, "bad-password"]],
    ["a name above 256 characters", { name: "x".repeat(257), password: PASSWORD }, [400, "bad-request"]],
    ["a name that is an array", { name: ["root"], password: PASSWORD }, [400, "bad-request"]],
    ["no password", { name: "root" }, [400, "bad-request"]],
    ["a further field", { name: "root", password: PASSWORD, code: "123456" }, [400, "bad-request"]],
  ])("refuses %s", async (_, body, expected) => {
    expect(outcome(await post(server, "/api/sign-in", body))).toEqual(expected);
  });
});

describe("step 2", () => {
  test.each([
    ["an array", ["123456"]],
    ["null", null],
    ["full-width digits", "１２３４５６"],
    ["Arabic digits", "١٢٣٤٥٦"],
    ["a number", 123456],
    ["seven digits", "1234567"],
    ["five digits", "12345"],
    ["a sign", "+12345"],
    ["a line break after six digits", "123456\n"],
    ["an object", { length: 6 }],
    ["nothing", undefined],
  ])("refuses a code that is %s", async (_, code) => {
    const challenge = "A".repeat(43);
    expect(outcome(await confirmSignIn(server, { challenge, code }))).toEqual([400, "bad-request"]);
  });

  test.each([
    ["unknown", "A".repeat(43), [410, "expired"]],
    ["of another length", "A".repeat(44), [400, "bad-request"]],
    ["an array", ["A".repeat(43)], [400, "bad-request"]],
  ])("refuses a challenge that is %s", async (_, challenge, expected) => {
    expect(outcome(await confirmSignIn(server, { challenge, code: WRONG }))).toEqual(expected);
  });

  test("says the same whichever factor is wrong, and whether the name exists", async () => {
    const { totpSecret } = await register(server, "factors");
    const code = totpCode(totpSecret);
    const answers = [
      await confirmSignIn(server, { challenge: await startSignIn(server, "factors"), code: WRONG }),
      await confirmSignIn(server, { challenge: await startSignIn(server, "factors", "wrong one"), code }),
      await confirmSignIn(server, { challenge: await startSignIn(server, "no.factors"), code }),
    ];
    for (const answer of answers) {
      expect(outcome(answer)).toEqual([401, "bad-credentials"]);
      expect(face(answer)).toEqual(face(answers[0] as Answer));
      expect(isSignedIn(answer)).toBe(false);
    }
  });

  test("takes a challenge once, and a code once", async () => {
    const { totpSecret } = await register(server, "once");
    const code = totpCode(totpSecret);
    const [first, second] = [await startSignIn(server, "once"), await startSignIn(server, "once")];
    const signedIn = await confirmSignIn(server, { challenge: first, code });
    expect(signedIn.status).toBe(200);
    expect(isSignedIn(signedIn)).toBe(true);
    expect(outcome(await confirmSignIn(server, { challenge: first, code }))).toEqual([410, "expired"]);
    expect(outcome(await confirmSignIn(server, { challenge: second, code }))).toEqual([
      401,
      "bad-credentials",
    ]);
  });

  test("lets one of twenty parallel uses of a code in", async () => {
    const { totpSecret } = await register(server, "parallel");
    const challenges = await Promise.all(Array.from({ length: 20 }, () => startSignIn(server, "parallel")));
    const code = totpCode(totpSecret);
    const answers = await Promise.all(
      challenges.map((challenge) => confirmSignIn(server, { challenge, code })),
    );
    expect(answers.filter(isSignedIn)).toHaveLength(1);
    for (const { status } of answers.filter((answer) => !isSignedIn(answer)))
      expect([401, 429]).toContain(status);
  });

  test("refuses a wrong CSRF token, and a form of next-auth's own shape", async () => {
    const { totpSecret } = await register(server, "forged");
    const challenge = await startSignIn(server, "forged");
    const { token, headers } = await csrf(server);
    const step = { challenge, code: totpCode(totpSecret), json: "true" };
    const path = "/api/auth/callback/credentials";
    const answers = [
      await post(server, path, { ...step, csrfToken: "0".repeat(64) }, headers),
      await post(server, path, { ...step, csrfToken: token }),
      await post(server, path, { ...step, csrfToken: token, json: "false" }, headers),
      await post(server, path, { ...step, csrfToken: token, callbackUrl: "https://evil.example" }, headers),
    ];
    expect(answers.map(outcome)).toEqual([
      [403, "wrong-origin"],
      [403, "wrong-origin"],
      [400, "bad-request"],
      [400, "bad-request"],
    ]);
    expect(answers.some(isSignedIn)).toBe(false);
    expect(isSignedIn(await confirmSignIn(server, step))).toBe(true);
  });
});

describe("throttling", () => {
  /** That many wrong codes under one challenge; the last answer. */
  async function fail(name: string, times = 1): Promise<Answer> {
    const challenge = await startSignIn(server, name, "wrong password");
    let answer = await confirmSignIn(server, { challenge, code: WRONG });
    for (let i = 1; i < times; i++) answer = await confirmSignIn(server, { challenge, code: WRONG });
    return answer;
  }

  test("blocks a name after five failures, existing or not, alike, and no other account", async () => {
    const { totpSecret } = await register(server, "blocked");
    for (const name of ["blocked", "blocked.ghost"]) expect((await fail(name, 5)).status).toBe(401);
    const [real, ghost] = [await fail("blocked"), await fail("blocked.ghost")];
    expect(outcome(real)).toEqual([429, "too-many-requests"]);
    expect(face(ghost)).toEqual(face(real));
    for (const { headers } of [real, ghost]) {
      expect(Number(headers["retry-after"])).toBeGreaterThan(800);
      expect(Number(headers["retry-after"])).toBeLessThanOrEqual(900);
    }
    const right = { challenge: await startSignIn(server, "blocked"), code: totpCode(totpSecret) };
    expect(outcome(await confirmSignIn(server, right))).toEqual([429, "too-many-requests"]);
    expect((await fail("neighbour")).status).toBe(401);
  });

  test("gains nothing by trying in parallel, with one challenge or with many", async () => {
    const start = () => startSignIn(server, "parallel.ghost");
    const challenges = await Promise.all(Array.from({ length: 6 }, start));
    const tries = [...challenges, ...challenges, ...challenges];
    const answers = await Promise.all(
      tries.map((challenge) => confirmSignIn(server, { challenge, code: WRONG })),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  });

  test("lets one challenge be tried ten times, blocked or not", async () => {
    const challenge = await startSignIn(server, "hammered.ghost");
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      statuses.push((await confirmSignIn(server, { challenge, code: WRONG })).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429, 429, 410, 410]);
  });

  test("is cleared by a right sign-in", async () => {
    const { totpSecret } = await register(server, "forgetful");
    await fail("forgetful", 4);
    const right = { challenge: await startSignIn(server, "forgetful"), code: totpCode(totpSecret) };
    expect(isSignedIn(await confirmSignIn(server, right))).toBe(true);
    expect((await fail("forgetful", 5)).status).toBe(401);
    expect((await fail("forgetful")).status).toBe(429);
  });

  test("locks nobody out of the browser that they signed in with before", async () => {
    const { totpSecret, profile } = await register(server, "owner");
    const owner = nodePlatform(server.origin, profile);
    await owner.fetch("/api/auth/session");
    await createEntrance(owner).signOut();
    expect((await fail("owner", 5)).status).toBe(401);
    expect((await fail("owner")).status).toBe(429);
    const challenge = await startSignIn(server, "owner");
    const code = totpCode(totpSecret);
    expect(outcome(await confirmSignIn(server, { challenge, code }))).toEqual([429, "too-many-requests"]);
    await createEntrance(owner).confirmSignIn({ challenge, code });
    expect(await createEntrance(owner).whereTo()).toBe("keys");
  });

  test("survives a restart", async () => {
    await fail("patient.ghost", 5);
    server = await server.restart();
    expect((await fail("patient.ghost")).status).toBe(429);
  });
});
