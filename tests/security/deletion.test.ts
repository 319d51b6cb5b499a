import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { equalBytes } from "../../lib/base/bytes.ts";
import { fromBase64url, toBase64url } from "../../lib/base/encoding.ts";
import { type AccountId, type ConversationId, type FileId, newId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { decodePage } from "../../lib/protocol/frames.ts";
import { webp } from "../../server/services/testing/pictures.ts";
import {
  type Device,
  freshTotpCode,
  openDevice,
  registerDevice,
  startTalking,
} from "../../server/testing/device.ts";
import { newProfile } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { signInAgain } from "../../server/testing/sign-in.ts";
import { confirmSignIn, startSignIn } from "./support/accounts.ts";
import { withDatabase } from "./support/data-folder.ts";
import { cookieHeader, post } from "./support/http.ts";

let server: ServerProcess;
let root: Device;
let dana: Device;
let bob: Device;
let danaId: AccountId;
let conversation: ConversationId;

/** What must be found nowhere once Dana is gone. */
const erased = new Map<string, Uint8Array>();
const keep = (name: string, value: string | Uint8Array) =>
  erased.set(name, typeof value === "string" ? Buffer.from(value) : value);

const idOf = (device: Device) => device.messenger.getState().me?.id as AccountId;
const conversationOf = (device: Device, id = conversation) =>
  device.messenger.getState().conversations?.find((one) => one.id === id);

async function stepUp({ messenger, person }: Device): Promise<void> {
  const code = await freshTotpCode(person.totpSecret);
  await (await messenger.account()).sessions.stepUp({ password: person.password, code });
}

async function remove(device: Device): Promise<void> {
  await stepUp(device);
  await (await device.messenger.account()).deletion.delete(device.person.name);
}

/** Everything an account can have. */
async function fill(): Promise<void> {
  const api = createApi(dana.platform);
  const unlocked = await unlockWithDevice(api, dana.platform, danaId);
  if (!unlocked) throw new Error("not unlocked");
  const vault = (await (await dana.platform.fetch("/api/vault")).json()) as {
    boxes: string[];
    entries: { ciphertext: string }[];
  };
  for (const [i, box] of vault.boxes.entries()) keep(`box ${i}`, fromBase64url(box) as Uint8Array);
  for (const [i, entry] of vault.entries.entries())
    keep(`vault entry ${i}`, fromBase64url(entry.ciphertext) as Uint8Array);
  const keys = (await (await bob.platform.fetch(`/api/people/${danaId}/keys`)).json()) as {
    transportCertificate: string;
  };
  keep("transport certificate", fromBase64url(keys.transportCertificate) as Uint8Array);
  keep("device", fromBase64url(unlocked.device.device) as Uint8Array);

  const headers = { ...cookieHeader(dana.profile), "user-agent": "sceau-test" };
  const put = (path: string, body: object) => post(server, path, body, headers, "PUT");
  const picture = webp();
  const statuses = [
    await put("/api/me", { displayName: "Dana Delacroix-Ferrand", status: "Gone fishing, back on Monday" }),
    await put("/api/me/picture", { picture: toBase64url(picture) }),
    await put("/api/me/email", { email: "dana.delacroix@example.org" }),
    await post(server, "/api/sign-in-codes", {}, headers),
    await post(server, "/api/totp", {}, headers),
    // A renewal that nobody finishes.
    await post(server, "/api/renewals", {}, headers),
    await post(
      server,
      `/api/conversations/${conversation}/files`,
      { file: newId<FileId>(), size: 1_000 },
      headers,
    ),
  ].map(({ status }) => status);
  expect(statuses.filter((status) => status >= 300)).toEqual([]);
  keep("display name", "Dana Delacroix-Ferrand");
  keep("status", "Gone fishing");
  keep("e-mail address", "dana.delacroix@example.org");
  keep("picture", picture);
  keep("name", dana.person.name);

  const page = await dana.platform.fetch(`/api/conversations/${conversation}/messages?after=0`);
  for (const { seq, envelope } of decodePage(new Uint8Array(await page.arrayBuffer())))
    if (equalBytes(envelope.slice(19, 35), fromBase64url(danaId) as Uint8Array))
      keep(`ciphertext of message ${seq}`, envelope.slice(119, 160));
  // Step 1 of a sign-in that nobody finishes, and a wrong code.
  await startSignIn(server, dana.person.name);
  await confirmSignIn(server, { challenge: await startSignIn(server, dana.person.name), code: "314159" });
}

beforeAll(async () => {
  server = await startServer();
  root = await registerDevice(server, "root");
  dana = await registerDevice(server, "dana.delacroix");
  bob = await registerDevice(server, "bob");
  danaId = idOf(dana);
  conversation = await startTalking(dana, bob);
  await dana.say(conversation, "one, of Dana's");
  await bob.until(() => bob.texts(conversation).length === 1, "one");
  await bob.say(conversation, "two, of Bob's");
  await dana.until(() => dana.texts(conversation).length === 2, "two");
  await dana.say(conversation, "three, of Dana's");
  await bob.until(() => bob.texts(conversation).length === 3, "three");
  // Another browser of hers, signed in and nothing more.
  await signInAgain(server, dana.person, newProfile());
  await stepUp(dana);
  await fill();
}, 240_000);

afterAll(async () => {
  for (const device of [root, dana, bob]) device?.close();
  await server?.dispose();
});

describe("an account", () => {
  test("is not deleted without both factors, under another name, or by another site", async () => {
    const body = { name: bob.person.name, departures: [] };
    const headers = cookieHeader(bob.profile);
    expect((await post(server, "/api/account", body, headers, "DELETE")).code).toBe("step-up-required");
    const wrongName = { ...body, name: "root" };
    const own = cookieHeader(dana.profile);
    expect((await post(server, "/api/account", wrongName, own, "DELETE")).code).toBe("bad-request");
    const evil = { ...own, origin: "https://evil.example" };
    const { code } = await post(server, "/api/account", { ...body, name: dana.person.name }, evil, "DELETE");
    expect(code).toBe("wrong-origin");
  });

  test("of the only administrator stays while there are others", async () => {
    await stepUp(root);
    const { deletion } = await root.messenger.account();
    await expect(deletion.delete("root")).rejects.toMatchObject({ code: "last-administrator" });
    expect(root.messenger.getState().phase).toBe("ready");
  }, 60_000);

  test("ends at once: sockets closed, this browser erased, and two tabs that do it end alike", async () => {
    // A message that waits in Bob's browser, and one that Dana sends at the very moment.
    bob.wire.outgoing = () => false;
    await bob.say(conversation, "too late");
    const tab = await openDevice(server, dana.person, dana.profile);
    const [first, second] = await Promise.allSettled([
      (await dana.messenger.account()).deletion.delete(dana.person.name),
      (await tab.messenger.account()).deletion.delete(dana.person.name),
      dana.say(conversation, "in flight").catch(() => undefined),
    ]);
    const failed = [first, second].filter(({ status }) => status === "rejected");
    expect(failed.length).toBeLessThan(2);
    for (const { messenger } of [dana, tab])
      expect(["deleted", "signed-out"]).toContain(messenger.getState().phase);
    expect(await dana.profile.storage.findDevice(danaId)).toBeNull();
    expect(await dana.profile.storage.outbox(danaId)).toEqual([]);
    tab.close();
  });

  test("is gone for the others too, live and after a reload", async () => {
    await bob.until(() => conversationOf(bob)?.peer?.deleted === true, "Bob sees it");
    expect(conversationOf(bob)).toMatchObject({ canSend: false, peer: { name: "", displayName: "" } });
    // What he had read stays on his screen; what waited says why it does not leave.
    expect(bob.texts(conversation).slice(0, 3)).toEqual([
      "one, of Dana's",
      "two, of Bob's",
      "three, of Dana's",
    ]);
    await bob.until(
      ({ timelines }) =>
        timelines
          .get(conversation)
          ?.messages.find(({ body }) => body.kind === "text" && body.text === "too late")?.failure ===
        "conversation-closed",
      "the message that waited has failed",
    );
    await expect(bob.say(conversation, "hello?")).rejects.toThrow();
    bob = await bob.reload();
    await bob.messenger.openConversation(conversation);
    await bob.until(() => bob.texts(conversation).length >= 3, "history");
    expect(bob.texts(conversation).slice(0, 3)).toEqual(["<deleted>", "two, of Bob's", "<deleted>"]);
    expect(conversationOf(bob)).toMatchObject({ canSend: false, alert: null, peer: { deleted: true } });
    expect(await bob.messenger.findPeople("dana")).toEqual([]);
  });

  test("answers a sign-in as a name does that never was", async () => {
    const answer = (challenge: string) => confirmSignIn(server, { challenge, code: "123456" });
    const [gone, never] = await Promise.all(
      [dana.person.name, "never.was"].map(async (name) => answer(await startSignIn(server, name))),
    );
    expect([gone?.status, gone?.body]).toEqual([never?.status, never?.body]);
  });

  test("leaves its name free, and nothing of its past to who takes it", async () => {
    const another = await registerDevice(server, dana.person.name);
    expect(idOf(another)).not.toBe(danaId);
    const theirs = await startTalking(another, bob);
    expect(theirs).not.toBe(conversation);
    expect(another.messenger.getState().conversations).toHaveLength(1);
    expect(conversationOf(bob)?.peer?.deleted).toBe(true);
    await remove(another);
    await bob.until(() => conversationOf(bob, theirs)?.peer?.deleted === true, "gone as well");
    another.close();
  }, 90_000);
});

describe("the database afterwards", () => {
  /** Every table there is. Whoever adds one says here whether an account's number may stay in it, and why. */
  const TABLES: Readonly<Record<string, readonly string[]>> = {
    _prisma_migrations: [],
    access_rule_set: [],
    account: [],
    account_picture: [],
    announcement: [],
    app_password: [],
    certificate: [],
    conversation: [],
    conversation_ban: [],
    conversation_box: [],
    conversation_key_epoch: [],
    // Who was in a conversation, for those who still are.
    conversation_member: ["account_id"],
    // Signed by everybody's chain of trust: it cannot be changed without breaking it.
    conversation_record: ["author_id", "bytes"],
    daily_count: [],
    device: [],
    device_link: [],
    enrolment: [],
    file: [],
    file_removal: [],
    // What verifies those records.
    former_certificate: ["account_id", "bytes"],
    former_identity: ["account_id"],
    identity: [],
    invitation: [],
    invitation_use: [],
    // The pseudonym.
    journal: ["account_id"],
    join_request: [],
    message: [],
    moderation_event: [],
    open_failure: [],
    pending_registration: [],
    pending_totp: [],
    renewal: [],
    renewal_entry: [],
    report: [],
    report_box: [],
    room_offer: [],
    server_policy: [],
    server_state: [],
    session: [],
    sign_in_challenge: [],
    sign_in_code: [],
    throttle: [],
    unfinished_deletion: [],
    vault_entry: [],
    vault_key_box: [],
    warning: [],
  };

  let rows: { table: string; column: string; value: Buffer }[] = [];

  beforeAll(async () => {
    await server.kill("SIGTERM");
    rows = await withDatabase(server.dataFolder, async (pool) => {
      const columns: { TABLE_NAME: string; COLUMN_NAME: string }[] = await pool.query(
        "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()",
      );
      expect([...new Set(columns.map((column) => column.TABLE_NAME))].sort()).toEqual(
        Object.keys(TABLES).sort(),
      );
      const found: typeof rows = [];
      for (const { TABLE_NAME: table, COLUMN_NAME: column } of columns) {
        const values: { value: Buffer | null }[] = await pool.query(
          `SELECT CAST(\`${column}\` AS BINARY) AS value FROM \`${table}\``,
        );
        for (const { value } of values) if (value) found.push({ table, column, value });
      }
      return found;
    });
  });

  function places(needle: Uint8Array): string[] {
    const bytes = Buffer.from(needle);
    const forms = [bytes, Buffer.from(bytes.toString("hex")), Buffer.from(toBase64url(bytes))];
    const hits = rows.filter(({ value }) => forms.some((form) => value.includes(form)));
    return [...new Set(hits.map(({ table, column }) => `${table}.${column}`))].sort();
  }

  test("is searched by something that finds", () => {
    expect(places(fromBase64url(idOf(bob)) as Uint8Array)).toContain("account.id");
    expect(places(Buffer.from("bob"))).toContain("account.name");
  });

  test("holds the account's number where that is said above, and nowhere else", () => {
    const allowed = Object.entries(TABLES).flatMap(([table, columns]) =>
      columns.map((one) => `${table}.${one}`),
    );
    // It remembers for a minute whose messages are to be looked for once more.
    const found = places(fromBase64url(danaId) as Uint8Array).filter(
      (place) => !place.startsWith("unfinished_deletion."),
    );
    expect(found).toEqual(allowed.sort());
  });

  test("holds nothing else of it", () => {
    expect(erased.size).toBeGreaterThan(12);
    const left = [...erased].flatMap(([name, value]) => places(value).map((place) => `${name}: ${place}`));
    expect(left).toEqual([]);
  });

  test("holds the hashes of the messages, and who wrote them no more", async () => {
    const [messages, boxes] = await withDatabase(server.dataFolder, async (pool) => [
      await pool.query("SELECT LENGTH(envelope) AS size, HEX(sender_id) AS sender FROM message ORDER BY seq"),
      await pool.query("SELECT account_id FROM conversation_box WHERE conversation_id = ?", [
        Buffer.from(fromBase64url(conversation) as Uint8Array),
      ]),
    ]);
    const nobody = "0".repeat(32);
    expect(messages[0]).toEqual({ size: 32, sender: nobody });
    expect(messages[1].size).toBeGreaterThan(300);
    expect(messages[2]).toEqual({ size: 32, sender: nobody });
    expect(messages.slice(3).filter(({ size }: { size: number }) => size !== 32)).toEqual([]);
    expect(boxes).toHaveLength(1);
  });

  test("has the deletion in the journal, under the number", async () => {
    const entries = rows.filter(({ table, column }) => table === "journal" && column === "event");
    expect(
      entries.map(({ value }) => value.toString()).filter((event) => event === "account-deletion"),
    ).toHaveLength(3);
  });
});
