import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { fromUtf8 } from "../../lib/base/bytes.ts";
import type { AccountId, ConversationId } from "../../lib/base/ids.ts";
import type { SearchQuery } from "../../lib/client/model-search.ts";
import { createMemorySearchStore } from "../../lib/client/search/testing/memory-store.ts";
import { type Device, registerDevice, startTalking } from "../../server/testing/device.ts";
import { type ServerProcess, startServer } from "../../server/testing/server-process.ts";
import { writeHistory } from "./long-history.ts";

const MESSAGES = 180;
const WAIT = { timeout: 60_000, interval: 100 };

let server: ServerProcess;
let alice: Device;
let bob: Device;
let conversation: ConversationId;
const index = createMemorySearchStore();

beforeAll(async () => {
  server = await startServer();
  alice = await registerDevice(server, "alice");
  bob = await registerDevice(server, "bob");
  conversation = await startTalking(bob, alice);
  const contents = Array.from(
    { length: MESSAGES },
    (_, i) => ({ type: "text", text: `said ${i + 1}.` }) as const,
  );
  server = await writeHistory(server, bob, conversation, contents);
  alice.profile.searchStore = () => index;
  [alice, bob] = [await alice.reload(), await bob.reload()];
  await bob.messenger.openConversation(conversation);
});

afterAll(async () => {
  alice?.close();
  bob?.close();
  await server?.dispose();
});

async function found(device: Device, text: string, query: Partial<SearchQuery> = {}): Promise<string[]> {
  const search = await device.messenger.search();
  const { hits } = await search.find({
    text,
    conversation: null,
    sender: null,
    from: null,
    before: null,
    hasLink: false,
    hasFile: false,
    ...query,
  });
  return hits.map(({ excerpt }) => excerpt.map((part) => part.text).join(""));
}

const waitForFind = (device: Device, text: string, expected: readonly string[]) =>
  vi.waitFor(async () => expect(await found(device, text)).toEqual(expected), WAIT);

const refTo = (device: Device, text: string) => {
  const messages = device.messenger.getState().timelines.get(conversation)?.messages ?? [];
  const message = messages.find(({ body }) => body.kind === "text" && body.text === text);
  if (!message?.seq) throw new Error(`nobody said ${text}`);
  return { id: message.id, seq: message.seq };
};

async function readWholly(device: Device): Promise<void> {
  const search = await device.messenger.search();
  await vi.waitFor(async () => {
    const { done, total } = await search.progress();
    expect(done).toBe(total);
    expect(total).toBeGreaterThanOrEqual(MESSAGES);
  }, WAIT);
}

describe("searching on a real server", () => {
  it("reads the whole history by itself and finds in it", async () => {
    await readWholly(alice);
    expect(await found(alice, '"said 7"')).toEqual(["said 7."]);
    expect(await found(alice, "aid 18")).toEqual(["said 180.", "said 118.", "said 18."]);
  });

  it("follows what is said, edited and deleted", async () => {
    await bob.say(conversation, "a new word: zèbre");
    await waitForFind(alice, "zeb", ["a new word: zèbre"]);
    await alice.say(conversation, "a zebra, you mean");
    await waitForFind(alice, "zeb", ["a zebra, you mean", "a new word: zèbre"]);
    const target = refTo(bob, "a new word: zèbre");
    await bob.messenger.send(conversation, { type: "edit", target, text: "a new word: okapi" });
    await waitForFind(alice, "zeb", ["a zebra, you mean"]);
    await waitForFind(alice, "okapi", ["a new word: okapi"]);
    await bob.messenger.send(conversation, { type: "delete", target });
    await waitForFind(alice, "okapi", []);
    await vi.waitFor(
      () => expect([...index.parts.values()].map(fromUtf8).join()).not.toContain("okapi"),
      WAIT,
    );
  });

  it("catches up with what happened while it was away, and reads nothing twice", async () => {
    await bob.say(conversation, "a giraffe");
    await waitForFind(alice, "giraffe", ["a giraffe"]);
    const target = refTo(bob, "a giraffe");
    const before = alice;
    alice.messenger.stop();
    await bob.messenger.send(conversation, { type: "edit", target, text: "a tall horse" });
    await bob.say(conversation, "a tapir");
    const asked: string[] = [];
    before.wire.answer = (path, body) => {
      asked.push(path);
      return body;
    };
    alice = await before.reload();
    await readWholly(alice);
    await waitForFind(alice, "tapir", ["a tapir"]);
    expect(await found(alice, "giraffe")).toEqual([]);
    expect(await found(alice, "tall")).toEqual(["a tall horse"]);
    expect(await found(alice, '"said 1"')).toEqual(["said 1."]);
    expect(asked.filter((path) => /before=(?!18\d)/.test(path))).toEqual([]);
  });

  it("finds what somebody wrote who is blocked only where it is asked for", async () => {
    await bob.say(conversation, "an okapi again");
    await waitForFind(alice, "okapi", ["an okapi again"]);
    await alice.say(conversation, "no okapi here");
    await waitForFind(alice, "okapi", ["no okapi here", "an okapi again"]);
    const sender = bob.messenger.getState().me?.id as AccountId;
    const block = async (...blocked: AccountId[]) =>
      (await alice.messenger.notes()).updateSettings((before) => ({ ...before, blocked }));
    await block(sender);
    expect(await found(alice, "okapi")).toEqual(["no okapi here"]);
    expect(await found(alice, "okapi", { sender })).toEqual(["an okapi again"]);
    await block();
    expect(await found(alice, "okapi")).toHaveLength(2);
  });

  it("is refused where there is no index", async () => {
    await expect(bob.messenger.search()).rejects.toMatchObject({ code: "unavailable" });
  });
});
