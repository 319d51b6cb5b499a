import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MessageId, newId } from "../../base/ids.ts";
import type { Content } from "../../protocol/content.ts";
import type { Role } from "../../protocol/layout/member-change.ts";
import type { Message } from "../model-messages.ts";
import type { LogEntry } from "./message-log.ts";
import { createProjection } from "./projection.ts";
import {
  ANN,
  BEN,
  entriesOf,
  entry,
  IDS,
  type Line,
  ME,
  ref,
  SEEN,
  show,
  textOf,
  unsent,
  words,
} from "./testing/lines.ts";

/** What a person would see change. */
function sketch({ body, reactions, reply, thread, mentionsMe }: Message): object {
  return { body, reactions, quote: reply?.message ?? null, thread: thread?.seq ?? null, mentionsMe };
}

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
        // What was erased before is explained by a deletion that is stored, not by one on its way.
        const also = last.type === "delete" ? (last.also ?? []) : [];
        fc.pre(also.every((place) => lines[place - 1]?.[0] !== null));
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

describe("where messages have disappeared", () => {
  const lines: Line[] = [
    [ANN, words("root")],
    [BEN, words("aside", { thread: ref(1) })],
    [ANN, words("answer", { reply: ref(1) })],
    [ANN, { type: "edit", target: ref(1), text: "root, again" }],
    [BEN, { type: "reaction", target: ref(1), emoji: "👍", on: true }],
  ];
  const left = entriesOf(lines).slice(1);

  it("an answer in a thread stands by itself, and a quote says nothing", () => {
    const shown = createProjection(ME, "private-room", () => 2).messages(left, [], SEEN);
    expect(shown.map(sketch)).toMatchObject([
      { body: { text: "aside" }, thread: null },
      { body: { text: "answer" }, quote: null },
    ]);
  });

  it("but not while the message is merely not loaded", () => {
    const [aside] = createProjection(ME, "private-room", () => 1).messages(left, [], SEEN);
    expect(aside?.thread?.seq).toBe(1);
  });
});
