import { type ConversationId, type FileId, type MessageId, mintedAt, newId } from "../../base/ids.ts";
import { sealedFileBytes } from "../../crypto/file.ts";
import { filesOf } from "../../protocol/content.ts";
import { AppError, type ErrorCode } from "../../protocol/errors.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { RunningParts } from "../account/parts.ts";
import type { FileSource, SaidBesideFiles, Upload } from "../model-files.ts";
import type { Patience } from "./patience.ts";
import { sealedBytesOf, sealSource } from "./seal-files.ts";
import { sendBytes } from "./send-bytes.ts";
import type { Shelf } from "./shelf.ts";
import type { TextContent, UploadRecord, UploadRecords } from "./upload-record.ts";

/** What lies on the shelf for longer without a message was left by a tab that ended while it sealed. */
const LOST_AFTER_MS = 24 * 3_600_000;

interface Item {
  readonly id: MessageId;
  readonly conversation: ConversationId;
  readonly said: SaidBesideFiles;
  readonly names: readonly string[];
  readonly queuedAt: number;
  /** Those that were sealed here. */
  readonly previews: FileId[];
  /** Until all are sealed. */
  sources: readonly FileSource[] | null;
  /** Once all are sealed. */
  content: TextContent | null;
  /** "said" once it was left to the outbox; the files stay until it is stored. */
  state: Upload["state"] | "said";
  /** That it is said stands on the shelf. */
  noted: Promise<void>;
  done: number;
  total: number;
  failure: ErrorCode | null;
  cancelled: boolean;
}

export interface UploadsDeps {
  readonly parts: Pick<RunningParts, "api" | "platform" | "store" | "vault" | "say">;
  readonly shelf: Shelf;
  readonly records: UploadRecords;
  readonly patience: Patience;
  /** Previews of one's own need not be fetched. */
  onPreview(id: FileId, bytes: Uint8Array): void;
}

/**
 * Messages whose files are on their way: sealed first, so that a reload loses nothing and nothing readable waits on the
 * disk; then uploaded, one message after the other in each conversation; then left to the outbox.
 */
export function createUploads({ parts, shelf, records, patience, onPreview }: UploadsDeps) {
  const { api, platform, store, vault } = parts;
  const { owner } = platform;
  const self = vault.account;
  const items = new Map<MessageId, Item>();
  const turns = new Map<ConversationId, Promise<void>>();
  let stopped = false;

  function show(): void {
    if (stopped) return;
    const uploads = [...items.values()].flatMap((item): Upload[] => {
      const { id, conversation, said, names, state, content, done, total, failure } = item;
      if (state === "said") return [];
      const lasting = shelf.lasting && content !== null;
      const thread = said.thread ?? null;
      return [{ id, conversation, thread, names, state, lasting, done, total, failure }];
    });
    store.set({ uploads });
  }

  const isOver = (item: Item) => stopped || item.cancelled;

  function requireGoing(item: Item): void {
    if (isOver(item)) throw new AppError("offline", "given up");
  }

  async function seal(item: Item, sources: readonly FileSource[]): Promise<void> {
    Object.assign(item, { state: "sealing", done: 0, total: sealedBytesOf(sources) });
    show();
    const place = { conversation: item.conversation, sender: self };
    const files: NonNullable<TextContent["files"]> = [];
    try {
      for (const source of sources) {
        const file = await sealSource(shelf, place, source, platform.now(), (bytes) => {
          requireGoing(item);
          item.done += bytes;
          show();
        });
        files.push(file);
        if (!file.preview || !source.preview) continue;
        item.previews.push(file.preview.id);
        onPreview(file.preview.id, source.preview.bytes);
      }
      const content = { type: "text" as const, ...item.said, files };
      requireGoing(item);
      await note(item, content, false);
      Object.assign(item, { content, sources: null });
    } catch (error) {
      for (const id of filesOf({ type: "text", text: "", files })) await shelf.remove(id);
      throw error;
    }
  }

  async function note({ id, conversation, queuedAt }: Item, content: TextContent, said: boolean) {
    if (shelf.lasting) await records.keep({ id, conversation, content, queuedAt, owner, said });
  }

  async function upload(item: Item, content: TextContent): Promise<void> {
    const sealed = sealedPartsOf(content);
    const received = new Map(sealed.map(({ id }) => [id, 0]));
    const total = sealed.reduce((sum, { size }) => sum + size, 0);
    Object.assign(item, { state: "uploading", done: 0, total });
    show();
    const deps = { api, shelf, patience, now: platform.now };
    for (const { id, size } of sealed) {
      await sendBytes(
        deps,
        item.conversation,
        id,
        size,
        (bytes) => {
          received.set(id, bytes);
          item.done = [...received.values()].reduce((sum, one) => sum + one, 0);
          show();
        },
        () => isOver(item),
      );
    }
    requireGoing(item);
    if (!(await parts.say(item.conversation, content, item.id)))
      throw new AppError("conflict", "sending is stopped");
    item.state = "said";
    item.noted = note(item, content, true);
    show();
    await item.noted;
  }

  /** Nothing of it stays in this browser. */
  async function clear(item: Item): Promise<void> {
    items.delete(item.id);
    show();
    await records.drop(item.id);
    if (item.content) for (const id of filesOf(item.content)) await shelf.remove(id);
  }

  async function run(item: Item): Promise<void> {
    try {
      if (isOver(item)) return;
      if (item.sources) await seal(item, item.sources);
      if (item.content) await upload(item, item.content);
    } catch (error) {
      if (isOver(item)) return;
      Object.assign(item, { state: "failed", failure: failureOf(error) });
      show();
    }
  }

  function begin(item: Item): void {
    items.set(item.id, item);
    item.failure = null;
    item.state = item.sources ? "sealing" : "uploading";
    show();
    const before = turns.get(item.conversation) ?? Promise.resolve();
    turns.set(
      item.conversation,
      before.then(() => run(item)),
    );
  }

  /** One of this tab's, or what lies on the shelf. */
  async function recall(id: MessageId): Promise<Item | null> {
    const record = items.has(id) || !shelf.lasting ? null : await records.read(id);
    return items.get(id) ?? (record && itemOf(record));
  }

  async function takeOver(): Promise<void> {
    const kept = new Set<string>();
    const ids = await records.ids();
    const left = await Promise.all(ids.map((id) => records.read(id)));
    // Afterwards: what is said and in no outbox, of whichever tab, is stored.
    const queued = new Set((await platform.storage.outbox(self)).map(({ scheduled }) => scheduled));
    for (const [i, record] of left.entries()) {
      const id = ids[i] as MessageId;
      if (!record) {
        await records.drop(id);
        continue;
      }
      if (record.said && !queued.has(id) && !items.has(id)) {
        await clear(itemOf(record));
        continue;
      }
      for (const file of filesOf(record.content)) kept.add(file);
      // A tab ended just then.
      if (queued.has(id) && !record.said) await records.keep({ ...record, said: true });
      const isElsewhere = queued.has(id) || items.has(id) || record.owner === owner;
      if (isElsewhere || !(await platform.isGone(record.owner))) continue;
      await records.keep({ ...record, owner });
      begin(itemOf(record));
    }
    for (const name of await shelf.names()) {
      const since = kept.has(name) || name.includes(".") ? null : mintedAt(name as FileId);
      if (since !== null && since < platform.now() - LOST_AFTER_MS) await shelf.remove(name);
    }
  }

  async function cancel(id: MessageId): Promise<void> {
    const item = items.get(id);
    if (!item || item.state === "said") return;
    item.cancelled = true;
    patience.wake();
    await clear(item);
    // What the server has of it would go by itself, later.
    const path = `/api/conversations/${item.conversation}/files`;
    const parts = item.content ? filesOf(item.content) : [];
    for (const file of parts) await api.send("DELETE", `${path}/${file}`, {}).catch(() => {});
  }

  return {
    send(conversation: ConversationId, said: SaidBesideFiles, sources: readonly FileSource[]): void {
      if (sources.length === 0 || sources.length > LIMITS.files)
        throw new AppError("bad-request", `${sources.length} files`);
      const { largestFile } = store.get();
      if (sources.some(({ size }) => size > Math.min(largestFile, LIMITS.fileBytes)))
        throw new AppError("file-too-large");
      const queuedAt = platform.now();
      const names = sources.map(({ name }) => name);
      begin({
        ...{ id: newId<MessageId>(queuedAt), conversation, said, names, queuedAt, sources, content: null },
        ...{ state: "sealing", noted: Promise.resolve(), previews: [] },
        ...{ done: 0, total: 0, failure: null, cancelled: false },
      });
    },

    /**
     * What was left to the outbox is uploaded again, and said again under the same id.
     * @returns whether its files are here still
     */
    async resend(id: MessageId): Promise<boolean> {
      const item = await recall(id);
      if (item?.state !== "said" || !item.content) return false;
      await note(item, item.content, false);
      begin(item);
      return true;
    },

    /** What was left to the outbox is stored, or will not be. */
    async settle(id: MessageId): Promise<void> {
      const item = await recall(id);
      if (item?.state !== "said") return;
      await item.noted;
      await clear(item);
    },

    retry(id: MessageId): void {
      const item = items.get(id);
      if (item?.state === "failed") begin(item);
    },

    cancel,

    /** Pictures that no timeline shows yet. */
    previews: (): FileId[] => [...items.values()].flatMap(({ previews }) => previews),

    /** Nothing can be sent to other conversations any more, nor would anybody see it there. */
    keepOnly(conversations: ReadonlySet<ConversationId>): void {
      for (const { id, conversation } of items.values())
        if (!conversations.has(conversation)) cancel(id).catch(() => {});
    },

    /** What tabs that are gone left behind, and whatever waits for the network. */
    async resume(): Promise<void> {
      patience.wake();
      if (shelf.lasting) await platform.exclusive("uploads", takeOver);
    },

    stop(): void {
      stopped = true;
      patience.wake();
    },
  };
}

function sealedPartsOf({ files = [] }: TextContent): { readonly id: FileId; readonly size: number }[] {
  return files
    .flatMap((file) => (file.preview ? [file, file.preview] : [file]))
    .map(({ id, size }) => ({ id, size: sealedFileBytes(size) }));
}

/** As it lies on the shelf. */
function itemOf({ id, conversation, content, queuedAt, said: isSaid }: UploadRecord): Item {
  const { type: _, files = [], ...said } = content;
  const names = files.map(({ name }) => name);
  return {
    ...{ id, conversation, said, names, queuedAt, content, sources: null },
    ...{ state: isSaid ? "said" : "uploading", noted: Promise.resolve(), previews: [] },
    ...{ done: 0, total: 0, failure: null, cancelled: false },
  };
}

/** What could not be read was moved, changed or taken away since it was chosen. */
function failureOf(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : "file-unreadable";
}
