import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApi } from "../../lib/client/api.ts";
import { startTotpAnswer } from "../../lib/protocol/http/credentials.ts";
import { freshTotpCode, registerDevice, startTalking, totpCode } from "../../server/testing/device.ts";
import { newProfile, nodePlatform, type Profile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";
import { confirmSignIn, isSignedIn, register, startSignIn, type TestAccount } from "./support/accounts.ts";
import { type Answer, cookieHeader, post, send } from "./support/http.ts";
import { openSocket } from "./support/sockets.ts";
import { type SteppedUp, steppedUp } from "./support/stepped-up.ts";

const COOKIE = "__Host-sceau-session";
const NEW_PASSWORD = "staple correct horse";
const REFUSED = [401, "bad-credentials"];

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
  await register(server, "root", server.firstRunToken);
});

afterAll(() => server?.dispose());

const outcome = ({ status, code }: Answer) => [status, code];
const me = async (profile: Profile) =>
  (await send(server, "GET", "/api/me", { headers: cookieHeader(profile) })).status;

/** Another browser of the account, signed in with one of its sign-in codes. */
async function secondBrowser({ name, codes }: SteppedUp): Promise<Profile> {
  const challenge = await startSignIn(server, name);
  const { headers } = await confirmSignIn(server, { challenge, code: codes[9] });
  const pair = headers["set-cookie"]?.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.split(";")[0];
  const profile = newProfile();
  profile.cookies.set(COOKIE, pair?.slice(COOKIE.length + 1) ?? "");
  expect(await me(profile)).toBe(200);
  return profile;
}

const changePassword = ({ profile }: TestAccount, password: unknown) =>
  post(server, "/api/password", { password }, cookieHeader(profile), "PUT");

describe("a password", () => {
  test("is changed after a step-up only", async () => {
    const account = await register(server, "hasty");
    expect(outcome(await changePassword(account, NEW_PASSWORD))).toEqual([403, "step-up-required"]);
  });

  let policy: TestAccount | undefined;
  test.each([
    ["short", "ninechars", [400, "bad-password"]],
    ["long", "ab cd ".repeat(43).slice(0, 257), [400, "bad-password"]],
    ["with NUL", "correct horse\0battery", [400, "bad-password"]],
    ["with a lone surrogate", "correct horse \ud83d", [400, "bad-password"]],
    ["a common one", "qwertyuiop", [400, "weak-password"]],
    ["the account's display name", "policy.person TEST", [400, "weak-password"]],
    ["null", null, [400, "bad-request"]],
    ["an array", [NEW_PASSWORD], [400, "bad-request"]],
    ["a megabyte", "x".repeat(1024 * 1024), [413, "too-large"]],
  ])("is held to the same rules as the first: not %s", async (_, password, expected) => {
    policy ??= await steppedUp(server, "policy.person");
    expect(outcome(await changePassword(policy, password))).toEqual(expected);
  });

  test("once changed signs in, and the old one does not; other sessions end, with their sockets", async () => {
    const account = await steppedUp(server, "changer");
    const other = await secondBrowser(account);
    const [own, theirs] = [await openSocket(server, account.profile), await openSocket(server, other)];
    expect((await changePassword(account, NEW_PASSWORD)).status).toBe(204);
    expect(await theirs.closed).toBe(4401);
    expect(await me(other)).toBe(401);
    expect(own.socket.readyState).toBe(own.socket.OPEN);
    expect(await me(account.profile)).toBe(200);
    own.close();
    const [code] = account.codes;
    const old = await startSignIn(server, "changer");
    expect(outcome(await confirmSignIn(server, { challenge: old, code }))).toEqual(REFUSED);
    const right = await startSignIn(server, "changer", NEW_PASSWORD);
    expect(isSignedIn(await confirmSignIn(server, { challenge: right, code }))).toBe(true);
  });

  test("that was judged right before the change signs nobody in after it", async () => {
    const account = await steppedUp(server, "racer");
    const challenge = await startSignIn(server, "racer");
    expect((await changePassword(account, NEW_PASSWORD)).status).toBe(204);
    const late = await confirmSignIn(server, { challenge, code: account.codes[0] });
    expect(outcome(late)).toEqual([410, "expired"]);
    expect(isSignedIn(late)).toBe(false);
  });

  test("has nothing to do with keys: messages stay readable, here and after a new sign-in", async () => {
    const [alice, bob] = [await registerDevice(server), await registerDevice(server)];
    const conversation = await startTalking(alice, bob);
    await bob.say(conversation, "before");
    await alice.until(() => alice.texts(conversation).includes("before"), "a message");
    const api = createApi(nodePlatform(server.origin, alice.profile));
    const code = await freshTotpCode(alice.person.totpSecret);
    await api.send("POST", "/api/step-up", { password: alice.person.password, code });
    await api.send("PUT", "/api/password", { password: NEW_PASSWORD });
    await bob.say(conversation, "after");
    await alice.until(() => alice.texts(conversation).includes("after"), "a message after the change");
    await alice.messenger.signOut({ forget: false });
    await signInAgain(server, { ...alice.person, password: NEW_PASSWORD }, alice.profile);
    const again = await alice.reload();
    await again.messenger.openConversation(conversation);
    expect(again.texts(conversation)).toEqual(["before", "after"]);
    for (const device of [again, bob]) device.close();
  });
});

describe("an authenticator", () => {
  const start = ({ api }: SteppedUp) => api.post("/api/totp", {}, startTotpAnswer);
  const confirm = ({ profile }: TestAccount, step: object) =>
    post(server, "/api/totp/confirm", step, cookieHeader(profile));
  const wrongCode = (secret: string) => totpCode(secret, 0);

  test("is replaced after a step-up only", async () => {
    const { profile } = await register(server, "eager");
    const answer = await post(server, "/api/totp", {}, cookieHeader(profile));
    expect(outcome(answer)).toEqual([403, "step-up-required"]);
  });

  test("counts until the first right code of the new one, and no more after it", async () => {
    const account = await steppedUp(server, "replacer");
    const { replacement, totpSecret } = await start(account);
    const other = await secondBrowser(account);
    const theirs = await openSocket(server, other);
    expect(outcome(await confirm(account, { replacement, code: wrongCode(totpSecret) }))).toEqual([
      400,
      "bad-code",
    ]);
    // Still the old one: it is what signs in, here in the half minute after its code was used.
    const before = await startSignIn(server, "replacer");
    const old = await freshTotpCode(account.totpSecret);
    expect(isSignedIn(await confirmSignIn(server, { challenge: before, code: old }))).toBe(true);
    const code = totpCode(totpSecret);
    expect((await confirm(account, { replacement, code })).status).toBe(204);
    expect(await theirs.closed).toBe(4401);
    expect(await me(account.profile)).toBe(200);
    expect(outcome(await confirm(account, { replacement, code }))).toEqual([410, "expired"]);
    const challenge = await startSignIn(server, "replacer");
    // The code that proved the new one is used, and the old one is void in its next step, too.
    expect(outcome(await confirmSignIn(server, { challenge, code }))).toEqual(REFUSED);
    const next = await freshTotpCode(account.totpSecret);
    expect(outcome(await confirmSignIn(server, { challenge, code: next }))).toEqual(REFUSED);
    const right = await confirmSignIn(server, { challenge, code: totpCode(totpSecret) });
    expect(isSignedIn(right)).toBe(true);
  });

  test("is replaced by one of twenty parallel confirmations", async () => {
    const account = await steppedUp(server, "twenty");
    const { replacement, totpSecret } = await start(account);
    const step = { replacement, code: totpCode(totpSecret) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(account, step)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  test("is not replaced by an earlier start, by another account, or after ten guesses", async () => {
    const [account, stranger] = [await steppedUp(server, "restarter"), await steppedUp(server, "stranger")];
    const [first, second] = [await start(account), await start(account)];
    const step = ({ replacement, totpSecret }: typeof first) => ({ replacement, code: totpCode(totpSecret) });
    expect(outcome(await confirm(account, step(first)))).toEqual([410, "expired"]);
    expect(outcome(await confirm(stranger, step(second)))).toEqual([410, "expired"]);
    const guess = { replacement: second.replacement, code: wrongCode(second.totpSecret) };
    for (let i = 0; i < 10; i++) expect(outcome(await confirm(account, guess))).toEqual([400, "bad-code"]);
    expect(outcome(await confirm(account, step(second)))).toEqual([410, "expired"]);
  });

  test.each([
    ["an array", ["123456"]],
    ["null", null],
    ["full-width digits", "１２３４５６"],
    ["a sign-in code", "k3v9".repeat(7)],
  ])("takes no code that is %s", async (what, code) => {
    const account = await register(server, what.replaceAll(" ", "."));
    const answer = await confirm(account, { replacement: "A".repeat(43), code });
    expect(outcome(answer)).toEqual([400, "bad-request"]);
  });
});
