import { describe, expect, it } from "vitest";
import type { Content } from "../../protocol/content.ts";
import { createProjection } from "./projection.ts";
import {
  ANN,
  BEN,
  entriesOf,
  type Line,
  ME,
  ref,
  SEEN,
  show,
  textOf,
  unsent,
  words,
} from "./testing/lines.ts";

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
      files: [],
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

describe("a new name of the room", () => {
  it("is no message of its own, stored or on its way, and takes nothing from the others", () => {
    const named = { type: "named", name: "Atelier" } as const;
    const shown = show(
      [
        [ANN, words("a")],
        [ANN, named, "owner"],
        [BEN, words("b", { reply: ref(1) })],
      ],
      "private-room",
      [unsent(named)],
    );
    expect(shown.map(({ seq }) => seq)).toEqual([1, 3]);
    expect(shown[1]?.reply?.message?.body.kind).toBe("text");
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
