import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type AccountId, type LinkId, newId, type SessionId } from "../../lib/base/ids.ts";
import { type Database, openDatabase } from "../database/database.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../database/embedded/embedded-database.ts";
import { migrate } from "../database/migrate.ts";
import { SERVER_LIMITS } from "../limits.ts";
import { createDeviceLinkService } from "./device-links.ts";
import type { Session } from "./sessions.ts";

const log = pino({ level: "silent" });
const client = { address: "192.0.2.1", agent: "test" };
const bytes = (length: number) => new Uint8Array(length).fill(7);
const box = bytes(1219);
const gone = { code: "link-expired" };
const conflict = { code: "conflict" };

let folder: string;
let embedded: EmbeddedDatabase;
let database: Database;
let now = Date.now();
/** Of one account: the browser that asks, the one that answers; and one of somebody else. */
let newcomer: Session;
let existing: Session;
let stranger: Session;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "links-test-"));
  embedded = await startEmbeddedDatabase({ dataFolder: folder, bufferPoolMegabytes: 32, log });
  await migrate(embedded, join(import.meta.dirname, "..", "..", "prisma", "migrations"), log);
  database = openDatabase(embedded, 5);
  const [own, other] = [await insertAccount("own"), await insertAccount("other")];
  newcomer = await insertSession(own);
  existing = await insertSession(own);
  stranger = await insertSession(other);
}, 60_000);

afterAll(async () => {
  await database.close();
  await embedded.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  now = Date.now();
});

async function insertAccount(name: string): Promise<AccountId> {
  const id = newId<AccountId>();
  await database.newAccounts.insert(
    {
      id,
      name,
      displayName: name,
      role: "member",
      passwordHash: "x",
      pepperVersion: 1,
      totpSecret: bytes(20),
      totpKeyVersion: 1,
      totpLastStep: 0,
    } as Parameters<Database["newAccounts"]["insert"]>[0],
    now,
  );
  return id;
}

async function insertSession(accountId: AccountId): Promise<Session> {
  const id = newId<SessionId>();
  const times = { createdAt: now, lastSeenAt: now, authenticatedAt: now, endsAt: now + 3_600_000 };
  const row = { id, secretHash: new Uint8Array(32), accountId, deviceId: null, ...client, ...times };
  await database.sessions.insert(row as Parameters<Database["sessions"]["insert"]>[0]);
  return { id, accountId, deviceId: null };
}

const journal = { record: vi.fn(async () => {}) };
const service = () =>
  createDeviceLinkService({
    links: database.deviceLinks,
    keys: { isLinkBox: async () => true },
    journal,
    clock: () => now,
  });

async function start(commitment?: Uint8Array<ArrayBuffer>): Promise<LinkId> {
  const link = newId<LinkId>();
  await service().start(newcomer, { link, deviceKey: bytes(1216), commitment }, client);
  return link;
}

const pass = (seconds: number) => {
  now += seconds * 1000;
};

describe("a link", () => {
  it("may be answered until its last moment, and not after it", async () => {
    const link = await start();
    pass(SERVER_LIMITS.linkSeconds - 0.001);
    expect(await service().newcomer(existing, link)).toMatchObject({ secondsLeft: 1 });
    pass(0.001);
    await expect(service().newcomer(existing, link)).rejects.toMatchObject(gone);
    await expect(service().answer(existing, link, box, client)).rejects.toMatchObject(gone);
    await expect(service().progress(newcomer, link)).rejects.toMatchObject(gone);
  });

  it("keeps its answer until then, and no longer", async () => {
    const link = await start();
    await service().answer(existing, link, box, client);
    pass(SERVER_LIMITS.linkSeconds);
    await expect(service().collect(newcomer, link)).rejects.toMatchObject(gone);
    await service().deleteExpired();
    now -= 1000;
    await expect(service().collect(newcomer, link)).rejects.toMatchObject(gone);
  });

  it("is answered once, and picked up once, however many try", async () => {
    const link = await start();
    const twenty = <T>(work: () => Promise<T>) => Promise.allSettled(Array.from({ length: 20 }, work));
    const answers = await twenty(() => service().answer(existing, link, box, client));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of answers) if (one.status === "rejected") expect(one.reason).toMatchObject(conflict);
    const picked = await twenty(() => service().collect(newcomer, link));
    expect(picked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of picked) if (one.status === "rejected") expect(one.reason).toMatchObject(gone);
  });

  it("is nobody's but the account's, and picked up by the session that asked", async () => {
    const link = await start();
    await expect(service().newcomer(stranger, link)).rejects.toMatchObject(gone);
    await expect(service().answer(stranger, link, box, client)).rejects.toMatchObject(gone);
    await expect(service().answer(newcomer, link, box, client)).rejects.toMatchObject(gone);
    await service().cancel(stranger, link, client);
    await service().answer(existing, link, box, client);
    for (const session of [stranger, existing])
      await expect(service().collect(session, link)).rejects.toMatchObject(gone);
    expect(await service().collect(newcomer, link)).toEqual({ box });
  });

  it("takes the place of the one before it, and does not come back after it was cancelled", async () => {
    const [first, second] = [await start(), await start()];
    await expect(service().newcomer(existing, first)).rejects.toMatchObject(gone);
    await service().cancel(existing, second, client);
    await expect(service().newcomer(existing, second)).rejects.toMatchObject(gone);
    expect(journal.record).toHaveBeenLastCalledWith("link-cancelled", "failed", client, existing.accountId);
  });

  it("goes with its session", async () => {
    const link = await start();
    await database.pool.query("DELETE FROM session WHERE id = ?", [Buffer.from(newcomer.id, "base64url")]);
    await expect(service().newcomer(existing, link)).rejects.toMatchObject(gone);
    newcomer = await insertSession(newcomer.accountId);
  });
});

describe("a comparison", () => {
  it("takes its steps in order, each once", async () => {
    const link = await start(bytes(32));
    const { answer, challenge, reveal } = service();
    await expect(reveal(newcomer, link, bytes(32))).rejects.toMatchObject(conflict);
    await expect(answer(existing, link, box, client)).rejects.toMatchObject(conflict);
    const challenges = await Promise.allSettled(
      Array.from({ length: 20 }, () => challenge(existing, link, bytes(32))),
    );
    expect(challenges.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(answer(existing, link, box, client)).rejects.toMatchObject(conflict);
    await reveal(newcomer, link, bytes(32));
    await expect(reveal(newcomer, link, new Uint8Array(32))).rejects.toMatchObject(conflict);
    await answer(existing, link, box, client);
  });

  it("is not begun with a link that has a code", async () => {
    const link = await start();
    await expect(service().challenge(existing, link, bytes(32))).rejects.toMatchObject(conflict);
    expect(await service().newcomers(existing)).toEqual({ newcomers: [] });
  });

  it("is shown to the account's other browsers", async () => {
    const link = await start(bytes(32));
    const ids = async (session: Session) =>
      (await service().newcomers(session)).newcomers.map(({ id }) => id);
    expect(await ids(existing)).toEqual([link]);
    expect(await ids(newcomer)).toEqual([]);
    expect(await ids(stranger)).toEqual([]);
  });
});
