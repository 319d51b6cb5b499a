import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { totpCode } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { PASSWORD, register } from "./support/accounts.ts";
import { withDatabase } from "./support/data-folder.ts";
import { type Answer, post } from "./support/http.ts";

let server: ServerProcess;

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server?.dispose());

const start = (name: string, firstRunToken?: string) =>
  post(server, "/api/registration", { name, displayName: name, password: PASSWORD, firstRunToken });

async function confirm(started: Answer): Promise<Answer> {
  const { registration, totpSecret } = JSON.parse(started.body) as {
    registration: string;
    totpSecret: string;
  };
  return post(server, "/api/registration/confirm", { registration, code: totpCode(totpSecret) });
}

describe("before the administrator exists", () => {
  test.each([
    ["without a token", undefined, 403, "registration-closed"],
    ["with a made-up one", "A".repeat(43), 403, "registration-closed"],
    ["with one of another length", "A".repeat(44), 400, "bad-request"],
    ["with an empty one", "", 400, "bad-request"],
  ])("nobody registers %s", async (_, token, status, code) => {
    expect(await start("mallory", token)).toMatchObject({ status, code });
  });

  test("a token of an earlier start is worth nothing", async () => {
    const earlier = server.firstRunToken ?? "";
    server = await server.restart();
    expect(server.firstRunToken).not.toBe(earlier);
    expect(await start("mallory", earlier)).toMatchObject({ status: 403, code: "registration-closed" });
  });

  test("of two who confirm with the token at once, one is seated and the other turned away", async () => {
    const token = server.firstRunToken ?? "";
    const forms = await Promise.all([start("first", token), start("second", token)]);
    const answers = await Promise.all(forms.map(confirm));
    expect(answers.map(({ status, code }) => code ?? status).sort()).toEqual([204, "registration-closed"]);
  });
});

describe("after it", () => {
  test("the token makes no second administrator, and no start prints another", async () => {
    const token = server.firstRunToken ?? "";
    expect((await confirm(await start("latecomer", token))).status).toBe(204);
    await register(server, "member");
    server = await server.restart();
    expect(server.firstRunToken).toBeNull();
    await server.kill("SIGTERM");
    const roles: { role: string }[] = await withDatabase(server.dataFolder, (pool) =>
      pool.query("SELECT role FROM account"),
    );
    expect(roles.map(({ role }) => role).sort()).toEqual(["administrator", "member", "member"]);
  });

  test("the data folder and the keys in it are the owner's alone", () => {
    expect(statSync(server.dataFolder).mode & 0o777).toBe(0o700);
    expect(statSync(join(server.dataFolder, "secrets.json")).mode & 0o777).toBe(0o600);
  });
});

describe("the server does not start with", () => {
  const base64 = (text: string) => Buffer.from(text.padEnd(32, "x").slice(0, 32)).toString("base64url");
  test.each([
    ["a short JWT secret", { JWT_SECRET: "c2VjcmV0" }, "JWT_SECRET"],
    ["one that is a phrase", { JWT_SECRET: base64("correct horse battery staple") }, "JWT_SECRET"],
    [
      "a pepper that repeats",
      { PASSWORD_PEPPER: `1:${Buffer.from("ab".repeat(16)).toString("base64url")}` },
      "PEPPER",
    ],
    ["a second key that is weak", { JWT_SECRET: `${"qwErty_-7890".repeat(4).slice(0, 43)},x` }, "JWT_SECRET"],
  ])("%s, and does not print it", async (_, env, named) => {
    const { code, output } = await boot(env);
    expect(code).not.toBe(0);
    expect(output).toContain(named);
    for (const value of Object.values(env)) expect(output).not.toContain(value);
  });

  test("keys that others on the machine can read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sceau-weak-"));
    writeFileSync(join(folder, "secrets.json"), "{}", { mode: 0o644 });
    const { code, output } = await boot({}, folder);
    expect(code).not.toBe(0);
    expect(output).toContain("chmod 600");
  });
});

/** A start that ends by itself. */
async function boot(env: Record<string, string>, folder = mkdtempSync(join(tmpdir(), "sceau-weak-"))) {
  const root = join(import.meta.dirname, "..", "..");
  const child = spawn(process.execPath, ["dist/server.mjs", "--data", folder], {
    cwd: root,
    env: { ...process.env, ...env, NODE_ENV: "production" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => {
      output += part;
    });
  }
  const [code] = (await once(child, "close")) as [number];
  rmSync(folder, { recursive: true });
  return { code, output };
}
