import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import { createEntrance } from "../../lib/client/entrance.ts";
import { createMessenger } from "../../lib/client/messenger.ts";
import {
  decodePage,
  decodeServerFrame,
  encodeMessage,
  encodePage,
  type StoredMessage,
} from "../../lib/protocol/frames.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { forgeIdentityFor } from "../../server/testing/forged-identity.ts";
import { nodePlatform, perfectWire } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { newRoom } from "../rooms/rooms.ts";

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;

/** Bob's server lies; Alice's does not. Each test has a conversation of its own. */
beforeAll(async () => {
  server = await startServer();
});

afterAll(async () => {
  await server?.dispose();
});

async function talk(texts: readonly string[]): Promise<void> {
  alice = await registerDevice(server);
  bob = await registerDevice(server);
  conversation = await startTalking(alice, bob);
  for (const text of texts) await alice.say(conversation, text);
  await bob.until(() => bob.texts(conversation).length === texts.length, "Bob has all");
}

/** One after the other, each acknowledged before the next is sealed: so each says to have seen the ones before. */
async function sendSettled(texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await alice.say(conversation, text);
    await alice.until(
      ({ timelines }) => (timelines.get(conversation)?.messages ?? []).every(({ seq }) => seq !== null),
      "acknowledged",
    );
  }
}

/** Rewrites every message on its way to Bob, live and in history. */
function rewrite(change: (message: StoredMessage) => StoredMessage | null): void {
  bob.wire.incoming = (data) => {
    if (!(data instanceof ArrayBuffer)) return [{ data }];
    const frame = decodeServerFrame(new Uint8Array(data));
    if (frame.type !== "message") return [{ data }];
    const changed = change(frame);
    return changed ? [{ data: encodeMessage(changed).buffer }] : [];
  };
  bob.wire.answer = (path, body) => {
    if (!path.includes("/messages?")) return body;
    const messages = decodePage(body).map(change);
    return encodePage(messages.filter((message) => message !== null));
  };
}

const alertOf = (device: Device) =>
  device.messenger.getState().conversations?.find(({ id }) => id === conversation)?.alert ?? null;

async function reopened(device: Device): Promise<Device> {
  const fresh = await device.reload();
  await fresh.messenger.openConversation(conversation).catch(() => {});
  return fresh;
}

describe("what a lying server cannot do without being noticed", () => {
  test("drop a message and close the gap by renumbering", async () => {
    await talk(["one", "two"]);
    rewrite((message) =>
      message.seq === 3 ? null : { ...message, seq: message.seq > 3 ? message.seq - 1 : message.seq },
    );
    await sendSettled(["dropped", "four", "five"]);
    await bob.until(() => alertOf(bob) === "history-mismatch", "the notice");
    expect(bob.texts(conversation)).not.toContain("dropped");
  });

  test("put the hash of other bytes where a message was deleted", async () => {
    await talk(["one", "two"]);
    rewrite((message) =>
      message.seq === 3 ? { ...message, envelope: message.envelope.slice(0, 32) } : message,
    );
    await sendSettled(["three", "four"]);
    bob = await reopened(bob);
    await bob.until(() => alertOf(bob) === "history-mismatch", "the notice");
  });

  test("swap two messages", async () => {
    await talk(["one"]);
    const swapped: Record<number, number> = { 2: 3, 3: 2 };
    rewrite((message) => ({ ...message, seq: swapped[message.seq] ?? message.seq }));
    await sendSettled(["two", "three", "four"]);
    await bob.until(() => alertOf(bob) === "history-mismatch", "the notice");
  });

  test("replay a message at another place: shown once", async () => {
    await talk(["one", "two"]);
    let first: StoredMessage | undefined;
    rewrite((message) => {
      if (message.seq === 3) first = message;
      return message.seq === 4 && first ? { ...first, seq: 4 } : message;
    });
    await sendSettled(["three", "four", "five"]);
    await bob.until(() => alertOf(bob) === "history-mismatch", "the notice");
    expect(bob.texts(conversation).filter((text) => text === "three")).toHaveLength(1);
  });

  test("replay a message, with nothing after it that says what its sender had seen", async () => {
    await talk(["one", "two"]);
    let first: StoredMessage | undefined;
    rewrite((message) => {
      if (message.seq === 1) first = message;
      return message.seq === 4 && first ? { ...first, seq: 4, storedAt: message.storedAt } : message;
    });
    bob = await reopened(bob);
    await alice.say(conversation, "three");
    await alice.say(conversation, "four");
    await bob.until(() => alertOf(bob) === "history-mismatch", "the notice");
    expect(bob.texts(conversation)).toEqual(["one", "two", "three"]);
  });

  test("change a bit of an envelope", async () => {
    await talk(["one"]);
    rewrite((message) => {
      if (message.seq !== 2) return message;
      const envelope = message.envelope.slice();
      envelope[envelope.length - 20] = (envelope.at(-20) ?? 0) ^ 1;
      return { ...message, envelope };
    });
    await alice.say(conversation, "two");
    await bob.until(() => bob.texts(conversation).length === 2, "something arrived");
    expect(bob.texts(conversation)[1]).toBe("<bad-signature>");
  });

  test("give Bob another identity for Alice: sending stops", async () => {
    await talk(["one"]);
    const mallory = await registerDevice(server);
    const account = mallory.messenger.getState().me?.id;
    const genuine = alice.messenger.getState().me?.id;
    const forged = await (await mallory.platform.fetch(`/api/people/${account}/keys`)).text();
    bob.wire.answer = (path, body) => (path === `/api/people/${genuine}/keys` ? utf8(forged) : body);
    bob = await reopened(bob);
    await bob.until(() => alertOf(bob) !== null, "an alert");
    await expect(bob.say(conversation, "to whom?")).rejects.toThrow();
    const state = bob.messenger.getState().conversations?.[0];
    expect(state?.canSend).toBe(false);
  });

  test("change Alice's identity to a sound one that was not the first seen", async () => {
    await talk(["one"]);
    const other = await forgeIdentityFor(alice);
    const genuine = alice.messenger.getState().me?.id;
    bob.wire.answer = (path, body) => (path === `/api/people/${genuine}/keys` ? utf8(other) : body);
    bob = await reopened(bob);
    await bob.until(() => alertOf(bob) === "identity-changed", "the identity alert");
    await expect(bob.say(conversation, "to whom?")).rejects.toThrow();
  });

  test("put another's name over a conversation: nothing is said in it", async () => {
    await talk(["one"]);
    const withAlice = conversation;
    const carol = await registerDevice(server);
    const other = await startTalking(carol, bob);
    await carol.say(other, "two");
    bob.wire.answer = (path, body) => {
      if (path !== "/api/conversations") return body;
      const answer = JSON.parse(fromUtf8(body));
      const { members } = answer.conversations.find(({ id }: { id: string }) => id === withAlice);
      const shown = answer.conversations.filter(({ id }: { id: string }) => id === other);
      return utf8(
        JSON.stringify({ ...answer, conversations: shown.map((one: object) => ({ ...one, members })) }),
      );
    };
    conversation = other;
    bob = await reopened(bob);
    await bob.until(() => alertOf(bob) === "broken-record", "the record alert");
    expect(bob.messenger.getState().conversations?.[0]?.peer?.name).toBe(alice.messenger.getState().me?.name);
    await expect(bob.say(conversation, "for Alice")).rejects.toThrow();
    await sleep(500);
    expect(carol.texts(conversation)).toEqual(["two"]);
  });

  test("call a room a conversation of two, or a private one public", async () => {
    await talk(["one"]);
    const room = await newRoom(alice, [bob]);
    bob.wire.answer = (path, body) => {
      if (path !== "/api/conversations") return body;
      const answer = JSON.parse(fromUtf8(body));
      for (const one of answer.conversations) if (one.id === room) one.kind = "public-room";
      return utf8(JSON.stringify(answer));
    };
    conversation = room;
    bob = await reopened(bob);
    await bob.until(() => alertOf(bob) === "broken-record", "the record alert");
    await expect(bob.say(room, "who reads this?")).rejects.toThrow();
  });

  test("change a record", async () => {
    await talk(["one"]);
    bob.wire.answer = (path, body) => {
      if (!path.includes("/records?")) return body;
      const answer = JSON.parse(fromUtf8(body));
      const record = Buffer.from(answer.records[0], "base64url");
      record[record.length - 1] = (record.at(-1) ?? 0) ^ 1;
      answer.records[0] = record.toString("base64url");
      return utf8(JSON.stringify(answer));
    };
    bob = await reopened(bob);
    await bob.until(() => alertOf(bob) === "broken-record", "the record alert");
  });

  test("show an older vault than this browser has seen", async () => {
    alice = await registerDevice(server);
    bob = await registerDevice(server);
    const old = await (await bob.platform.fetch("/api/vault")).text();
    conversation = await startTalking(alice, bob);
    await bob.say(conversation, "this pins Alice in the vault");
    bob.messenger.stop();
    const wire = {
      ...perfectWire(),
      answer: (path: string, body: Uint8Array<ArrayBuffer>) => (path === "/api/vault" ? utf8(old) : body),
    };
    const messenger = createMessenger(nodePlatform(server.origin, bob.profile, wire));
    await expect(messenger.start()).rejects.toMatchObject({ code: "vault-refused" });
    messenger.stop();
  });

  test("have a browser that holds keys make others, as if there were none yet", async () => {
    await talk(["one"]);
    const account = bob.messenger.getState().me?.id as AccountId;
    const held = await bob.profile.storage.findDevice(account);
    bob.messenger.stop();
    const wire = {
      ...perfectWire(),
      answer: (path: string, body: Uint8Array<ArrayBuffer>) =>
        path === "/api/me" ? utf8(JSON.stringify({ ...JSON.parse(fromUtf8(body)), hasKeys: false })) : body,
    };
    const platform = nodePlatform(server.origin, bob.profile, wire);
    const messenger = createMessenger(platform);
    await expect(messenger.start()).rejects.toMatchObject({ code: "vault-refused" });
    messenger.stop();
    const entrance = createEntrance(platform);
    await expect(entrance.whereTo()).rejects.toMatchObject({ code: "vault-refused" });
    await expect(entrance.prepareKeys()).rejects.toMatchObject({ code: "vault-refused" });
    expect(await bob.profile.storage.findDevice(account)).toEqual(held);
  });

  test("hand out a file that was changed, cut short or swapped for another of the same sender", async () => {
    await talk(["one"]);
    const contents = [Buffer.alloc(1_500_000, "one "), Buffer.alloc(1_500_000, "two ")];
    await (await alice.messenger.files()).send(
      conversation,
      { text: "both" },
      contents.map((content, i) => ({
        name: `${i}.bin`,
        mediaType: "",
        size: content.length,
        read: async (from, to) => content.subarray(from, to),
        preview: null,
      })),
    );
    await bob.until(() => bob.texts(conversation).includes("both"), "Bob has the message");
    const message = bob.messenger.getState().timelines.get(conversation)?.messages.at(-1);
    if (message?.body.kind !== "text") throw new Error("no message with files");
    const [first, second] = message.body.files;
    if (!first || !second) throw new Error("no files");
    const given = new Map<string, Uint8Array<ArrayBuffer>>();
    const files = await bob.messenger.files();
    const open = async (file: typeof first) => {
      const place = { conversation, sender: message.sender };
      const parts: Uint8Array[] = [];
      for await (const part of files.open(place, file)) parts.push(part);
      return Buffer.concat(parts);
    };
    const isFile = (path: string) => path.includes("/files/");
    bob.wire.answer = (path, body) => {
      if (path.endsWith(second.id) && !given.has(path)) given.set(path, body);
      return body;
    };
    expect((await open(first)).equals(contents[0] as Buffer)).toBe(true);
    expect((await open(second)).equals(contents[1] as Buffer)).toBe(true);
    const lies: readonly ((body: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>)[] = [
      (body) => body.map((byte, i) => (i === 1_000 ? byte ^ 1 : byte)),
      (body) => body.slice(0, -1),
      () => [...given.values()][0] as Uint8Array<ArrayBuffer>,
    ];
    for (const lie of lies) {
      bob.wire.answer = (path, body) => (isFile(path) ? lie(body) : body);
      await expect(open(first)).rejects.toMatchObject({ code: "file-damaged" });
    }
  });
});

describe("what a server may do, because people delete", () => {
  test("leave the hash of a message in its place, before and after others have it", async () => {
    await talk(["one", "two", "three"]);
    const gone = (message: StoredMessage) => ({ ...message, envelope: sha256(message.envelope) });
    rewrite((message) => (message.seq === 2 ? gone(message) : message));
    // What Bob has he keeps, also when it comes again as a hash.
    await bob.messenger.loadOlder(conversation);
    expect(bob.texts(conversation)).toEqual(["one", "two", "three"]);
    bob = await reopened(bob);
    await bob.until(() => bob.texts(conversation).length === 3, "history");
    expect(bob.texts(conversation)).toEqual(["one", "<deleted>", "three"]);
    await sendSettled(["four", "five"]);
    await bob.until(() => bob.texts(conversation).length === 5, "Bob has all");
    await bob.say(conversation, "still agreed?");
    await alice.until(() => alice.texts(conversation).length === 6, "Alice has all");
    expect([alertOf(alice), alertOf(bob)]).toEqual([null, null]);
  });

  test("leave nothing but hashes of the newest page", async () => {
    await talk(["one", "two"]);
    rewrite((message) => ({ ...message, envelope: sha256(message.envelope) }));
    bob = await reopened(bob);
    await bob.until(() => bob.texts(conversation).length === 2, "history");
    await bob.say(conversation, "alone here");
    await alice.until(() => alice.texts(conversation).length === 3, "Alice has it");
    expect([alertOf(alice), alertOf(bob)]).toEqual([null, null]);
  });
});

function sha256(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}
