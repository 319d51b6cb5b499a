import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ConversationId } from "../../lib/base/ids.ts";
import type { Timeline } from "../../lib/client/model.ts";
import { decodePage, encodePage } from "../../lib/protocol/frames.ts";
import { type Device, openDevice, registerDevice } from "../../server/testing/device.ts";
import { perfectWire } from "../../server/testing/node-platform.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { writeHistory } from "./long-history.ts";

const MESSAGES = 2_200;
/** 30 pages, and one that has just been added. */
const MOST = 1_550;

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server);
  bob = await registerDevice(server);
  const [found] = await alice.messenger.findPeople(bob.person.name);
  if (!found) throw new Error("Bob is not found");
  conversation = await alice.messenger.startDirect(found);
  const texts = Array.from({ length: MESSAGES }, (_, i) => ({ type: "text", text: `${i + 1}` }) as const);
  server = await writeHistory(server, alice, conversation, texts);
});

afterAll(async () => {
  alice?.close();
  bob?.close();
  await server?.dispose();
});

/** Bob's browser, started anew: it holds nothing of the history. */
async function openAnew(): Promise<void> {
  bob = await bob.reload();
  await bob.until(({ connection }) => connection === "online", "online");
  await bob.messenger.openConversation(conversation);
}

function shown(device = bob): Timeline {
  const timeline = device.messenger.getState().timelines.get(conversation);
  if (!timeline) throw new Error("not open");
  return timeline;
}

function range(device = bob): [number, number] {
  const seqs = shown(device).messages.map(({ seq }) => seq ?? 0);
  seqs.forEach((seq, i) => {
    if (i > 0) expect(seq).toBe((seqs[i - 1] ?? 0) + 1);
  });
  return [seqs[0] ?? 0, seqs.at(-1) ?? 0];
}

const newest = () => bob.messenger.getState().conversations?.find(({ id }) => id === conversation);

describe("a long history", () => {
  test("opens with its newest messages and no more", async () => {
    await openAnew();
    expect(shown().hasNewer).toBe(false);
    const [first, last] = range();
    expect(last).toBe(MESSAGES);
    expect(first).toBeGreaterThan(MESSAGES - 200);
  });

  test("shows a window around a message far back, and goes on to what came meanwhile", async () => {
    await openAnew();
    await bob.messenger.reveal(conversation, 700);
    const [first, last] = range();
    expect(first).toBeLessThanOrEqual(700);
    expect(last).toBeGreaterThanOrEqual(700);
    expect(last - first).toBeLessThan(150);
    expect(shown()).toMatchObject({ hasOlder: true, hasNewer: true });

    const before = shown().messages;
    await alice.say(conversation, "meanwhile");
    await bob.until(() => newest()?.newest?.seq === MESSAGES + 1, "the list has it");
    expect(shown().messages).toEqual(before);

    await bob.messenger.loadOlder(conversation);
    expect(range()[0]).toBeLessThan(first);
    while (shown().hasNewer) {
      const reached = range()[1];
      await bob.messenger.loadNewer(conversation);
      expect(range()[1]).toBeGreaterThan(reached);
      expect(shown().messages.length).toBeLessThanOrEqual(MOST + 150);
    }
    expect(range()[1]).toBe(MESSAGES + 1);
    expect(newest()?.alert).toBeNull();
  });

  test("keeps what is near: a message that is a page away opens no window", async () => {
    await openAnew();
    const [first] = range();
    await bob.messenger.reveal(conversation, first - 60);
    expect(shown().hasNewer).toBe(false);
    expect(range()[0]).toBeLessThanOrEqual(first - 60);
  });

  test("goes to the newest from anywhere, and whoever writes is there", async () => {
    await openAnew();
    await bob.messenger.reveal(conversation, 30);
    await bob.messenger.loadOlder(conversation);
    expect(range()[0]).toBe(1);
    expect(shown().hasOlder).toBe(false);
    bob.messenger.toNewest(conversation);
    expect(shown().hasNewer).toBe(false);
    const [, last] = range();
    expect(last).toBe(newest()?.newest?.seq);
    await bob.messenger.reveal(conversation, 900);
    await bob.say(conversation, "from far away");
    expect(shown().hasNewer).toBe(false);
    expect(shown().messages.at(-1)?.body).toMatchObject({ text: "from far away" });
    await bob.until(() => shown().messages.at(-1)?.seq != null, "stored");
  });

  test("forgets what is far away, in both directions", async () => {
    await openAnew();
    while (shown().hasOlder) {
      const [first] = range();
      await bob.messenger.loadOlder(conversation);
      const now = range();
      expect(now[0]).toBeLessThan(first);
      // What was being read is still there.
      expect(now[1]).toBeGreaterThanOrEqual(first + 50);
      expect(shown().messages.length).toBeLessThanOrEqual(MOST);
    }
    expect(range()[0]).toBe(1);
    expect(shown().hasNewer).toBe(true);
    while (shown().hasNewer) {
      await bob.messenger.loadNewer(conversation);
      expect(shown().messages.length).toBeLessThanOrEqual(MOST + 150);
    }
    expect(range()[1]).toBe(newest()?.newest?.seq);
    expect(newest()?.alert).toBeNull();
  });

  test("notices a lie inside a window, and one where a window meets the newest messages", async () => {
    for (const lie of [705, 2_050]) {
      const wire = perfectWire();
      wire.answer = (path, body) => {
        if (!path.includes("/messages?")) return body;
        const page = decodePage(body);
        // One message in the place of another.
        const other = page.find(({ seq }) => seq === lie - 1)?.envelope;
        return encodePage(page.map((one) => (one.seq === lie && other ? { ...one, envelope: other } : one)));
      };
      const lied = await openDevice(server, bob.person, bob.profile, wire);
      await lied.until(({ connection }) => connection === "online", "online");
      await lied.messenger.openConversation(conversation);
      await lied.messenger.reveal(conversation, lie === 705 ? 700 : 1_900);
      while (shown(lied).messages.every(({ seq }) => (seq ?? 0) <= lie))
        await lied.messenger.loadNewer(conversation);
      await lied.until(
        ({ conversations }) =>
          conversations?.find(({ id }) => id === conversation)?.alert === "history-mismatch",
        "the notice",
      );
      lied.close();
    }
  });

  test("is left out where one was away for so much of it, also if the network fails once more", async () => {
    await openAnew();
    const missed = 900;
    let pages = 0;
    bob.wire.answer = (path, body) => {
      if (!path.includes("/messages?")) return body;
      pages += 1;
      if (pages === 1) throw new TypeError("network down");
      return body;
    };
    const contents = Array.from(
      { length: missed },
      (_, i) => ({ type: "text", text: `missed ${i}` }) as const,
    );
    server = await writeHistory(server, alice, conversation, contents, missed);
    await bob.until(() => bob.texts(conversation).at(-1) === `missed ${missed - 1}`, "the newest");
    expect(pages).toBeLessThan(5);
    expect(range()[0]).toBeGreaterThan(MESSAGES + missed / 2);
    expect(shown()).toMatchObject({ hasOlder: true, hasNewer: false });
    expect(newest()?.alert).toBeNull();
    await alice.say(conversation, "and another");
    await bob.until(() => bob.texts(conversation).at(-1) === "and another", "goes on");
    expect(newest()?.alert).toBeNull();
  });
});
