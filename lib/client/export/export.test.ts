import { describe, expect, it } from "vitest";
import type { AccountId, ConversationId, MessageId } from "../../base/ids.ts";
import { newId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { ConversationInfo } from "../../protocol/http/conversations.ts";
import { NO_NOTES } from "../model-notes.ts";
import { conversationJson, conversationPage } from "./conversation-files.ts";
import { fileName } from "./file-name.ts";
import { indexPage } from "./index-page.ts";
import type { ExportedMessage } from "./read-conversation.ts";
import type { ExportWords } from "./words.ts";

const SELF = newId<AccountId>(1);
const PEER = newId<AccountId>(2);
const HOSTILE = [
  "../../x",
  "..\\..\\x",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "</title></style><script>alert(1)</script>",
  "\u202Egnp.exe",
  "مريم",
  "CON",
  "nul.",
  "a".repeat(300),
  "\u0000\u0007",
  "",
  "?*:|<>",
];

const words: ExportWords = {
  locale: "en",
  t: (key, parameters) => `${key}${parameters ? ` ${Object.values(parameters).join(" ")}` : ""}`,
  day: () => "a day",
  clock: () => "12:00",
  exact: () => "a day, 12:00",
};

function info(displayName: string): ConversationInfo {
  const member = {
    name: "x",
    displayName: "Me",
    status: "",
    picture: null,
    deliveredSeq: 0,
    readSeq: 0,
    deliveredAt: null,
    readAt: null,
  };
  return {
    id: newId<ConversationId>(),
    kind: "direct",
    createdAt: 0,
    recordNumber: 1,
    lastSeq: 1,
    firstSeq: 1,
    closed: false,
    memberCount: 2,
    members: [
      { ...member, id: SELF },
      { ...member, id: PEER, displayName },
    ],
  };
}

function text(seq: number, said: string): ExportedMessage {
  return {
    stored: { seq, storedAt: 1_700_000_000_000, envelope: new Uint8Array(32) },
    hash: new Uint8Array(32),
    message: null,
    content: { type: "text", text: said },
    failure: null,
    role: null,
    sender: PEER,
    mismatch: false,
  };
}

async function* pages(...all: ExportedMessage[][]) {
  yield* all;
}

async function page(name: string, messages: ExportedMessage[]): Promise<string> {
  const exported = {
    info: info(name),
    self: SELF,
    title: name,
    keys: null,
    records: [],
    notes: NO_NOTES,
    exportedAt: 0,
  };
  let html = "";
  for await (const part of conversationPage(exported, pages(messages), words)) html += part;
  return html;
}

/** Tags and attributes that no text of a person can have brought in. */
function markupOf(html: string): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) =>
    tag.replace(/(?:title|datetime|href|content)="[^"]*"/g, "").replace(/\s+/g, " "),
  );
}

describe.each(HOSTILE)("somebody called or saying %j", (words) => {
  it("gives a file a name that every system takes", () => {
    expect(fileName(7, words)).toMatch(/^007-[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(fileName(7, words).length).toBeLessThan(50);
  });

  it("brings no markup into a page", async () => {
    const [hostile, harmless] = await Promise.all([page(words, [text(1, words)]), page("x", [text(1, "x")])]);
    expect(markupOf(hostile)).toEqual(markupOf(harmless));
    expect(hostile).not.toContain("\0");
  });

  it("can be read back from the JSON", () => {
    const notes = { ...NO_NOTES, draft: { text: words, at: 1 } };
    const exported = {
      info: info(words),
      self: SELF,
      title: words,
      keys: null,
      records: [],
      notes,
      exportedAt: 0,
    };
    const json = conversationJson(exported);
    const whole = json.start + json.page([text(1, words)]) + json.page([text(2, "b")]) + json.end;
    const read = JSON.parse(whole);
    expect(read.conversation.members[1].displayName).toBe(words);
    expect(read.notes).toEqual(notes);
    expect(read.messages.map(({ content }: { content: { text: string } }) => content.text)).toEqual([
      words,
      "b",
    ]);
    expect(whole).not.toContain("<");
  });
});

describe("an export", () => {
  it("calls deleted and unreadable messages what they are", async () => {
    const gone = { ...text(1, ""), content: null, sender: null };
    const closed = { ...text(2, ""), content: null, failure: "bad-signature" } as const;
    const html = await page("x", [gone, closed, { ...text(3, "fine"), mismatch: true }]);
    expect(html).toContain("timeline.deleted 1");
    expect(html).toContain("unreadable.bad-signature");
    expect(html).toContain("export.mismatch");
  });

  it("says what was said about what, and what does not count", async () => {
    const ids = [1, 2, 3, 4].map((seq) => newId<MessageId>(seq));
    const by = (seq: number, content: Content, sender = PEER): ExportedMessage => ({
      ...text(seq, ""),
      sender,
      content,
      message: { header: { message: ids[seq - 1] } } as never,
    });
    const target = { id: ids[0] as MessageId, seq: 1 };
    const poll = { id: ids[1] as MessageId, seq: 2 };
    const html = await page("x", [
      by(1, { type: "text", text: "one" }),
      by(2, { type: "poll", question: "When?", options: ["now", "later"], multiple: false }),
      by(3, { type: "text", text: "answer", reply: target, thread: target, forwarded: true }, SELF),
      by(4, { type: "edit", target, text: "two" }),
      by(5, { type: "edit", target, text: "hostile" }, SELF),
      by(6, { type: "reaction", target, emoji: "🎉", on: true }),
      by(7, { type: "vote", target: poll, choices: [1, 9] }),
      by(8, { type: "delete", target }),
    ]);
    const lines = [
      "export.edited x one\ntwo",
      "export.reacted x one 🎉",
      "export.voted x When? later",
      "export.deleted x one",
      "export.ignored Me one",
      "export.reply one",
      "export.thread one",
      "– later",
    ];
    for (const line of lines) expect(html).toContain(line);
    expect(html).not.toContain("hostile");
  });

  it("of nothing says so, and is JSON all the same", () => {
    const account = { id: SELF, name: "x", displayName: "<b>", status: "", email: null, createdAt: 0 };
    const html = indexPage({ account, devices: [], sessions: [] }, [], 0, "host", 0, words);
    expect(html).toContain("export.none");
    expect(html).not.toContain("<b>");
    expect(html).not.toContain("export.closed");
    expect(indexPage({ account, devices: [], sessions: [] }, [], 2, "host", 0, words)).toContain(
      "export.closed",
    );
    const json = conversationJson({
      info: info("x"),
      self: SELF,
      title: "x",
      keys: null,
      records: [],
      notes: NO_NOTES,
      exportedAt: 0,
    });
    expect(JSON.parse(json.start + json.page([]) + json.end).messages).toEqual([]);
  });
});
