import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { totpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { PASSWORD, register } from "./support/accounts.ts";
import { post, send } from "./support/http.ts";

let server: ServerProcess;
const form = { name: "mallory", displayName: "Mallory M", password: PASSWORD };

beforeAll(async () => {
  server = await startServer();
  await register(server, "root", server.firstRunToken);
  await register(server, "taken");
});

afterAll(() => server?.dispose());

const start = (fields: object) => post(server, "/api/registration", { ...form, ...fields });

describe("a password is refused before any hashing when it is", () => {
  test.each([
    ["of nine characters", "ninechars", "bad-password"],
    ["of nine astral characters", "𝔫".repeat(9), "bad-password"],
    ["of 257 characters", "ab cd ".repeat(43).slice(0, 257), "bad-password"],
    ["above 1,024 bytes", "火".repeat(342), "bad-password"],
    ["with NUL", "correct horse\0battery", "bad-password"],
    ["with a lone high surrogate", "correct horse \ud83d", "bad-password"],
    ["with a lone low surrogate", "\ude00 correct horse", "bad-password"],
    ["a common one", "qwertyuiop", "weak-password"],
    ["a common one in capitals", "PASSWORD123", "weak-password"],
    ["one key repeated", "a".repeat(20), "weak-password"],
    ["the display name", "MALLORY MALLORY", "weak-password", { displayName: "Mallory Mallory" }],
    ["the account's name", "mallory.mallory", "weak-password", { name: "mallory.mallory" }],
    ["empty", "", "bad-password"],
    ["a number", 1234567890, "bad-request"],
    ["an array", [PASSWORD], "bad-request"],
    ["null", null, "bad-request"],
    ["an object", { toString: PASSWORD }, "bad-request"],
  ])("%s", async (_, password, code, fields: object = {}) => {
    expect(await start({ ...fields, password })).toMatchObject({ status: 400, code });
  });

  test("of a megabyte", async () => {
    const answer = await start({ password: "x".repeat(1024 * 1024) });
    expect(answer).toMatchObject({ status: 413, code: "too-large" });
  });

  test("made of bytes that are not UTF-8", async () => {
    const [head, tail] = JSON.stringify({ ...form, password: "correct horse |" }).split("|");
    const body = Buffer.concat([
      Buffer.from(head as string),
      Buffer.of(0xff, 0xc0),
      Buffer.from(tail as string),
    ]);
    const headers = { origin: server.origin, "content-type": "application/json" };
    expect(await send(server, "POST", "/api/registration", { headers, body })).toMatchObject({
      status: 400,
      code: "bad-request",
    });
  });

  test("but one with spaces, accents and emoji is taken", async () => {
    expect(await start({ password: "déjà vu 🦭 encore" })).toMatchObject({ status: 200 });
  });
});

describe("a name is refused when it has", () => {
  test.each([
    ["one character", "a"],
    ["33 characters", "a".repeat(33)],
    ["a space inside", "mal lory"],
    ["a slash", "mal/lory"],
    ["markup", "<b>mallory</b>"],
    ["a quote", "mal'lory"],
    ["a Cyrillic letter", "m\u0430llory"],
    ["a full-width letter", "ｍallory"],
    ["NUL", "mal\0lory"],
    ["a line break", "mal\nlory"],
    ["a bidirectional override", "mal\u202elory"],
    ["a zero-width space", "mal\u200blory"],
    ["a dot at the end", "mallory."],
    ["a lone surrogate", "mallory\ud800"],
    ["a name of JavaScript's", "__proto__"],
  ])("%s", async (_, name) => {
    expect(await start({ name })).toMatchObject({ status: 400, code: "bad-request" });
  });

  test.each([
    ["the same", "taken"],
    ["with capitals", "TaKeN"],
    ["with spaces around", "  taken "],
    ["with the Kelvin sign for k", "ta\u212aen"],
  ])("been taken, %s", async (_, name) => {
    expect(await start({ name })).toMatchObject({ status: 409, code: "name-taken" });
  });
});

describe("a display name is refused when it has", () => {
  test.each([
    ["nothing but spaces", "   "],
    ["65 characters", "x".repeat(65)],
    ["NUL", "Mal\0lory"],
    ["a line break", "Mal\r\nlory"],
    ["an escape sequence", "\u001b[31mMallory"],
    ["a right-to-left override", "Mal\u202elory"],
    ["a right-to-left isolate", "\u2067Mallory"],
    ["a lone surrogate", "Mallory \udc00"],
  ])("%s", async (_, displayName) => {
    expect(await start({ displayName })).toMatchObject({ status: 400, code: "bad-request" });
  });
});

describe("confirming", () => {
  const begin = async (name: string) => {
    const { body } = await start({ name });
    return JSON.parse(body) as { registration: string; totpSecret: string };
  };
  const confirm = (step: object) => post(server, "/api/registration/confirm", step);

  test("takes ten wrong codes, then the form must be filled in again", async () => {
    const { registration, totpSecret } = await begin("ten.codes");
    for (let i = 0; i < 10; i++) {
      expect(await confirm({ registration, code: totpCode(totpSecret, 0) })).toMatchObject({
        code: "bad-code",
      });
    }
    const right = await confirm({ registration, code: totpCode(totpSecret) });
    expect(right).toMatchObject({ status: 410, code: "expired" });
  });

  test("of two forms for one name makes one account", async () => {
    const forms = await Promise.all([begin("twice"), begin("twice")]);
    const answers = await Promise.all(
      forms.map(({ registration, totpSecret }) => confirm({ registration, code: totpCode(totpSecret) })),
    );
    expect(answers.map(({ status, code }) => code ?? status).sort()).toEqual([204, "name-taken"]);
  });

  test("of one form twenty times at once makes one account", async () => {
    const { registration, totpSecret } = await begin("twenty");
    const step = { registration, code: totpCode(totpSecret) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(step)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });
});
