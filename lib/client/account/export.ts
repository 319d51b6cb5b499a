import { utf8 } from "../../base/bytes.ts";
import { notesEntryId } from "../../crypto/vault.ts";
import { AppError, ERRORS } from "../../protocol/errors.ts";
import { type AccountData, accountDataAnswer } from "../../protocol/http/account.ts";
import {
  type ConversationInfo,
  conversationsAnswer,
  recordsAnswer,
} from "../../protocol/http/conversations.ts";
import { isAsListed, peerOf } from "../conversation/peer.ts";
import { conversationJson, conversationPage, nameOf } from "../export/conversation-files.ts";
import { fileName } from "../export/file-name.ts";
import { toJson } from "../export/html.ts";
import { type ExportedConversation, indexPage } from "../export/index-page.ts";
import { type ExportedMessage, findKeys, readConversation } from "../export/read-conversation.ts";
import { roomPeople } from "../export/room-people.ts";
import type { ExportActions, ExportProgress, PreparedExport } from "../model-account.ts";
import { decodeNotes } from "../notes/note-entries.ts";
import type { AccountParts } from "./parts.ts";

const RETRY_MS = 5_000;

type Options = Parameters<PreparedExport["open"]>[0];

interface ZipEntry {
  readonly name: string;
  readonly input: string | Blob | AsyncIterable<Uint8Array<ArrayBuffer>>;
  readonly lastModified: Date;
}

export function createExportActions(parts: AccountParts): ExportActions {
  const { api, platform } = parts;
  return {
    async prepare() {
      const account = await api.get("/api/account/data", accountDataAnswer);
      const { conversations: all } = await api.get("/api/conversations", conversationsAnswer);
      // Access rules keep the others closed to this account from here.
      const conversations = all.filter(({ refused }) => !refused);
      const closed = all.length - conversations.length;
      const date = new Date(platform.now()).toISOString().slice(0, 10);
      return {
        fileName: `sceau-${fileName(0, account.account.name).slice(4)}-${date}.zip`,
        conversations: conversations.length,
        messages: conversations.reduce(
          (sum, { firstSeq, lastSeq }) => sum + Math.max(0, lastSeq - firstSeq + 1),
          0,
        ),
        async open(options) {
          const { makeZip } = await import("client-zip");
          return makeZip(zipEntries(parts, account, conversations, closed, options)) as ReadableStream<
            Uint8Array<ArrayBuffer>
          >;
        },
      };
    },
  };
}

async function* zipEntries(
  parts: AccountParts,
  account: AccountData,
  conversations: readonly ConversationInfo[],
  closed: number,
  { words, host, signal, onProgress }: Options,
): AsyncGenerator<ZipEntry> {
  const { api, book, clock, platform, vault } = parts;
  const exportedAt = platform.now();
  const lastModified = new Date(exportedAt);
  const written: ExportedConversation[] = [];
  let progress: ExportProgress = { conversations: 0, messages: 0, unreadable: 0, waiting: false };
  const report = (change: Partial<ExportProgress>) => {
    progress = { ...progress, ...change };
    onProgress(progress);
  };

  /** Again while the server or the network is away: half an hour of work must not end with one lost packet. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      try {
        const result = await work();
        if (progress.waiting) report({ waiting: false });
        return result;
      } catch (error) {
        if (!(error instanceof AppError) || !ERRORS[error.code].retryable) throw error;
        report({ waiting: true });
        await wakeOrWait(parts, signal);
      }
    }
  }

  yield { name: "account.json", input: `${toJson(account, 1)}\n`, lastModified };
  for (const [i, listed] of conversations.entries()) {
    const isRoom = listed.kind !== "direct";
    const peer = peerOf(listed, vault.account);
    const deps = {
      book,
      fetchBytes: (path: string) => patiently(() => api.getBytes(path)),
      longestRetention: clock.longestRetention(),
    };
    const found = await patiently(() => findKeys(deps, listed.id));
    // Of what is not the conversation with this person, nothing is opened under that name.
    const keys = found && (await isAsListed(listed, peer, found.state, vault.account)) ? found : null;
    const { records } = await patiently(() =>
      api.get(`/api/conversations/${listed.id}/records`, recordsAnswer),
    );
    const members =
      isRoom && keys ? await patiently(() => roomPeople(parts, listed, records)) : listed.members;
    const info = { ...listed, members };
    const room = isRoom && keys ? await patiently(() => parts.profiles.require(info.id)) : null;
    const title = room?.content.name || (peer ? nameOf(peer, words) : info.id);
    const file = fileName(i + 1, peer?.name ?? room?.content.name ?? "");
    const notes = decodeNotes(vault.read(await notesEntryId(info.id)));
    const exported = { info, self: vault.account, title, keys, records, notes, exportedAt };
    const json = conversationJson(exported);
    const jsonParts = [new Blob([json.start])];
    let messages = 0;
    let unreadable = 0;

    /** Both files in one reading; the second waits in blobs, which a browser keeps off the heap. */
    async function* alsoJson(): AsyncGenerator<readonly ExportedMessage[]> {
      for await (const page of readConversation(deps, info.id, keys, info.lastSeq, info.firstSeq - 1)) {
        jsonParts.push(new Blob([json.page(page)]));
        messages += page.length;
        const failed = page.filter(({ failure }) => failure !== null).length;
        unreadable += failed;
        report({ messages: progress.messages + page.length, unreadable: progress.unreadable + failed });
        yield page;
        // The page stays alive while its person waits.
        await new Promise((resume) => setTimeout(resume));
        signal.throwIfAborted();
      }
    }

    const html = encoded(conversationPage(exported, alsoJson(), words));
    yield { name: `conversations/${file}.html`, input: html, lastModified };
    yield { name: `conversations/${file}.json`, input: new Blob([...jsonParts, json.end]), lastModified };
    written.push({ file, title, messages, unreadable });
    report({ conversations: progress.conversations + 1 });
  }
  const index = indexPage(account, written, closed, host, exportedAt, words);
  yield { name: "index.html", input: index, lastModified };
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for await (const text of texts) yield utf8(text);
}

function wakeOrWait({ platform }: AccountParts, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      forget();
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, RETRY_MS);
    const forget = platform.onConnectivity({ wake: done });
    signal.addEventListener("abort", done);
  });
}
