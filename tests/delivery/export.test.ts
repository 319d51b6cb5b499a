import type { Pool } from "mariadb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AccountId, type ConversationId, idToBytes, type MessageId, newId } from "../../lib/base/ids.ts";
import { createApi } from "../../lib/client/api.ts";
import type { ExportWords } from "../../lib/client/export/words.ts";
import { createIdentities } from "../../lib/client/identities.ts";
import { createKeyBook } from "../../lib/client/key-book.ts";
import type { ExportProgress, PreparedExport } from "../../lib/client/model-account.ts";
import { currentSigningKey } from "../../lib/client/own-keys.ts";
import { unlockWithDevice } from "../../lib/client/unlock.ts";
import { type SealedEnvelope, sealMessage } from "../../lib/crypto/message.ts";
import { envelopeHash, extendTranscript, initialTranscript } from "../../lib/crypto/transcript.ts";
import { encodeContent } from "../../lib/protocol/content.ts";
import { decodePage, encodePage } from "../../lib/protocol/frames.ts";
import { parseEnvelope } from "../../lib/protocol/layout/envelope.ts";
import { type Device, freshTotpCode, registerDevice, startTalking } from "../../server/testing/device.ts";
import { perfectWire } from "../../server/testing/node-platform.ts";
import { readZip } from "../../server/testing/read-zip.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { withDatabase } from "../security/support/data-folder.ts";

const MESSAGES = 5_000;
const said = (n: number) => `number ${n} <b>&amp; "ünï" 🦭</b>`;

const words: ExportWords = {
  locale: "en",
  t: (key, parameters) => `${key} ${parameters?.count ?? ""}`,
  day: (at) => new Date(at).toDateString(),
  clock: (at) => new Date(at).toISOString().slice(11, 16),
  exact: (at) => new Date(at).toISOString(),
};

let server: ServerProcess;
let alice: Device;
let bob: Device;
let eve: Device;
let conversation: ConversationId;
let prepared: PreparedExport;

/** As if they had been sent one by one: sealed with Alice's keys, each saying what stood before it. */
async function sealMany(count: number): Promise<SealedEnvelope[]> {
  const { platform, messenger } = alice;
  const api = createApi(platform);
  const account = messenger.getState().me?.id as AccountId;
  const unlocked = await unlockWithDevice(api, platform, account);
  if (!unlocked) throw new Error("not unlocked");
  const { vault, device } = unlocked;
  const book = createKeyBook(api, vault, createIdentities(api, vault, platform.now), platform.storage);
  const { state, key } = await book.require(conversation);
  if (!key) throw new Error("no key");
  const signingKey = await currentSigningKey(vault.root());
  let head = await initialTranscript(conversation);
  const sealed: SealedEnvelope[] = [];
  for (let i = 0; i < count; i++) {
    const envelope = await sealMessage(
      {
        conversation,
        sender: account,
        message: newId<MessageId>(),
        keyEpoch: state.keyEpoch,
        recordHash: state.head,
        device: device.device,
        deviceSequence: await platform.storage.nextSequence(account, conversation),
        transcriptHead: head,
        transcriptPosition: i,
        sentAt: Date.now(),
        content: encodeContent({ type: "text", text: said(i + 1) }),
      },
      key,
      signingKey,
    );
    head = await extendTranscript(head, await envelopeHash(envelope));
    sealed.push(envelope);
  }
  return sealed;
}

async function store(pool: Pool, envelopes: readonly SealedEnvelope[]): Promise<void> {
  const id = Buffer.from(idToBytes(conversation));
  await pool.batch(
    "INSERT INTO message (conversation_id, seq, message_id, sender_id, stored_at, envelope) VALUES (?, ?, ?, ?, ?, ?)",
    envelopes.map((envelope, i) => {
      const { header } = parseEnvelope(envelope);
      const [message, sender] = [header.message, header.sender].map((one) => Buffer.from(idToBytes(one)));
      return [id, i + 1, message, sender, new Date(1_700_000_000_000 + i * 60_000), Buffer.from(envelope)];
    }),
  );
  await pool.query("UPDATE conversation SET last_seq = ? WHERE id = ?", [envelopes.length, id]);
}

async function stepUp({ messenger, person }: Device) {
  const account = await messenger.account();
  const code = await freshTotpCode(person.totpSecret);
  await account.sessions.stepUp({ password: person.password, code });
  return account;
}

async function write(
  onProgress: (progress: ExportProgress) => void = () => {},
  signal = new AbortController().signal,
) {
  const stream = await prepared.open({ words, host: "chat.example", signal, onProgress });
  const parts: Uint8Array[] = [];
  await stream.pipeTo(new WritableStream({ write: (part) => void parts.push(part) }), { signal });
  return readZip(Buffer.concat(parts));
}

beforeAll(async () => {
  server = await startServer();
  eve = await registerDevice(server, "eve");
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  conversation = await startTalking(alice, bob);
  const sealed = await sealMany(MESSAGES - 1);
  const { dataFolder, port } = server;
  await server.kill("SIGTERM");
  await withDatabase(dataFolder, (pool) => store(pool, sealed));
  server = await startServer({ dataFolder, port });
  [alice, bob, eve] = await Promise.all([alice.reload(), bob.reload(), eve.reload()]);
  await bob.messenger.openConversation(conversation);
  await bob.say(conversation, "the last word");
  const withEve = await startTalking(alice, eve);
  await eve.say(withEve, "and mine");
  await alice.until(
    ({ conversations }) =>
      conversations?.every(({ newest }) => newest?.seq && (newest.seq === MESSAGES || newest.seq === 1)) ??
      false,
    "all is there",
  );
  const account = await stepUp(alice);
  prepared = await account.export.prepare();
}, 400_000);

afterAll(async () => {
  for (const device of [alice, bob, eve]) device?.close();
  await server?.dispose();
});

const find = (files: Map<string, string>, ending: string) => {
  const [name] = [...files.keys()].filter((path) => path.endsWith(ending));
  return files.get(name ?? "") ?? "";
};

describe("an export", () => {
  let files: Map<string, string>;

  test("wants both factors anew", async () => {
    const { export: exporting } = await bob.messenger.account();
    await expect(exporting.prepare()).rejects.toMatchObject({ code: "step-up-required" });
  });

  test("of a long conversation has every message in its place, for people and for programs", async () => {
    expect(prepared).toMatchObject({ conversations: 2, messages: MESSAGES + 1 });
    expect(prepared.fileName).toMatch(/^sceau-alice-\d{4}-\d\d-\d\d\.zip$/);
    const seen: ExportProgress[] = [];
    files = await write((progress) => seen.push(progress));
    expect([...files.keys()].map((path) => path.replace(/\d{3}/, "n")).sort()).toEqual([
      "account.json",
      "conversations/n-bob.html",
      "conversations/n-bob.json",
      "conversations/n-eve.html",
      "conversations/n-eve.json",
      "index.html",
    ]);
    const { messages, conversation: about, chainAccepted } = JSON.parse(find(files, "-bob.json"));
    expect(about.id).toBe(conversation);
    expect(chainAccepted).toBe(true);
    expect(messages.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: MESSAGES }, (_, i) => i + 1),
    );
    expect(messages.map(({ content }: { content: { text: string } }) => content.text)).toEqual([
      ...Array.from({ length: MESSAGES - 1 }, (_, i) => said(i + 1)),
      "the last word",
    ]);
    const odd = messages.filter(
      ({ signature, transcript }: { signature: string; transcript: { agrees: boolean } }) =>
        signature !== "verified" || !transcript.agrees,
    );
    expect(odd).toEqual([]);
    const html = find(files, "-bob.html");
    expect(html.match(/<article/g)).toHaveLength(MESSAGES);
    expect(html).toContain("number 17 &lt;b&gt;&amp;amp; &quot;ünï&quot; 🦭&lt;/b&gt;");
    expect(find(files, "index.html")).toContain(`export.counts ${MESSAGES}`);
    expect(seen.at(-1)).toEqual({ conversations: 2, messages: MESSAGES + 1, unreadable: 0, waiting: false });
    expect(seen.length).toBeGreaterThan(MESSAGES / 200);
  });

  test("has what the server holds, and nothing that signs a person in", () => {
    const account = JSON.parse(find(files, "account.json"));
    expect(account.account).toMatchObject({ name: "alice", displayName: "Alice Test", role: "member" });
    expect(account.devices).toHaveLength(1);
    expect(account.sessions[0]).toMatchObject({ address: "127.0.0.1", agent: "sceau-test" });
    const bobs = account.conversations.find(({ id }: { id: string }) => id === conversation);
    expect(bobs).toMatchObject({ messages: MESSAGES });
    expect(account.journal.map(({ event }: { event: string }) => event)).toEqual(
      expect.arrayContaining(["registration", "keys-made", "step-up"]),
    );
    expect(JSON.stringify(account)).not.toMatch(/hash|secret|totp|ciphertext|\$2b\$/i);
    expect(JSON.stringify(account)).not.toContain(alice.person.totpSecret);
  });

  test("says so while the network is away, and goes on by itself", async () => {
    const waits: boolean[] = [];
    let cut = false;
    files = await write(({ messages, waiting }) => {
      waits.push(waiting);
      if (messages > 1_000 && !cut) {
        cut = true;
        alice.wire.down = true;
        setTimeout(() => Object.assign(alice.wire, { down: false }), 1_500);
      }
    });
    expect(waits).toContain(true);
    expect(waits.at(-1)).toBe(false);
    expect(JSON.parse(find(files, "-bob.json")).messages).toHaveLength(MESSAGES);
  });

  test("ends when it is cancelled, also while it waits for the network", async () => {
    for (const down of [false, true]) {
      const abort = new AbortController();
      const half = write(({ messages }) => {
        if (messages < 600) return;
        alice.wire.down = down;
        setTimeout(() => abort.abort(), 100);
      }, abort.signal);
      await expect(half).rejects.toThrow();
      alice.wire.down = false;
    }
  });

  test("calls what cannot be opened by its reason, and what a server changed a mismatch", async () => {
    alice.wire.answer = (path, body) => {
      if (!path.includes(`${conversation}/messages?`)) return body;
      const changed = decodePage(body).map((message) => {
        if (message.seq !== 100) return message;
        const envelope = message.envelope.slice();
        envelope[200] = (envelope[200] ?? 0) ^ 1;
        return { ...message, envelope };
      });
      return encodePage(changed);
    };
    const { messages } = JSON.parse(find(await write(), "-bob.json"));
    alice.wire.answer = perfectWire().answer;
    expect(messages[99]).toMatchObject({ state: "unreadable", reason: "bad-signature" });
    expect(messages[98].transcript.agrees).toBe(true);
    expect(messages.at(-1).transcript.agrees).toBe(false);
  });

  test("has deleted messages as such, and a deleted account without a name", async () => {
    const bobs = await stepUp(bob);
    await bobs.deletion.delete("bob");
    await alice.until(
      ({ conversations }) => conversations?.some(({ peer }) => peer?.deleted) ?? false,
      "Bob is gone",
    );
    let messages: { state: string; transcript?: { agrees: boolean } }[] = [];
    // What he wrote is erased after the account.
    for (let tries = 0; tries < 20 && messages.at(-1)?.state !== "deleted"; tries++) {
      prepared = await (await alice.messenger.account()).export.prepare();
      files = await write();
      messages = JSON.parse(find(files, "-conversation.json")).messages;
    }
    expect(messages.at(-1)).toMatchObject({ seq: MESSAGES, state: "deleted" });
    expect(messages.filter(({ state }) => state === "opened")).toHaveLength(MESSAGES - 1);
    expect(messages.filter(({ transcript }) => transcript?.agrees === false)).toEqual([]);
    expect(find(files, "index.html")).toContain("people.deleted");
  }, 240_000);
});
