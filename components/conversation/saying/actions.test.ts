import { describe, expect, it } from "vitest";
import { BOB, conversation, ME, message } from "@/components/gallery/demo-data";
import type { Conversation, Message } from "@/lib/client/model";
import { actionsFor } from "./actions";
import { contentFor } from "./content-for";
import { choicesAfter } from "./poll";
import { favouritesOf } from "./use-favourites";

const direct = conversation(BOB, null);
const closed = conversation(BOB, null, { canSend: false });
const moderated = { ...direct, room: { role: "moderator", pins: [] as unknown } } as Conversation;
const mine = message({ mine: true, body: "mine" });
const theirs = message({ body: "theirs" });
const ref = ({ id, seq }: Message) => ({ id, seq });

describe("what can be done with a message", () => {
  it("is everything with one's own, and all but changing it with another's", () => {
    const all = ["reply", "inThread", "react", "edit", "copy", "forward", "star", "details", "delete"];
    expect(actionsFor(mine, direct, false)).toEqual(all);
    expect(actionsFor(theirs, direct, false)).toEqual([
      ...all.filter((one) => one !== "edit" && one !== "delete"),
      "report",
      "block",
    ]);
  });

  it("lets who moderates delete what others wrote, but not change it", () => {
    expect(actionsFor(theirs, moderated, false)).toContain("delete");
    expect(actionsFor(theirs, moderated, false)).not.toContain("edit");
  });

  it("lets who moderates pin a message, and take that back", () => {
    expect(actionsFor(theirs, moderated, false)).toContain("pin");
    const pins = [{ id: theirs.id, seq: 1 }];
    const pinned = (role: string) => ({ ...direct, room: { role, pins } }) as unknown as Conversation;
    expect(actionsFor(theirs, pinned("owner"), false)).toContain("unpin");
    expect(actionsFor(theirs, pinned("owner"), false)).not.toContain("pin");
    expect(actionsFor(theirs, pinned("member"), false)).not.toContain("unpin");
  });

  it("is reading alone where nobody can write", () => {
    expect(actionsFor(mine, closed, false)).toEqual(["copy", "forward", "star", "details"]);
    expect(actionsFor(theirs, closed, false)).toEqual([
      "copy",
      "forward",
      "star",
      "details",
      "report",
      "block",
    ]);
  });

  it("is taking the star away from one that has it, whatever became of it", () => {
    expect(actionsFor(mine, direct, false, true)).toContain("unstar");
    expect(actionsFor(mine, direct, false, true)).not.toContain("star");
    const unreadable = message({ body: { kind: "unreadable", reason: "malformed" } });
    expect(actionsFor(unreadable, direct, false)).not.toContain("star");
  });

  it("is nothing before the server has the message, and once it is deleted", () => {
    expect(actionsFor(message({ mine: true, body: "a", seq: null }), direct, false)).toEqual([]);
    expect(actionsFor(message({ body: { kind: "deleted", by: null } }), direct, false)).toEqual([]);
  });

  it("has no thread within a thread, and no other words for somebody else's that were passed on", () => {
    expect(actionsFor(theirs, direct, true)).not.toContain("inThread");
    const forwarded = {
      kind: "text",
      text: "a",
      earlier: [],
      action: false,
      forwarded: true,
      files: [],
    } as const;
    expect(actionsFor(message({ mine: true, body: forwarded }), direct, false)).not.toContain("edit");
  });
});

describe("what typed words say", () => {
  const where = { conversation: direct, root: null, composing: null, people: [BOB, ME] };

  it("is a message that names whom it names", () => {
    expect(contentFor("hello", where)).toEqual({ type: "text", text: "hello" });
    expect(contentFor("hello @bob", where)).toEqual({ type: "text", text: "hello @bob", mentions: [BOB.id] });
  });

  it("is an answer, also in a thread", () => {
    const composing = { kind: "reply", message: theirs } as const;
    expect(contentFor("yes", { ...where, root: mine, composing })).toEqual({
      type: "text",
      text: "yes",
      reply: ref(theirs),
      thread: ref(mine),
    });
  });

  it("is other words for one's own message, or nothing where they are the same", () => {
    const composing = { kind: "edit", message: mine } as const;
    expect(contentFor("other", { ...where, composing })).toEqual({
      type: "edit",
      target: ref(mine),
      text: "other",
    });
    expect(contentFor("mine", { ...where, composing })).toBeNull();
  });

  it("means everybody only from who moderates a room", () => {
    expect(contentFor("@room", where)).not.toHaveProperty("everyone");
    expect(contentFor("@room", { ...where, conversation: moderated })).toHaveProperty("everyone", true);
  });

  it("knows /me and /shrug", () => {
    expect(contentFor("/me waves", where)).toEqual({ type: "text", text: "waves", action: true });
    expect(contentFor("/ME waves", where)).toMatchObject({ text: "waves", action: true });
    expect(contentFor("/me", where)).toEqual({ type: "text", text: "/me" });
    expect(contentFor("/shrug who knows", where)).toEqual({
      type: "text",
      text: "¯\\\\\\_(ツ)\\_/¯ who knows",
    });
  });
});

describe("a vote", () => {
  it("replaces the one before, or adds to them, and is taken back when pressed again", () => {
    expect(choicesAfter([0], 2, false)).toEqual([2]);
    expect(choicesAfter([2], 0, true)).toEqual([0, 2]);
    expect(choicesAfter([0, 2], 2, true)).toEqual([0]);
    expect(choicesAfter([0], 0, false)).toEqual([]);
  });
});

describe("the six emoji at hand", () => {
  it("begin with what this person uses most", () => {
    const reacted = (emoji: string, who = ME.id) =>
      message({ body: "a", reactions: [{ emoji, people: [who] }] });
    const six = favouritesOf([reacted("🚀"), reacted("🎉"), reacted("🚀"), reacted("🐢", BOB.id)], ME.id);
    expect(six).toHaveLength(6);
    expect(six.slice(0, 3)).toEqual(["🚀", "🎉", "👍"]);
    expect(six).not.toContain("🐢");
  });
});
