import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AccountId, type MessageId, newId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { Role } from "../../protocol/layout/member-change.ts";
import type { ConversationType } from "../../protocol/layout/record.ts";
import type { Message } from "../model-messages.ts";
import type { Unsent } from "../outbox.ts";
import type { LogEntry } from "./message-log.ts";
import { createProjection } from "./projection.ts";

const ME = newId<AccountId>(1);
const ANN = newId<AccountId>(2);
const BEN = newId<AccountId>(3);
const SEEN = { delivered: 0, read: 0 };
/** The id of the message at each place. */
const IDS = Array.from({ length: 40 }, (_, seq) => newId<MessageId>(seq));
const ref = (seq: number) => ({ id: IDS[seq] as MessageId, seq });
const words = (text: string, more: object = {}): Content => ({ type: "text", text, ...more });

function entry(
  seq: number,
  sender: AccountId | null,
  content: Content | null,
  role: Role = "member",
): LogEntry {
  return {
    id: sender === null ? newId<MessageId>(1_000_000 + seq) : (IDS[seq] as MessageId),
    stored: { seq, storedAt: seq * 1000, envelope: new Uint8Array(sender === null ? 32 : 400) },
    hash: new Uint8Array(32),
    message: null,
    content,
    failure: null,
    role: content && role,
    sender,
    replayed: false,
  };
}

type Line = readonly [sender: AccountId | null, content: Content | null, role?: Role];

/** Lines at 1, 2, 3, … */
const entriesOf = (lines: readonly Line[]) =>
  lines.map(([sender, content, role], i) => entry(i + 1, sender, content, role));

const show = (
  lines: readonly Line[],
  type: ConversationType = "private-room",
  unsent: readonly Unsent[] = [],
) => createProjection(ME, type).messages(entriesOf(lines), unsent, SEEN);

const unsent = (content: Content, more: Partial<Unsent> = {}): Unsent => ({
  id: newId<MessageId>(),
  content,
  queuedAt: 99_000,
  failure: null,
  ...more,
});

/** What a person would see change. */
function sketch({ body, reactions, reply, thread, mentionsMe }: Message): object {
  return { body, reactions, quote: reply?.message ?? null, thread: thread?.seq ?? null, mentionsMe };
}

const textOf = (message: Message | undefined) =>
  message?.body.kind === "text" ? message.body.text : message?.body.kind;

describe("edits", () => {
  it("by the sender show the last words, and keep the earlier ones", () => {
    const [message, ...others] = show([
      [ANN, words("one")],
      [ANN, { type: "edit", target: ref(1), text: "two" }],
      [ANN, { type: "edit", target: ref(1), text: "three" }],
    ]);
    expect(others).toEqual([]);
    expect(message?.body).toEqual({
      kind: "text",
      text: "three",
      earlier: [
        { text: "one", at: 1000 },
        { text: "two", at: 2000 },
      ],
      action: false,
      forwarded: false,
    });
  });

  it("by anybody else, owners too, or of what is no text, do nothing", () => {
    const shown = show([
      [ANN, words("hers")],
      [BEN, { type: "edit", target: ref(1), text: "his" }, "owner"],
      [ANN, { type: "poll", question: "?", options: ["a", "b"], multiple: false }],
      [ANN, { type: "edit", target: ref(3), text: "no poll" }],
    ]);
    expect(shown.map(textOf)).toEqual(["hers", "poll"]);
  });
});

describe("deletions", () => {
  const deletion: Content = { type: "delete", target: ref(1) };

  it.each([
    ["the sender", ANN, "member", "private-room", true],
    ["a moderator of a room", BEN, "moderator", "private-room", true],
    ["a member", BEN, "member", "public-room", false],
    ["the other of two, who are both owners", BEN, "owner", "direct", false],
  ] as const)("by %s", (_, by, role, type, counts) => {
    const [message] = show(
      [
        [ANN, words("said")],
        [by, deletion, role],
      ],
      type,
    );
    expect(message?.body).toEqual(
      counts ? { kind: "deleted", by } : expect.objectContaining({ text: "said" }),
    );
  });

  it("take everything that was said about it out of sight", () => {
    const [message, answer] = show([
      [ANN, words("said", { mentions: [ME] })],
      [BEN, { type: "reaction", target: ref(1), emoji: "👍", on: true }],
      [BEN, words("answer", { reply: ref(1) })],
      [ANN, deletion],
    ]);
    expect(message).toMatchObject({ reactions: [], mentionsMe: false, body: { kind: "deleted", by: ANN } });
    expect(answer?.reply?.message?.body).toEqual({ kind: "deleted", by: ANN });
  });

  it("name who deleted what only its place is left of; without that, nobody", () => {
    const shown = show([
      [null, null],
      [null, null],
      [ANN, deletion],
    ]);
    expect(shown.map(({ body }) => body)).toEqual([
      { kind: "deleted", by: ANN },
      { kind: "deleted", by: null },
    ]);
  });

  it("leave no rows of the edits and reactions that went along, but of nothing else", () => {
    const shown = show([
      [null, null],
      [null, null],
      [null, null],
      [ANN, { ...deletion, also: [2, 4, 6] } as Content],
      [BEN, words("still here")],
      [null, null],
    ]);
    expect(shown.map(({ seq }) => seq)).toEqual([1, 3, 5, 6]);
  });

  it("say what is to be dropped and erased, once", () => {
    const lines: Line[] = [
      [ANN, words("said")],
      [ANN, { type: "edit", target: ref(1), text: "said better" }],
      [BEN, { type: "reaction", target: ref(1), emoji: "👍", on: true }],
      [BEN, words("another")],
      [ANN, { ...deletion, also: [2, 3, 4] } as Content],
    ];
    const projection = createProjection(ME, "direct");
    projection.messages(entriesOf(lines), [], SEEN);
    const [gone, ...others] = projection.takeGone();
    expect(others).toEqual([]);
    expect(gone?.by).toBe(ANN);
    expect(gone?.entries.map(({ stored }) => stored.seq)).toEqual([1, 2, 3]);
    expect(projection.takeGone()).toEqual([]);
  });

  it("go out with all that is known, edits first, and the thread", () => {
    const projection = createProjection(ME, "direct");
    const lines: Line[] = [
      [ANN, words("root")],
      [ME, words("answer", { thread: ref(1) })],
      [ANN, { type: "reaction", target: ref(2), emoji: "👍", on: true }],
      [ME, { type: "edit", target: ref(2), text: "better" }],
    ];
    projection.messages(entriesOf(lines), [], SEEN);
    expect(projection.withAll({ type: "delete", target: ref(2) })).toEqual({
      type: "delete",
      target: ref(2),
      also: [4, 3],
      thread: ref(1),
    });
  });
});

describe("reactions", () => {
  const react = (emoji: string, on = true): Content => ({ type: "reaction", target: ref(1), emoji, on });

  it("are one of each emoji by each person, in the order in which they came", () => {
    const [message] = show([
      [ANN, words("x")],
      [BEN, react("🎉")],
      [ANN, react("👍")],
      [BEN, react("👍")],
      [BEN, react("🎉")],
      [ANN, react("🎉", false)],
      [ANN, react("🎉")],
      [BEN, react("🎉", false)],
      [BEN, react("❤️", false)],
    ]);
    expect(message?.reactions).toEqual([
      { emoji: "🎉", people: [ANN] },
      { emoji: "👍", people: [ANN, BEN] },
    ]);
  });

  it.each(["a", "1", "12", "<b>", "👍x", "\u200d", "\ufe0f", "\u202e"])(
    "that are no emoji do not count: %j",
    (emoji) => {
      expect(
        show([
          [ANN, words("x")],
          [BEN, react(emoji)],
        ])[0]?.reactions,
      ).toEqual([]);
    },
  );

  it.each(["👍", "👍🏽", "❤️", "👩‍🚀", "🇫🇷", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])("count: %s", (emoji) => {
    expect(
      show([
        [ANN, words("x")],
        [BEN, react(emoji)],
      ])[0]?.reactions,
    ).toHaveLength(1);
  });

  it("are at most twenty by one person", () => {
    const many = Array.from({ length: 30 }, (_, i): Line => [BEN, react(String.fromCodePoint(0x1f600 + i))]);
    expect(show([[ANN, words("x")], ...many])[0]?.reactions).toHaveLength(20);
  });
});

describe("polls", () => {
  const poll = (multiple: boolean): Line => [
    ANN,
    { type: "poll", question: "When?", options: ["now", "later", "never"], multiple },
  ];
  const vote = (...choices: number[]): Content => ({ type: "vote", target: ref(1), choices });
  const people = (lines: readonly Line[]) => {
    const body = show(lines)[0]?.body;
    return body?.kind === "poll" && [body.options.map((option) => option.people), body.voters];
  };

  it("count the last vote of each person", () => {
    const votes: Line[] = [
      [BEN, vote(0)],
      [ANN, vote(1)],
      [ME, vote(0)],
      [BEN, vote(2)],
      [ANN, vote()],
    ];
    expect(people([poll(false), ...votes])).toEqual([[[ME], [], [BEN]], 2]);
  });

  it("ignore places that are none, and a second choice where there is one", () => {
    expect(people([poll(false), [BEN, vote(9, 1, 0)], [ANN, vote(3)]])).toEqual([[[], [BEN], []], 1]);
    expect(people([poll(true), [BEN, vote(2, 2, 0, 9)]])).toEqual([[[BEN], [], [BEN]], 1]);
  });
});

describe("answers", () => {
  it("quote what is loaded, as it is now", () => {
    const shown = show([
      [ANN, words("one")],
      [BEN, words("answer", { reply: ref(1) })],
      [BEN, words("to nothing", { reply: ref(30) })],
      [ANN, { type: "edit", target: ref(1), text: "two" }],
    ]);
    expect(shown[1]?.reply?.message).toMatchObject({ sender: ANN, body: { text: "two" } });
    expect(shown[2]?.reply).toEqual({ ref: ref(30), message: null });
  });

  it("are counted at their thread, but for deleted ones", () => {
    const shown = show([
      [ANN, words("root")],
      [BEN, words("a", { thread: ref(1) })],
      [ME, words("b", { thread: ref(1) })],
      [BEN, words("c", { thread: ref(1) })],
      [BEN, { type: "delete", target: ref(4), thread: ref(1) }],
    ]);
    expect(shown.map(({ thread }) => thread?.seq ?? null)).toEqual([null, 1, 1, 1]);
    expect(shown[0]?.replies).toEqual({ count: 2, lastAt: 3000 });
  });

  it("stay with a thread whose first message is gone", () => {
    const [root, answer] = show([
      [null, null],
      [BEN, words("a", { thread: ref(1) })],
    ]);
    expect(answer?.thread).toEqual({ id: root?.id, seq: 1 });
    expect(root?.replies?.count).toBe(1);
  });

  it("to themselves, to what comes later or to each other stand by themselves", () => {
    const shown = show([
      [ANN, words("self", { thread: ref(1), reply: ref(1) })],
      [ANN, words("a", { thread: ref(3), reply: ref(3) })],
      [ANN, words("b", { thread: ref(2), reply: ref(2) })],
    ]);
    expect(shown.map(({ thread }) => thread)).toEqual([null, null, null]);
    expect(shown.map(({ reply }) => reply?.message?.body.kind ?? null)).toEqual([null, null, "text"]);
  });
});

describe("being named", () => {
  it.each([
    ["by one's id", { mentions: [ANN, ME] }, "member", "private-room", true],
    ["as everybody by a member", { everyone: true }, "member", "private-room", false],
    ["as everybody by a moderator", { everyone: true }, "moderator", "private-room", true],
    ["as everybody by the other of two", { everyone: true }, "owner", "direct", true],
  ] as const)("%s", (_, more, role, type, named) => {
    expect(show([[ANN, words("x", more), role]], type)[0]?.mentionsMe).toBe(named);
  });

  it("follows the words as they are now, and is nothing to oneself", () => {
    const shown = show([
      [ANN, words("x", { mentions: [ME] })],
      [ANN, { type: "edit", target: ref(1), text: "y" }],
      [ME, words("x", { mentions: [ME] })],
    ]);
    expect(shown.map(({ mentionsMe }) => mentionsMe)).toEqual([false, false]);
  });
});

describe("what is on its way", () => {
  const lines: Line[] = [
    [ME, words("mine")],
    [ANN, words("hers")],
  ];

  it("shows at once", () => {
    const [mine, hers, fresh] = show(lines, "direct", [
      unsent({ type: "edit", target: ref(1), text: "better" }),
      unsent({ type: "reaction", target: ref(2), emoji: "👍", on: true }),
      unsent(words("new", { reply: ref(1) })),
    ]);
    expect([textOf(mine), mine?.delivery]).toEqual(["better", "pending"]);
    expect(hers?.reactions).toEqual([{ emoji: "👍", people: [ME] }]);
    expect(fresh).toMatchObject({
      seq: null,
      delivery: "pending",
      reply: { message: { body: { text: "better" } } },
    });
  });

  it("is undone where it was refused for good, and can be tried again", () => {
    const item = { ...unsent({ type: "delete", target: ref(1) }) };
    const projection = createProjection(ME, "direct");
    const entries = entriesOf(lines);
    expect(projection.messages(entries, [item], SEEN)[0]?.body.kind).toBe("deleted");
    item.failure = "too-large" as never;
    const [refused] = projection.messages(entries, [item], SEEN);
    expect(textOf(refused)).toBe("mine");
    expect(refused?.refused).toEqual([{ id: item.id, type: "delete", failure: "too-large" }]);
    expect(projection.messages(entries, [], SEEN)[0]?.refused).toEqual([]);
  });

  it("does not count twice once it is stored", () => {
    const reaction: Content = { type: "reaction", target: ref(2), emoji: "👍", on: true };
    const shown = show([...lines, [ME, reaction]], "direct", [unsent(reaction, { id: IDS[3] as MessageId })]);
    expect(shown[1]?.reactions).toEqual([{ emoji: "👍", people: [ME] }]);
  });
});

describe("the projection", () => {
  it("gives the same objects while nothing changes, and new ones only for what was touched", () => {
    const projection = createProjection(ME, "direct");
    const entries = entriesOf([
      [ANN, words("one")],
      [BEN, words("answer", { reply: ref(1) })],
      [BEN, words("apart")],
      [ANN, { type: "edit", target: ref(1), text: "two" }],
    ]);
    const before = projection.messages(entries.slice(0, 3), [], SEEN);
    expect(projection.messages(entries.slice(0, 3), [], { ...SEEN })).toBe(before);
    const after = projection.messages(entries, [], SEEN);
    expect(after.map((message, i) => message === before[i])).toEqual([false, false, true]);
  });

  it("shows what was delivered and read", () => {
    const projection = createProjection(ME, "direct");
    const entries = entriesOf([
      [ME, words("a")],
      [ME, words("b")],
      [ME, words("c")],
      [ANN, words("d")],
    ]);
    const shown = projection.messages(entries, [], { delivered: 2, read: 1 });
    expect(shown.map(({ delivery }) => delivery)).toEqual(["read", "delivered", "stored", null]);
    expect(projection.messages(entries, [], { delivered: 3, read: 1 })[0]).toBe(shown[0]);
  });

  it("takes in what opens later, and what is dropped", () => {
    const projection = createProjection(ME, "direct");
    const [said, closed] = [
      entry(1, ANN, words("one")),
      { ...entry(2, BEN, null), failure: "waiting-for-key" },
    ];
    expect(projection.messages([said, closed as LogEntry], [], SEEN)).toHaveLength(2);
    const reaction = entry(2, BEN, { type: "reaction", target: ref(1), emoji: "👍", on: true });
    const [message, ...others] = projection.messages([said, reaction], [], SEEN);
    expect([message?.reactions.length, others.length]).toEqual([1, 0]);
    const deletion = entry(3, ANN, { type: "delete", target: ref(1), also: [2] });
    const dropped = [said, reaction].map((one) => ({ ...one, content: null, role: null }));
    const after = projection.messages([...dropped, deletion], [], SEEN);
    expect(after).toEqual([
      expect.objectContaining({ seq: 1, sender: ANN, body: { kind: "deleted", by: ANN } }),
    ]);
  });

  const place = fc.integer({ min: 1, max: 14 });
  const aim = fc
    .tuple(place, place)
    .map(([id, seq]) => ({ id: IDS[id] as MessageId, seq: id % 3 ? id : seq }));
  const content = fc.oneof(
    fc.record({ text: fc.constantFrom("a", "b"), reply: aim, thread: aim }).map((more) => words("x", more)),
    fc.constant(words("plain", { everyone: true })),
    fc.record({ type: fc.constant("edit"), target: aim, text: fc.constantFrom("e", "f") }),
    fc.record({
      type: fc.constant("delete"),
      target: aim,
      also: fc.array(place, { maxLength: 3 }),
      thread: aim,
    }),
    fc.record({
      type: fc.constant("reaction"),
      target: aim,
      emoji: fc.constantFrom("👍", "🎉", "x"),
      on: fc.boolean(),
    }),
    fc.record({ type: fc.constant("vote"), target: aim, choices: fc.array(fc.integer({ min: 0, max: 4 })) }),
    fc.constant({ type: "poll", question: "?", options: ["a", "b", "c"], multiple: true }),
  ) as fc.Arbitrary<Content>;
  const line: fc.Arbitrary<Line> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(
        fc.constantFrom(ANN, BEN, ME),
        content,
        fc.constantFrom<Role>("member", "moderator"),
      ),
    },
    { weight: 1, arbitrary: fc.constant([null, null] as Line) },
  );

  it("is the same whichever part was loaded first", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 14 }), fc.array(fc.boolean()), (lines, older) => {
        const entries = entriesOf(lines);
        const whole = createProjection(ME, "private-room").messages(entries, [], SEEN);
        const projection = createProjection(ME, "private-room");
        let first = Math.floor(entries.length / 2);
        let last = first;
        for (let step = 0; first > 0 || last < entries.length; step++) {
          if ((older[step] ?? step % 2 === 0) ? first > 0 : last >= entries.length) first -= 1;
          else last += 1;
          projection.messages(entries.slice(first, last), [], SEEN);
        }
        expect(projection.messages(entries, [], SEEN)).toEqual(whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is the same after what waited is stored as before", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), content, (lines, last) => {
        const entries = entriesOf(lines);
        const id = IDS[lines.length + 1] as MessageId;
        // Nobody knows an id before it was sent.
        fc.pre(!JSON.stringify([lines, last]).includes(id));
        const item = unsent(last, { id });
        const projection = createProjection(ME, "public-room");
        const waiting = projection.messages(entries, [item], SEEN).map(sketch);
        const stored = entry(lines.length + 1, ME, last, "moderator");
        expect(projection.messages([...entries, stored], [item], SEEN).map(sketch)).toEqual(waiting);
      }),
    );
  });

  it("takes one more message without looking at five thousand again", () => {
    const projection = createProjection(ME, "direct");
    const many = Array.from({ length: 5_000 }, (_, i) => {
      const one = entry(i + 1, ANN, null);
      return { ...one, id: newId<MessageId>(i), content: words(`${i}`) };
    });
    const before = projection.messages(many, [], SEEN);
    let looks = 0;
    const watched = many.map((one) => one);
    watched.push({
      ...entry(5_001, ANN, null),
      id: newId<MessageId>(5_001),
      get content() {
        looks += 1;
        return words("new");
      },
    });
    const after = projection.messages(watched, [], SEEN);
    expect(after).toHaveLength(5_001);
    expect(after.slice(0, -1).every((message, i) => message === before[i])).toBe(true);
    expect(looks).toBeLessThan(10);
  });
});
