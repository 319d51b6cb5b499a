import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import { call, start, startReading } from "./cli.ts";

/** By method and path: a status and a body, or nothing at all, after which the connection breaks. */
type Answers = Record<string, readonly [status: number, body?: object] | "lost">;

const TOTP_SECRET = "A".repeat(32);
const TOKEN = "a".repeat(43);
const SIGNED_IN = { "set-cookie": "sceau-session=of-the-test; Path=/" };
const id = newId<AccountId>();
const me = { id, name: "alice", displayName: "Alice", status: "", picture: null };

let server: Server;
let origin: string;
let answers: Answers;
let asked: string[];
let folder: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on("end", () => {
      const what = `${request.method} ${request.url?.replace(/\?.*|(?<=links\/)[\w-]+/g, "")}`;
      asked.push(what);
      const answer = answers[what] ?? [404, { code: "not-found" }];
      if (answer === "lost") return request.socket.destroy();
      response.writeHead(answer[0], what.includes("sign-in") ? SIGNED_IN : {});
      response.end(JSON.stringify(answer[1] ?? {}));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sceau-lost-"));
  asked = [];
  writeFileSync(join(folder, "app-password"), `sceau-${"0".repeat(32)}\n`, { mode: 0o600 });
});

afterEach(() => rmSync(folder, { recursive: true }));

const out = () => join(folder, "secrets.json");
const kept = () => JSON.parse(readFileSync(out(), "utf8"));
const env = { SCEAU_PASSWORD: "correct horse battery" };
const registration = [200, { registration: TOKEN, totpUri: "otpauth://x", totpSecret: TOTP_SECRET }] as const;
const register = (...args: string[]) =>
  call(folder, ["register", "--server", origin, "alice", "--no-passphrase", "--json", ...args], { env });
const byAppPassword = () => [
  "--server",
  origin,
  "alice",
  "--app-password-file",
  join(folder, "app-password"),
];
const signedIn = (hasKeys: boolean): Answers => ({
  "POST /api/sign-in/app-password": [200],
  "GET /api/auth/session": [200, { user: { id } }],
  "GET /api/me": [200, { account: me, hasKeys, role: "member" }],
});

test("an account that may have been made keeps its secret; one that was refused leaves none", async () => {
  answers = { "POST /api/registration": registration, "POST /api/registration/confirm": "lost" };
  const lost = await register("--secrets-out", out());
  expect(lost).toMatchObject({ code: 5, error: expect.stringContaining("may exist") });
  expect(kept()).toEqual({ totpUri: "otpauth://x", totpSecret: TOTP_SECRET });
  const printed = await register();
  expect([printed.code, JSON.parse(printed.out)]).toMatchObject([5, { totpSecret: TOTP_SECRET }]);

  rmSync(out());
  answers["POST /api/registration/confirm"] = [409, { code: "name-taken" }];
  expect(await register("--secrets-out", out())).toMatchObject({ code: 4, out: "" });
  answers["POST /api/registration"] = "lost";
  expect(await register("--secrets-out", out())).toMatchObject({ code: 5, out: "" });
  expect(readdirSync(folder)).toEqual(["app-password"]);
});

test("so do new keys; and an account that is here is opened by one reading of its passphrase", async () => {
  answers = { ...signedIn(false), "POST /api/keys": [409, { code: "keys-exist" }] };
  const login = (...args: string[]) =>
    call(folder, ["login", ...args, "--secrets-out", out(), "--passphrase-file", "-"], {
      input: "one and only\n",
    });
  expect(await login(...byAppPassword())).toMatchObject({ code: 4 });
  expect(existsSync(out())).toBe(false);
  answers["POST /api/keys"] = "lost";
  const again = ["--app-password-file", join(folder, "app-password")];
  expect(await login(...again)).toMatchObject({ code: 5 });
  const { recoveryCode } = kept();
  rmSync(out());
  answers["POST /api/keys"] = [200];
  expect(await login(...again)).toMatchObject({ code: 0, error: "" });
  expect(kept()).toEqual({ recoveryCode });
});

test("a reader that has gone is a failure of what is told once, and none of what lists", async () => {
  answers = { ...signedIn(false), "POST /api/keys": [200] };
  const unread = (...args: string[]) => {
    const child = start(folder, args);
    child.stdout?.destroy();
    child.stderr?.resume();
    return new Promise((ended) => child.once("exit", ended));
  };
  expect(await unread("completion", "bash")).toBe(0);
  expect(await unread("login", ...byAppPassword(), "--no-passphrase")).toBe(9);
  expect(asked).not.toContain("POST /api/keys");
});

/** What signs in and waits for another device. */
function linking(...args: string[]): string[] {
  answers = {
    ...signedIn(true),
    "POST /api/links": [200, { secondsLeft: 120 }],
    "GET /api/links//progress": [200, { secondsLeft: 120, challenge: null, answered: false }],
    "DELETE /api/links/": [200],
  };
  return ["link", ...byAppPassword(), "--no-passphrase", "--json", ...args];
}

test.each([
  ["SIGINT", 130],
  ["SIGHUP", 129],
] as const)("link takes back what it asked for when %s ends it", async (signal, code) => {
  const waiting = startReading(start(folder, linking()));
  await expect.poll(() => waiting.printed.length).toBe(1);
  expect(await waiting.end(signal)).toBe(code);
  expect(asked.at(-1)).toBe("DELETE /api/links/");
});

test("link waits no longer than it was told to, and takes back what it asked for", async () => {
  expect(await call(folder, linking("--timeout", "5"))).toMatchObject({ code: 8 });
  expect(asked.at(-1)).toBe("DELETE /api/links/");
});

test("a file that holds no recovery code is noticed before anybody signs in", async () => {
  const file = join(folder, "app-password");
  const login = ["login", ...byAppPassword(), "--recovery-code-file", file, "--no-passphrase"];
  expect(await call(folder, login)).toMatchObject({ code: 2, out: "" });
  expect(asked).toEqual([]);
});
