import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEntrance } from "../../lib/client/entrance.ts";
import { type Device, freshTotpCode, registerDevice, totpCode } from "../../server/testing/device.ts";
import { newProfile, nodePlatform, type Profile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { PASSWORD, register, startSignIn, type TestAccount } from "./support/accounts.ts";
import { withDatabase } from "./support/data-folder.ts";
import { type Answer, cookieHeader, post, send } from "./support/http.ts";
import { openSocket } from "./support/sockets.ts";

interface ListedSession {
  id: string;
  device: string | null;
  address: string;
  agent: string;
  suspicions: string[];
  current: boolean;
}
interface Entry {
  id: number;
  event: string;
  outcome: string;
  suspicions: string[];
  here: boolean;
}

let server: ServerProcess;
let alice: TestAccount;
/** Alice's second browser, never seen before. */
let second: Profile;

async function read<T>(profile: Profile, path: string): Promise<T> {
  const { status, body } = await send(server, "GET", path, { headers: cookieHeader(profile) });
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return JSON.parse(body) as T;
}
const sessionsOf = async (profile: Profile) =>
  (await read<{ sessions: ListedSession[] }>(profile, "/api/sessions")).sessions;
const devicesOf = async (profile: Profile) =>
  (
    await read<{ devices: { id: string; name: string; current: boolean; live: boolean }[] }>(
      profile,
      "/api/devices",
    )
  ).devices;
const journalOf = (profile: Profile, query = "") =>
  read<{ entries: Entry[]; more: boolean }>(profile, `/api/journal${query}`);
const noticesOf = async (profile: Profile) =>
  (await read<{ notices: Entry[] }>(profile, "/api/notices")).notices;
const mutate = (profile: Profile, method: string, path: string, body: object = {}): Promise<Answer> =>
  post(server, path, body, cookieHeader(profile), method);

async function signIn(account: { name: string; totpSecret: string }, code?: string): Promise<Profile> {
  const profile = newProfile();
  const challenge = await startSignIn(server, account.name);
  const entrance = createEntrance(nodePlatform(server.origin, profile));
  await entrance.confirmSignIn({ challenge, code: code ?? totpCode(account.totpSecret) });
  return profile;
}

async function stepUp({ totpSecret }: { totpSecret: string }, profile: Profile): Promise<void> {
  const body = { password: PASSWORD, code: await freshTotpCode(totpSecret) };
  const platform = nodePlatform(server.origin, profile);
  const headers = { "content-type": "application/json" };
  const answer = await platform.fetch("/api/step-up", {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`step-up: ${answer.status}`);
}

beforeAll(async () => {
  server = await startServer();
  await register(server, "root", server.firstRunToken);
  alice = await register(server, "alice");
});

afterAll(() => server?.dispose());

describe("a sign-in from a new browser", () => {
  test("is told to the others over their sockets, and not to itself", async () => {
    const socket = await openSocket(server, alice.profile);
    const bystander = await openSocket(server, (await register(server, "bystander")).profile);
    second = await signIn(alice);
    const own = await openSocket(server, second);
    await expect.poll(() => socket.texts).toContain('{"type":"notice"}');
    for (const { texts } of [own, bystander]) expect(texts.join()).not.toContain("notice");
    for (const each of [socket, bystander, own]) each.close();
  });

  test("waits for sessions that were offline, until they have seen it", async () => {
    const notices = await noticesOf(alice.profile);
    expect(notices).toMatchObject([
      { event: "sign-in", outcome: "suspicious", suspicions: ["new-browser"], here: false },
    ]);
    expect(await noticesOf(second)).toEqual([]);
    const id = notices[0]?.id ?? 0;
    expect((await mutate(alice.profile, "PUT", "/api/notices/seen", { id })).status).toBe(204);
    expect(await noticesOf(alice.profile)).toEqual([]);
    // Never back.
    await mutate(alice.profile, "PUT", "/api/notices/seen", { id: 0 });
    expect(await noticesOf(alice.profile)).toEqual([]);
  });
});

describe("the list of sessions", () => {
  test("has one's own, says which one asks and what was unusual, and holds no hash", async () => {
    const own = await sessionsOf(alice.profile);
    expect(own).toHaveLength(2);
    expect(own.filter(({ current }) => current)).toMatchObject([{ suspicions: [], address: "127.0.0.1" }]);
    expect(own.filter(({ current }) => !current)).toMatchObject([{ suspicions: ["new-browser"] }]);
    for (const session of own) {
      expect(session.id).toMatch(/^[\w-]{22}$/);
      expect(Object.keys(session).sort()).toEqual(
        [
          ...["address", "agent", "appPassword", "createdAt", "current", "device", "id", "lastSeenAt"],
          "suspicions",
        ].sort(),
      );
    }
    const others = await sessionsOf((await register(server, "lonely")).profile);
    expect(others).toHaveLength(1);
    expect(own.map(({ id }) => id)).not.toContain(others[0]?.id);
  });

  test("ends one: its sockets and its cookie at once, nobody else's", async () => {
    const [other] = (await sessionsOf(alice.profile)).filter(({ current }) => !current);
    const socket = await openSocket(server, second);
    expect((await mutate(alice.profile, "DELETE", `/api/sessions/${other?.id}`)).status).toBe(204);
    expect(await socket.closed).toBe(4401);
    expect((await send(server, "GET", "/api/me", { headers: cookieHeader(second) })).status).toBe(401);
    expect(await sessionsOf(alice.profile)).toHaveLength(1);
    // Once.
    expect((await mutate(alice.profile, "DELETE", `/api/sessions/${other?.id}`)).status).toBe(404);
  });

  test("ends nobody else's session", async () => {
    const mallory = await register(server, "mallory");
    const [own] = await sessionsOf(alice.profile);
    expect((await mutate(mallory.profile, "DELETE", `/api/sessions/${own?.id}`)).status).toBe(404);
    expect(await sessionsOf(alice.profile)).toHaveLength(1);
  });

  test("ends all others", async () => {
    const carol = await register(server, "carol");
    const other = await signIn(carol);
    const [kept, ended] = [await openSocket(server, carol.profile), await openSocket(server, other)];
    expect((await mutate(carol.profile, "POST", "/api/sessions/end-others")).status).toBe(204);
    expect(await ended.closed).toBe(4401);
    expect(kept.socket.readyState).toBe(kept.socket.OPEN);
    kept.close();
    expect(await sessionsOf(carol.profile)).toHaveLength(1);
    const { entries } = await journalOf(carol.profile);
    expect(entries[0]).toMatchObject({ event: "sessions-revoked", outcome: "ok", here: true });
  });
});

describe("devices", () => {
  let dana: Device;
  /** Another of Dana's browsers. */
  let phone: Profile;

  beforeAll(async () => {
    dana = await registerDevice(server, "dana");
    phone = await signIn(dana.person, await freshTotpCode(dana.person.totpSecret));
    await createEntrance(nodePlatform(server.origin, phone)).recover(dana.person.recoveryCode);
  });
  afterAll(() => dana?.close());

  test("are listed with the one that asks and those where somebody is signed in, and can be named", async () => {
    const [first, added] = await devicesOf(dana.profile);
    expect([first, added]).toMatchObject([
      { current: true, live: true },
      { current: false, live: true },
    ]);
    expect((await mutate(dana.profile, "PUT", `/api/devices/${added?.id}`, { name: " Phone " })).status).toBe(
      204,
    );
    expect((await devicesOf(dana.profile))[1]?.name).toBe("Phone");
    expect((await mutate(alice.profile, "PUT", `/api/devices/${added?.id}`, { name: "x" })).status).toBe(404);
    for (const name of ["", " ", "x".repeat(121)])
      expect((await mutate(dana.profile, "PUT", `/api/devices/${added?.id}`, { name })).status).toBe(400);
  });

  test("that were added are told to the others", async () => {
    expect((await noticesOf(dana.profile)).map(({ event }) => event)).toContain("device-added");
    expect((await noticesOf(phone)).map(({ event }) => event)).not.toContain("device-added");
  });

  test("are what a session belongs to, whatever it says of itself later", async () => {
    const [first, added] = await devicesOf(dana.profile);
    const use = (device?: string) => mutate(phone, "PUT", "/api/devices/current", { device });
    expect((await use(first?.id)).status).toBe(404);
    expect((await use(added?.id)).status).toBe(204);
    const tied = (await sessionsOf(phone)).find(({ current }) => current);
    expect(tied?.device).toBe(added?.id);
  });

  test("have one session each: nobody hides behind a device that somebody uses", async () => {
    const thief = await signIn(dana.person, await freshTotpCode(dana.person.totpSecret));
    const [, added] = await devicesOf(dana.profile);
    const socket = await openSocket(server, phone);
    const body = { device: added?.id };
    expect((await mutate(thief, "PUT", "/api/devices/current", body)).status).toBe(204);
    expect(await socket.closed).toBe(4401);
    const tied = (await sessionsOf(thief)).filter(({ device }) => device === added?.id);
    expect(tied).toMatchObject([{ current: true }]);
    // Removing the device ends it, whoever it is.
    phone = thief;
  });

  test("are removed after a step-up alone, with their sessions, and never the one that asks", async () => {
    const [first, added] = await devicesOf(dana.profile);
    const path = `/api/devices/${added?.id}`;
    expect(await mutate(dana.profile, "DELETE", path)).toMatchObject({
      status: 403,
      code: "step-up-required",
    });
    await stepUp(dana.person, dana.profile);
    expect((await mutate(dana.profile, "DELETE", `/api/devices/${first?.id}`)).status).toBe(409);
    const socket = await openSocket(server, phone);
    expect((await mutate(dana.profile, "DELETE", path)).status).toBe(204);
    expect(await socket.closed).toBe(4401);
    expect(await devicesOf(dana.profile)).toHaveLength(1);
    expect((await mutate(dana.profile, "DELETE", path)).status).toBe(404);
    const vault = await read<{ boxes: string[] }>(dana.profile, "/api/vault");
    expect(vault.boxes).toHaveLength(2);
  });
});

describe("one's own journal", () => {
  test("comes in pages of fifty, newest first, without gaps, and is one's own", async () => {
    const erin = await registerDevice(server, "erin");
    const [device] = await devicesOf(erin.profile);
    for (let i = 0; i < 60; i++)
      await mutate(erin.profile, "PUT", `/api/devices/${device?.id}`, { name: `Name ${i}` });
    const first = await journalOf(erin.profile);
    expect(first.entries).toHaveLength(50);
    expect(first.more).toBe(true);
    const rest = await journalOf(erin.profile, `?before=${first.entries.at(-1)?.id}`);
    expect(rest.more).toBe(false);
    const events = [...first.entries, ...rest.entries].map(({ event }) => event);
    expect(events.slice(0, 60)).toEqual(Array(60).fill("device-renamed"));
    expect(events.slice(60)).toEqual(["keys-made", "registration"]);
    const ids = [...first.entries, ...rest.entries].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    erin.close();
  });

  test.each(["before=0", "before=-1", "before=x", "before=1e3", "after=1", "before=1&before=2x"])(
    "refuses ?%s",
    async (query) => {
      const headers = cookieHeader(alice.profile);
      expect((await send(server, "GET", `/api/journal?${query}`, { headers })).status).toBe(400);
    },
  );

  test("shows what others try in one's name, and a right sign-in after it as suspicious", async () => {
    const frank = await register(server, "frank");
    await createEntrance(nodePlatform(server.origin, frank.profile)).whereTo();
    const stranger = createEntrance(nodePlatform(server.origin, newProfile()));
    const challenge = await startSignIn(server, "frank", "wrong password");
    for (let i = 0; i < 6; i++) await stranger.confirmSignIn({ challenge, code: "000000" }).catch(() => {});
    const own = createEntrance(nodePlatform(server.origin, frank.profile));
    const step = { challenge: await startSignIn(server, "frank"), code: totpCode(frank.totpSecret) };
    await own.confirmSignIn(step);
    const { entries } = await journalOf(frank.profile);
    expect(entries.map(({ outcome }) => outcome)).toEqual([
      "suspicious",
      "throttled",
      ...Array(5).fill("failed"),
      "ok",
    ]);
    expect(entries[0]).toMatchObject({ suspicions: ["many-failures"], here: true });
  });
});

test("a removed device leaves no box behind, and its account's vault key is to be renewed", async () => {
  await server.kill("SIGTERM");
  await withDatabase(server.dataFolder, async (pool) => {
    const due = await pool.query(
      "SELECT a.name FROM identity i JOIN account a ON a.id = i.account_id WHERE i.renewal_due",
    );
    expect(due).toEqual([expect.objectContaining({ name: "dana" })]);
  });
});
