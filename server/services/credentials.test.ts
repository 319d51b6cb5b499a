import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountId, newId } from "../../lib/base/ids.ts";
import { DEFAULT_POLICIES } from "../../lib/protocol/policies.ts";
import { type Database, openDatabase } from "../database/database.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../database/embedded/embedded-database.ts";
import { migrate } from "../database/migrate.ts";
import { createLog } from "../log.ts";
import { createCredentials } from "./credentials.ts";
import type { Session } from "./sessions.ts";
import { createTotp } from "./totp.ts";

const MINUTE = 60_000;
const log = createLog({ debug: false });
const client = { address: "192.0.2.1", agent: "test" };
let now = 1_800_000_000_000;
let folder: string;
let embedded: EmbeddedDatabase;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sceau-credentials-"));
  embedded = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 64, log });
  await migrate(embedded, join(import.meta.dirname, "..", "..", "prisma", "migrations"), log);
  database = openDatabase(embedded, 4);
});

afterAll(async () => {
  await database?.close();
  await embedded?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** An account in real tables, with a clock that is moved by hand. */
async function setUp(name: string) {
  const totp = createTotp([{ version: 1, key: new Uint8Array(randomBytes(32)) }], () => now);
  const id = newId<AccountId>();
  const { uri: _, text: __, ...sealed } = totp.create(id, name, "Sceau");
  const account = {
    id,
    name,
    displayName: name,
    role: "member",
    passwordHash: "x",
    pepperVersion: 1,
  } as const;
  await database.newAccounts.insert({ ...account, ...sealed, totpLastStep: 0 }, now);
  const credentials = createCredentials({
    database,
    totp,
    hasher: { hash: async () => ({ passwordHash: "y", pepperVersion: 1 }) } as never,
    signInCodes: {} as never,
    sessions: { forget: () => {} } as never,
    journal: { record: async () => {} } as never,
    policies: { current: () => DEFAULT_POLICIES },
    issuer: "Sceau",
    clock: () => now,
  });
  const session = { id: newId(), accountId: id, deviceId: null } as unknown as Session;
  const { replacement, totpSecret } = await credentials.startTotp(session);
  const codeNow = () => new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate({ timestamp: now });
  const secret = async () => (await database.accounts.findById(id))?.totpSecret;
  return {
    credentials,
    session,
    secret,
    confirm: () => credentials.confirmTotp(session, { replacement, code: codeNow() }, client),
  };
}

describe("a pending authenticator", () => {
  it("is good for fifteen minutes", async () => {
    const { confirm, secret } = await setUp("in-time");
    const before = await secret();
    now += 15 * MINUTE - 1;
    await confirm();
    expect(await secret()).not.toEqual(before);
  });

  it("is nothing from then on, and the old one stays", async () => {
    const { confirm, secret } = await setUp("too-late");
    const before = await secret();
    now += 15 * MINUTE;
    await expect(confirm()).rejects.toMatchObject({ code: "expired" });
    expect(await secret()).toEqual(before);
  });

  it("is cleared away with what else is over, and not before", async () => {
    const { confirm, credentials } = await setUp("kept");
    await credentials.deleteExpired();
    await confirm();
    const { confirm: late, credentials: cleaned } = await setUp("cleared");
    now += 15 * MINUTE;
    await cleaned.deleteExpired();
    now -= 15 * MINUTE;
    await expect(late()).rejects.toMatchObject({ code: "expired" });
  });
});

describe("a replaced credential", () => {
  it("is seen by every sign-in that began before, to the millisecond", async () => {
    const { credentials, session } = await setUp("watched");
    const changed = (since: number) => database.accounts.haveCredentialsChanged(session.accountId, since);
    expect(await changed(0)).toBe(false);
    await credentials.changePassword(session, "staple correct horse", client);
    expect([await changed(now - 1), await changed(now), await changed(now + 1)]).toEqual([true, true, false]);
  });
});
