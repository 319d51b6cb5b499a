import type { Conversation, Message, Person } from "@/lib/client/model";
import type { MessageBody } from "@/lib/client/model-messages";

/** Invented people and messages for looking at the views; nothing in production imports this. */

export function person(name: string, displayName: string): Person {
  return { id: `account-${name}` as Person["id"], name, displayName, status: "", picture: null };
}

export const ME = person("amelie", "Amélie Durand");
export const BOB = person("bob", "Bob Okafor");
export const LONG = person(
  "hubert.blaine.wolfeschlegelsteinha",
  "Hubert Blaine Wolfeschlegelsteinhausenbergerdorff Senior of Philadelphia",
);
export const MARYAM = person("maryam", "مريم الفاسي");
export const LI = person("li.na", "李娜");
export const ZOE = person("zoe", "Zoë Ångström");
export const EVE = person("eve", "Eve Martin");
export const PEOPLE: readonly Person[] = [BOB, LONG, MARYAM, LI, ZOE, EVE];

/** 22 characters, as the address wants. */
export function conversationId(peer: Person): Conversation["id"] {
  return peer.name
    .replace(/[^a-z]/g, "-")
    .padEnd(22, "0")
    .slice(0, 22) as Conversation["id"];
}

let minted = 0;

/** The number that a message is stored under. */
export function mintSeq(): number {
  minted += 1;
  return minted;
}

export function message(parts: Partial<Omit<Message, "body">> & { body: string | MessageBody }): Message {
  const { body, ...rest } = parts;
  const seq = mintSeq();
  const mine = rest.mine ?? false;
  return {
    id: `message-${seq}` as Message["id"],
    seq,
    sender: mine ? ME.id : BOB.id,
    mine,
    at: Date.now(),
    delivery: mine ? "read" : null,
    failure: null,
    reply: null,
    thread: null,
    replies: null,
    reactions: [],
    mentionsMe: false,
    refused: [],
    ...rest,
    body:
      typeof body === "string"
        ? { kind: "text", text: body, earlier: [], action: false, forwarded: false, files: [] }
        : body,
  };
}

export function conversation(
  peer: Person,
  newest: Message | null,
  more: Partial<Conversation> = {},
): Conversation {
  return {
    id: conversationId(peer),
    kind: "direct",
    peer,
    room: null,
    unread: 0,
    mentions: 0,
    newest,
    activeAt: newest?.at ?? 0,
    alert: null,
    alertPerson: null,
    mutedUntil: null,
    retentionSeconds: 0,
    blocked: false,
    canSend: true,
    ...more,
  };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const CHAT: readonly (readonly [minutesAgo: number, mine: boolean, text: string])[] = [
  [2 * 1440 + 60, false, "Did the auditors get back to you?"],
  [
    2 * 1440 + 55,
    true,
    "They did. **Two findings**, both small. The report is at https://reports.example/2026/11?view=full#findings",
  ],
  [2 * 1440 + 54, true, "I will send the summary tomorrow."],
  [
    1440 + 200,
    true,
    "Summary:\n\n1. rotate the signing key every *six* months\n2. keep `audit.log` for a year, not a month\n\nNothing that keeps us up at night.",
  ],
  [
    1440 + 190,
    false,
    "> keep `audit.log` for a year\n\nWe can do that by configuration:\n\n```\njournal:\n  keep: 365d\n```",
  ],
  [1440 + 189, false, "👍"],
  [1440 + 188, false, "~~Monday~~ Tuesday then?"],
  [
    95,
    true,
    "Tuesday is fine. Shall we say 14:00? I have the room until 15:30, and the big screen works again since they replaced the cable that nobody wanted to touch for a year.",
  ],
  [93, false, "Perfect."],
  [92, false, "שלום לכולם, see you there — and bring the figures"],
  [12, true, "Here is the draft agenda"],
  [11, true, "- status of the migration\n- who watches the backups\n- *anything else*"],
];

export function chat(): Message[] {
  return CHAT.map(([minutesAgo, mine, body]) =>
    message({ mine, body, at: Date.now() - minutesAgo * MINUTE }),
  );
}

/** `count` older messages, oldest first, ending a week ago. */
export function history(count: number): Message[] {
  return Array.from({ length: count }, (_, i) =>
    message({
      mine: i % 3 === 0,
      body: `Older message ${i + 1} of ${count}. ${"Ink dries, paper keeps. ".repeat(i % 4)}`,
      at: Date.now() - 7 * DAY - (count - i) * 40 * MINUTE,
    }),
  );
}

/** Everything that can be said about messages. */
export function discussed(): Message[] {
  const at = Date.now() - 50 * MINUTE;
  const question = message({
    body: "Who comes to the review on Tuesday? @amelie @bob",
    at,
    mentionsMe: true,
  });
  const plan = message({ mine: true, body: "I do. Here is the *plan*.", at: at + MINUTE });
  const ref = ({ id, seq }: Message) => ({ id, seq: seq ?? 0 });
  const everybody = [ME, ...PEOPLE].map(({ id }) => id);
  const thread = { ...question, replies: { count: 2, lastAt: at + 3 * MINUTE } };
  const many =
    "👍❤️😂🎉😮🙏🔥👀💯✅🚀🤔😅🥳👏🙌💪🍕☕🌈⭐🎯💡🔒📌🐢🦄🍀🧩🏆".match(
      /\p{Extended_Pictographic}\ufe0f?/gu,
    ) ?? [];
  return [
    {
      ...thread,
      reactions: [
        { emoji: "👍", people: everybody },
        { emoji: "🎉", people: [MARYAM.id] },
      ],
    },
    plan,
    message({ body: "I will come too.", at: at + MINUTE, thread: ref(question) }),
    message({ body: "@amelie see you there", at: at + 3 * MINUTE, thread: ref(question), mentionsMe: true }),
    message({ body: "That is fine with me.", at: at + 4 * MINUTE, reply: { ref: ref(plan), message: plan } }),
    message({
      mine: true,
      body: {
        kind: "text",
        text: "At 14:00.",
        earlier: [{ text: "At 13:00.", at }],
        action: false,
        forwarded: false,
        files: [],
      },
      reply: { ref: { ...ref(plan), seq: 1 }, message: null },
      at: at + 5 * MINUTE,
    }),
    message({
      body: { kind: "text", text: "waves", earlier: [], action: true, forwarded: false, files: [] },
      at: at + 6 * MINUTE,
    }),
    message({
      body: {
        kind: "text",
        text: "The big screen works again.",
        earlier: [],
        action: false,
        forwarded: true,
        files: [],
      },
      at: at + 7 * MINUTE,
    }),
    message({ body: { kind: "deleted", by: BOB.id }, at: at + 8 * MINUTE }),
    message({ mine: true, body: { kind: "deleted", by: ME.id }, at: at + 8 * MINUTE }),
    message({
      mine: true,
      body: {
        kind: "poll",
        question: "Where do we eat? Answer before noon, so that the table can be kept.",
        multiple: true,
        voters: 5,
        options: Array.from({ length: 12 }, (_, i) => ({
          text: i === 3 ? "مطعم الياسمين" : i === 5 ? "wide".repeat(28) : `Place number ${i + 1}`,
          people: everybody.slice(0, (i * 5) % 6),
        })),
      },
      at: at + 9 * MINUTE,
    }),
    message({
      body: "Thirty reactions.",
      reactions: many.map((emoji, i) => ({ emoji, people: everybody.slice(0, (i % 5) + 1) })),
      at: at + 10 * MINUTE,
    }),
  ];
}

export function troubled(): Message[] {
  const at = Date.now() - 30 * MINUTE;
  return [
    message({ body: "Everything that can go wrong, in one place.", at }),
    message({ body: { kind: "unreadable", reason: "waiting-for-key" }, at }),
    message({ body: { kind: "unreadable", reason: "unknown-sender" }, at }),
    message({ body: { kind: "unreadable", reason: "bad-signature" }, at }),
    message({ body: { kind: "unreadable", reason: "malformed" }, at }),
    message({ body: "A link that is none: [click](javascript:alert(1)) <b>and HTML</b>", at }),
    message({ body: `${"wide".repeat(60)}`, at }),
    message({ mine: true, body: "Stored", delivery: "stored", at: at + MINUTE }),
    message({ mine: true, body: "Delivered", delivery: "delivered", at: at + MINUTE }),
    message({ mine: true, body: "Read", delivery: "read", at: at + MINUTE }),
    message({ mine: true, body: "On its way", delivery: "pending", seq: null, at: Date.now() }),
    message({
      mine: true,
      body: "Refused by the server",
      delivery: "failed",
      failure: "too-large",
      seq: null,
      at: Date.now(),
    }),
  ];
}
