import type { AccountId } from "../../base/ids.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import type { ConversationNotes } from "../model-notes.ts";
import { escapeHtml, PAGE_END, pageStart, toJson } from "./html.ts";
import { createMessageHtml } from "./message-html.ts";
import type { ExportedMessage, Keys } from "./read-conversation.ts";
import type { ExportWords } from "./words.ts";

export interface ConversationExport {
  readonly info: ConversationInfo;
  readonly self: AccountId;
  readonly title: string;
  readonly keys: Keys;
  /** The signed records as the server has them. */
  readonly records: readonly Uint8Array[];
  /** What the person keeps for themselves: stars, a draft, of what one is told. */
  readonly notes: ConversationNotes;
  readonly exportedAt: number;
}

/** One conversation for people to read. `messages` is consumed as the page is written. */
export async function* conversationPage(
  { info, self, title, keys }: ConversationExport,
  messages: AsyncIterable<readonly ExportedMessage[]>,
  words: ExportWords,
): AsyncGenerator<string> {
  const { t } = words;
  const names = new Map(info.members.map((member) => [member.id, nameOf(member, words)]));
  const messageHtml = createMessageHtml({
    self,
    isDirect: info.kind === "direct",
    nameOf: (account) => names.get(account) ?? null,
    words,
  });
  yield pageStart(words.locale, escapeHtml(title));
  yield `<header>\n<p class="soft"><a href="../index.html">${escapeHtml(t("export.back"))}</a></p>\n<h1 dir="auto">${escapeHtml(title)}</h1>\n`;
  if (!keys) yield `<p>${escapeHtml(t("export.broken"))}</p>\n`;
  yield "</header>\n<main>\n";
  let day = "";
  for await (const page of messages) {
    let html = "";
    for (const message of page) {
      const today = words.day(message.stored.storedAt);
      if (today !== day) html += `<p class="day">${escapeHtml(today)}</p>\n`;
      day = today;
      html += messageHtml(message);
    }
    yield html;
  }
  yield `</main>\n${PAGE_END}`;
}

export function nameOf(
  member: { displayName: string; deleted?: true | undefined },
  { t }: ExportWords,
): string {
  return member.deleted ? t("people.deleted") : member.displayName;
}

/** The same for programs, with what shows that nothing was changed. */
export function conversationJson({ info, keys, records, notes, exportedAt }: ConversationExport): {
  start: string;
  page(messages: readonly ExportedMessage[]): string;
  end: string;
} {
  const { newest: _, profile: _sealed, ...conversation } = info;
  const head = {
    format: "sceau/1/conversation",
    exportedAt: new Date(exportedAt).toISOString(),
    conversation,
    notes,
    chainAccepted: keys !== null,
    records,
  };
  let first = true;
  return {
    start: `${toJson(head, 1).slice(0, -2)},\n "messages": [`,
    page(messages) {
      const lines = messages.map((message) => {
        const separator = first ? "\n" : ",\n";
        first = false;
        return `${separator}  ${toJson(facts(message))}`;
      });
      return lines.join("");
    },
    end: "\n ]\n}\n",
  };
}

function facts({ stored, hash, sender, message, content, failure, mismatch }: ExportedMessage) {
  const { seq, storedAt } = stored;
  return {
    seq,
    storedAt: new Date(storedAt).toISOString(),
    state: content ? "opened" : failure ? "unreadable" : "deleted",
    ...(sender && { sender }),
    ...(content && { content }),
    ...(failure && { reason: failure }),
    ...(message && {
      id: message.header.message,
      keyEpoch: message.header.keyEpoch,
      record: message.header.recordHash,
      device: message.device,
      deviceSequence: message.deviceSequence,
      sentAt: new Date(message.sentAt).toISOString(),
      // Opening verifies it: what does not verify is not opened.
      signature: "verified",
      transcript: {
        position: message.transcriptPosition,
        head: message.transcriptHead,
        agrees: !mismatch,
      },
    }),
    hash,
  };
}
