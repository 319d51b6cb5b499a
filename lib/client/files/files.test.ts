import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Bytes, concat, equalBytes } from "../../base/bytes.ts";
import { type AccountId, type ConversationId, type MessageId, newId } from "../../base/ids.ts";
import { type LocalKey, newLocalKey } from "../../crypto/local-key.ts";
import { type FilePreview, filesOf } from "../../protocol/content.ts";
import type { RunningParts } from "../account/parts.ts";
import type { FileSource, Upload } from "../model-files.ts";
import { createStore } from "../store.ts";
import { type RunningFiles, startFiles } from "./files.ts";
import { memoryShelf, type Shelf } from "./shelf.ts";
import { createFileServer } from "./testing/file-server.ts";
import type { TextContent } from "./upload-record.ts";

const self = newId<AccountId>();
const conversation = newId<ConversationId>();
const place = { conversation, sender: self };
const MEBIBYTE = 1024 * 1024;

let shelf: Shelf;
let key: LocalKey;
let living: Set<string>;
let running: RunningFiles[];
/** What the outboxes of this browser's tabs hold. */
let queued: Set<MessageId>;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  shelf = memoryShelf(100 * MEBIBYTE, true);
  key = await newLocalKey();
  living = new Set();
  running = [];
  queued = new Set();
});

afterEach(() => {
  for (const files of running) files.stop();
  vi.useRealTimers();
});

/** One tab: the same shelf as the others of this browser. */
async function openTab(owner: string, { api }: Pick<ReturnType<typeof createFileServer>, "api">) {
  living.add(owner);
  const said: { id: MessageId; content: TextContent }[] = [];
  const store = createStore({
    uploads: [] as readonly Upload[],
    largestFile: 50 * MEBIBYTE,
    timelines: new Map<ConversationId, unknown>(),
    conversations: [{ id: conversation }],
  });
  const parts = {
    api,
    store,
    vault: { account: self },
    platform: {
      owner,
      now: () => Date.now(),
      isGone: async (other: string) => !living.has(other),
      exclusive: (_: string, work: () => Promise<unknown>) => work(),
      openShelf: async () => shelf,
      storage: {
        findLocalKey: async () => key,
        outbox: async () => [...queued].map((scheduled) => ({ scheduled })),
      },
    },
    async say(_: ConversationId, content: TextContent, id: MessageId) {
      said.push({ id, content });
      queued.add(id);
      return true;
    },
  };
  const files = await startFiles(parts as unknown as RunningParts);
  running.push(files);
  const until = (test: (uploads: readonly Upload[]) => boolean) =>
    vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(test(store.get().uploads)).toBe(true);
    }, 10_000);
  /** The server has stored the newest message. */
  async function stored() {
    const id = said.at(-1)?.id as MessageId;
    queued.delete(id);
    await files.settle(id);
  }
  return { files, store, said, until, stored };
}

function sourceOf(bytes: Uint8Array, name = "plan.pdf", preview: FileSource["preview"] = null): FileSource {
  const read = async (from: number, to: number) => bytes.subarray(from, to);
  return { name, mediaType: "application/pdf", size: bytes.length, read, preview };
}

/** Different everywhere, and the same each time. */
const bytesOf = (size: number) => new Uint8Array(size).map((_, i) => (i * 31) ^ (i >> 11));

async function readAll(pieces: AsyncIterable<Bytes>): Promise<Bytes> {
  const all: Bytes[] = [];
  for await (const piece of pieces) all.push(piece);
  return concat(...all);
}

describe("files on their way", () => {
  it("are sealed, uploaded, and then said; what comes back is what was sent", async () => {
    const { server, api } = createFileServer();
    const { files, said, until, store, stored } = await openTab("a", { api });
    const content = bytesOf(5 * MEBIBYTE);
    const preview = { bytes: bytesOf(3_000), width: 640, height: 360 };
    await files.send(conversation, { text: "look" }, [
      sourceOf(content, "a.png", preview),
      sourceOf(bytesOf(0)),
    ]);
    expect(store.get().uploads).toMatchObject([{ names: ["a.png", "plan.pdf"], state: "sealing" }]);
    await until((uploads) => uploads.length === 0);
    const [sent] = said;
    const attached = sent?.content.files ?? [];
    expect(sent?.content).toMatchObject({ type: "text", text: "look" });
    expect(attached).toMatchObject([
      { name: "a.png", size: content.length, preview: { width: 640, height: 360, size: 3_000 } },
      { name: "plan.pdf", size: 0 },
    ]);
    expect([...server.kept.keys()].sort()).toEqual(filesOf(sent?.content as TextContent).sort());
    for (const { bytes, size } of server.kept.values()) expect(bytes.length).toBe(size);
    await stored();
    expect(await shelf.names()).toEqual([]);
    expect(equalBytes(await readAll(files.open(place, attached[0] as never)), content)).toBe(true);
    expect(await readAll(files.open(place, attached[1] as never))).toHaveLength(0);
    // Its own preview is at hand.
    const gets = server.gets;
    expect(await files.preview(place, attached[0]?.preview as never)).toEqual(preview.bytes);
    expect(server.gets).toBe(gets);
  });

  it("go on where they were when the network was away, also after a lost answer", async () => {
    const { server, api } = createFileServer();
    const { files, said, until } = await openTab("a", { api });
    server.away = true;
    await files.send(conversation, { text: "" }, [sourceOf(bytesOf(6 * MEBIBYTE))]);
    await until(([upload]) => upload?.state === "uploading");
    expect(said).toEqual([]);
    server.away = false;
    server.losesAnswer = true;
    await files.resume();
    await until((uploads) => uploads.length === 0);
    expect(said).toHaveLength(1);
    // The first bytes were asked for twice, and stored once.
    expect(server.puts.filter((offset) => offset === 0)).toHaveLength(2);
  });

  it("are taken over from a tab that is gone, and from no other", async () => {
    const first = createFileServer();
    first.server.away = true;
    const gone = await openTab("a", first);
    await gone.files.send(conversation, { text: "caption" }, [sourceOf(bytesOf(MEBIBYTE))]);
    await gone.until(([upload]) => upload?.state === "uploading");
    const message = gone.store.get().uploads[0]?.id;
    const { server, api } = createFileServer();
    const other = await openTab("b", { api });
    await other.files.resume();
    expect(other.store.get().uploads).toEqual([]);
    gone.files.stop();
    living.delete("a");
    await other.files.resume();
    await other.until((uploads) => uploads.length === 0);
    expect(other.said).toMatchObject([{ id: message, content: { text: "caption" } }]);
    expect(server.kept.size).toBe(1);
    await other.stored();
    expect(await shelf.names()).toEqual([]);
  });

  it("stay until their message is stored: what the server lost before is sent again, from another tab too", async () => {
    const { server, api } = createFileServer();
    const gone = await openTab("a", { api });
    await gone.files.send(conversation, { text: "" }, [sourceOf(bytesOf(MEBIBYTE))]);
    await gone.until((uploads) => uploads.length === 0);
    const id = gone.said[0]?.id as MessageId;
    gone.files.stop();
    living.delete("a");
    server.kept.clear();
    const other = await openTab("b", { api });
    await other.files.resume();
    expect([other.store.get().uploads, other.said]).toEqual([[], []]);
    expect(await other.files.resend(id)).toBe(true);
    await other.until((uploads) => uploads.length === 0);
    expect(other.said).toEqual(gone.said);
    expect(server.kept.size).toBe(1);
    await other.stored();
    expect(await other.files.resend(id)).toBe(false);
    expect(await shelf.names()).toEqual([]);
  });

  it("go from the shelf when a tab ended just as their message was stored", async () => {
    const { api } = createFileServer();
    const gone = await openTab("a", { api });
    await gone.files.send(conversation, { text: "" }, [sourceOf(bytesOf(400))]);
    await gone.until((uploads) => uploads.length === 0);
    expect(await shelf.names()).toHaveLength(2);
    gone.files.stop();
    living.delete("a");
    const other = await openTab("b", { api });
    await other.files.resume();
    expect(await shelf.names()).toHaveLength(2);
    queued.clear();
    await other.files.resume();
    expect([other.said, await shelf.names()]).toEqual([[], []]);
  });

  it("lie on the shelf unreadable", async () => {
    const { server, api } = createFileServer();
    server.away = true;
    const { files, until } = await openTab("a", { api });
    const secret = "a very telling name.pdf";
    await files.send(conversation, { text: secret }, [
      sourceOf(new TextEncoder().encode(secret.repeat(50)), secret),
    ]);
    await until(([upload]) => upload?.state === "uploading");
    const names = await shelf.names();
    expect(names).toHaveLength(2);
    for (const name of names) expect(new TextDecoder().decode(await shelf.read(name))).not.toMatch(/telling/);
  });

  it("say why they failed, go on when asked to, and leave nothing when cancelled", async () => {
    const { server, api } = createFileServer();
    const { files, said, until, store } = await openTab("a", { api });
    server.refusal = "storage-full";
    await files.send(conversation, { text: "" }, [sourceOf(bytesOf(400))]);
    await until(([upload]) => upload?.failure === "storage-full");
    const id = store.get().uploads[0]?.id as MessageId;
    files.retry(id);
    await until(([upload]) => upload?.failure === "storage-full");
    server.refusal = null;
    server.away = true;
    files.retry(id);
    await until(([upload]) => upload?.state === "uploading");
    await files.cancel(id);
    expect([store.get().uploads, await shelf.names(), said]).toEqual([[], [], []]);
  });

  it("go with their conversation", async () => {
    const { server, api } = createFileServer();
    server.away = true;
    const { files, store, until } = await openTab("a", { api });
    await files.send(conversation, { text: "" }, [sourceOf(bytesOf(400))]);
    await until(([upload]) => upload?.state === "uploading");
    store.set({ conversations: [] });
    await until((uploads) => uploads.length === 0);
    expect(await shelf.names()).toEqual([]);
  });

  it("are refused before anything is done where they are too large or too many", async () => {
    const { api } = createFileServer();
    const { files } = await openTab("a", { api });
    const large = { ...sourceOf(bytesOf(1)), size: 51 * MEBIBYTE };
    await expect(files.send(conversation, { text: "" }, [large])).rejects.toThrow("file-too-large");
    const many = new Array(11).fill(sourceOf(bytesOf(1)));
    await expect(files.send(conversation, { text: "" }, many)).rejects.toThrow("11 files");
  });

  it("fail where a file changed since it was chosen, or where there is no room", async () => {
    const { api } = createFileServer();
    const { files, until } = await openTab("a", { api });
    const shrunk = { ...sourceOf(bytesOf(10)), size: 20 };
    await files.send(conversation, { text: "" }, [shrunk]);
    await until(([upload]) => upload?.failure === "file-unreadable");
    shelf = memoryShelf(100);
    const crowded = await openTab("b", { api });
    await crowded.files.send(conversation, { text: "" }, [sourceOf(bytesOf(10))]);
    await crowded.until(([upload]) => upload?.failure === "no-room-here");
    expect(await shelf.names()).toEqual([]);
  });
});

describe("received files", () => {
  async function sent(size = 3 * MEBIBYTE) {
    const { server, api } = createFileServer();
    const tab = await openTab("a", { api });
    await tab.files.send(conversation, { text: "" }, [sourceOf(bytesOf(size))]);
    await tab.until((uploads) => uploads.length === 0);
    const file = tab.said[0]?.content.files?.[0];
    if (!file) throw new Error("nothing was sent");
    return { server, file, ...tab };
  }

  it("that were changed, cut or moved are damaged", async () => {
    const { server, file, files } = await sent();
    const lies: readonly ((bytes: Bytes) => Bytes)[] = [
      (bytes) => bytes.map((byte, i) => (i === 70 ? byte ^ 1 : byte)),
      (bytes) => bytes.slice(0, -1),
      (bytes) => concat(bytes, bytes.slice(0, 16)),
      () => new Uint8Array(0),
    ];
    for (const lie of lies) {
      server.lie = lie;
      await expect(readAll(files.open(place, file))).rejects.toThrow(/file-damaged|not the file/);
    }
    server.lie = (bytes) => bytes;
    const elsewhere = { ...place, sender: newId<AccountId>() };
    await expect(readAll(files.open(elsewhere, file))).rejects.toMatchObject({ code: "file-damaged" });
  });

  it("go on after the network was away, and say when they are gone", async () => {
    const { server, file, files } = await sent();
    const pieces = files.open(place, file);
    await pieces.next();
    server.away = true;
    const rest = readAll(pieces);
    await vi.advanceTimersByTimeAsync(1_500);
    server.away = false;
    await files.resume();
    expect((await rest).length).toBeGreaterThan(MEBIBYTE);
    server.kept.clear();
    await expect(readAll(files.open(place, file))).rejects.toMatchObject({ code: "not-found" });
  });

  it("leave no preview in memory once no timeline shows them", async () => {
    const { server, api } = createFileServer();
    const { files, until, said, store, stored } = await openTab("a", { api });
    const bytes = bytesOf(3_000);
    await files.send(conversation, { text: "" }, [
      sourceOf(bytesOf(10), "a.png", { bytes, width: 640, height: 360 }),
    ]);
    await until((uploads) => uploads.length === 0);
    const [message] = said;
    const preview = message?.content.files?.[0]?.preview as FilePreview;
    const body = { kind: "text", files: message?.content.files };
    store.set({ timelines: new Map([[conversation, { messages: [{ body }] }]]) });
    await stored();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await files.preview(place, preview)).toEqual(bytes);
    expect(server.gets).toBe(0);
    store.set({ timelines: new Map([[conversation, { messages: [{ body: { kind: "deleted" } }] }]]) });
    await vi.advanceTimersByTimeAsync(2_000);
    server.kept.clear();
    await expect(files.preview(place, preview)).rejects.toMatchObject({ code: "not-found" });
  });

  it("are sealed anew when they are sent on, and only as they were sent", async () => {
    const { server, file, files, until, said } = await sent();
    await files.send(conversation, { text: "", forwarded: true }, [await files.sourceOf(place, file)]);
    await until((uploads) => uploads.length === 0);
    const again = said[1]?.content.files?.[0];
    expect(again?.id).not.toBe(file.id);
    expect(equalBytes(await readAll(files.open(place, again as never)), bytesOf(file.size))).toBe(true);
    server.lie = (bytes) => bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte));
    await files.send(conversation, { text: "", forwarded: true }, [await files.sourceOf(place, file)]);
    await until(([upload]) => upload?.failure === "file-damaged");
  });
});
