import { describe, expect, it } from "vitest";
import { type AccountId, newId } from "../../base/ids.ts";
import type { Message } from "../model-messages.ts";
import {
  type ConversationNotes,
  DEFAULT_SETTINGS,
  FOREVER,
  NO_NOTES,
  type QuietTime,
  type Settings,
} from "../model-notes.ts";
import { isCounted, isQuiet, isTold } from "./rules.ts";

const sender = newId<AccountId>();
/** A Saturday, by the clock of this machine. */
const at = (hour: number, minute = 0, day = 21) => new Date(2026, 10, day, hour, minute).getTime();
const now = at(12);
const text = {
  kind: "text",
  text: "hello",
  earlier: [],
  action: false,
  forwarded: false,
  files: [],
} as const;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

describe("a message", () => {
  const lunch: QuietTime = { from: 11 * 60, to: 13 * 60, days: EVERY_DAY };
  interface Row {
    message?: Partial<Message>;
    notes?: Partial<ConversationNotes>;
    settings?: Partial<Settings>;
  }
  const poll = { kind: "poll", question: "?", options: [], multiple: false, voters: 0 } as const;
  const named = { mentionsMe: true };
  it.each<[string, boolean, Row]>([
    ["by default", true, {}],
    ["that is a poll", true, { message: { body: poll } }],
    ["of one's own, from another browser", false, { message: { mine: true } }],
    ["that was deleted meanwhile", false, { message: { body: { kind: "deleted", by: null } } }],
    ["that cannot be read", false, { message: { body: { kind: "unreadable", reason: "waiting-for-key" } } }],
    ["where only mentions are wanted", false, { notes: { notify: "mentions" } }],
    ["that names one where mentions are wanted", true, { message: named, notes: { notify: "mentions" } }],
    ["that names one where nothing is wanted", false, { message: named, notes: { notify: "none" } }],
    ["in a muted conversation", false, { notes: { mutedUntil: now + 1 } }],
    ["that names one in a muted conversation", false, { message: named, notes: { mutedUntil: FOREVER } }],
    ["after the mute is over", true, { notes: { mutedUntil: now } }],
    ["of somebody blocked", false, { message: named, settings: { blocked: [sender] } }],
    ["while somebody else is blocked", true, { settings: { blocked: [newId<AccountId>()] } }],
    ["during quiet time", false, { message: named, settings: { quiet: lunch } }],
    ["outside quiet time", true, { settings: { quiet: { ...lunch, to: 12 * 60 } } }],
  ])("%s: %s", (_, told, { message, notes, settings }) => {
    const arrived = { mine: false, sender, body: text, mentionsMe: false, ...message };
    const chosen = {
      notes: { ...NO_NOTES, ...notes },
      settings: { ...DEFAULT_SETTINGS, ...settings },
      now,
    };
    expect(isTold(arrived, arrived.mentionsMe, chosen)).toBe(told);
  });
});

describe("quiet time", () => {
  const night: QuietTime = { from: 22 * 60, to: 7 * 60, days: [5] };
  it.each([
    ["before it begins on its day", night, at(21, 59, 20), false],
    ["when it begins", night, at(22, 0, 20), true],
    ["after midnight", night, at(0, 0), true],
    ["in its last minute", night, at(6, 59), true],
    ["when it ends", night, at(7, 0), false],
    ["on another evening", night, at(22, 0), false],
    ["on the morning of its day", night, at(6, 0, 20), false],
    ["all day", { from: 0, to: 0, days: [6] }, at(23, 59), true],
    ["not the day after", { from: 0, to: 0, days: [6] }, at(0, 0, 22), false],
    ["on no day", { ...night, days: [] }, at(23, 0), false],
    ["never", null, at(23, 0), false],
  ])("%s", (_, quiet, moment, expected) => {
    expect(isQuiet(quiet, moment)).toBe(expected);
  });
});

describe("a conversation is counted", () => {
  it.each([
    ["with something unread", true, { unread: 1, mentions: 0 }, {}],
    ["not when all is read", false, { unread: 0, mentions: 0 }, {}],
    ["not while it is muted", false, { unread: 1, mentions: 0 }, { mutedUntil: FOREVER }],
    ["muted, with a mention", true, { unread: 1, mentions: 1 }, { mutedUntil: FOREVER }],
    [
      "not where only mentions are wanted",
      false,
      { unread: 1, mentions: 0 },
      { notify: "mentions" as const },
    ],
  ])("%s", (_, counted, unread, notes) => {
    expect(isCounted(unread, { ...NO_NOTES, ...notes }, now)).toBe(counted);
  });
});
