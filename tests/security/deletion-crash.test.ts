import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromBase64url } from "../../lib/base/encoding.ts";
import type { AccountId } from "../../lib/base/ids.ts";
import { type Device, freshTotpCode, registerDevice, startTalking } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { withDatabase } from "./support/data-folder.ts";
import { cookieHeader, send } from "./support/http.ts";

/** When the server is killed: while it works, and once it has answered. */
const DELAYS_MS = [0, 8, 20, 40, Number.POSITIVE_INFINITY];

let server: ServerProcess;
let bob: Device;
let leavers: { device: Device; id: AccountId; name: string }[];

beforeAll(async () => {
  server = await startServer();
  bob = await registerDevice(server, "bob");
  leavers = [];
  for (const [i] of DELAYS_MS.entries()) {
    const name = `leaver${i}`;
    const device = await registerDevice(server, name);
    const conversation = await startTalking(device, bob);
    await device.say(conversation, "mine");
    await bob.until(() => bob.texts(conversation).length === 1, "the message");
    leavers.push({ device, id: device.messenger.getState().me?.id as AccountId, name });
  }
  await Promise.all(
    leavers.map(async ({ device: { messenger, person } }) => {
      const code = await freshTotpCode(person.totpSecret);
      await (await messenger.account()).sessions.stepUp({ password: person.password, code });
    }),
  );
}, 240_000);

afterAll(async () => {
  for (const { device } of leavers) device.close();
  bob?.close();
  await server?.dispose();
});

test("a server killed while it deletes has the whole account at its next start, or nothing of it", async () => {
  const { dataFolder, port } = server;
  const outcomes: string[] = [];
  for (const [i, delay] of DELAYS_MS.entries()) {
    const { device, name } = leavers[i] as (typeof leavers)[number];
    const account = await device.messenger.account();
    const answered = account.deletion.delete(name).then(
      () => true,
      () => false,
    );
    await (Number.isFinite(delay) ? sleep(delay) : answered);
    await server.kill("SIGKILL");
    device.close();
    const answer = await answered;
    server = await startServer({ dataFolder, port });
    const { status } = await send(server, "GET", "/api/me", { headers: cookieHeader(device.profile) });
    outcomes.push(status === 200 ? "whole" : "gone");
    // What was answered is durable.
    if (answer) expect(status).toBe(401);
  }
  expect(outcomes.at(-1)).toBe("gone");
  await server.kill("SIGTERM");
  await withDatabase(dataFolder, async (pool) => {
    for (const [i, { id }] of leavers.entries()) {
      const own = [Buffer.from(fromBase64url(id) as Uint8Array)];
      const count = async (sql: string) => Number((await pool.query(sql, own))[0].n);
      const there = outcomes[i] === "whole" ? 1 : 0;
      expect(await count("SELECT COUNT(*) AS n FROM account WHERE id = ?")).toBe(there);
      expect(await count("SELECT COUNT(*) AS n FROM device WHERE account_id = ?")).toBe(there);
      expect(await count("SELECT COUNT(*) AS n FROM message WHERE sender_id = ?")).toBe(there);
      const entries = "SELECT COUNT(*) AS n FROM journal WHERE account_id = ? AND event = 'account-deletion'";
      expect((await count(entries)) > 0).toBe(there === 0);
    }
  });
}, 120_000);
