import { describe, expect, it } from "vitest";
import { fromUtf8, utf8 } from "../../base/bytes.ts";
import { type MessageId, newId } from "../../base/ids.ts";
import { AES_TAG_BYTES, SALT_BYTES } from "../../protocol/layout/sizes.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { type ConversationNotes, DEFAULT_SETTINGS, FOREVER, MAX_STARS, NO_NOTES } from "../model-notes.ts";
import { decodeNotes, decodeSettings, encodeNotes } from "./note-entries.ts";

const star = (seq: number) => ({ id: newId<MessageId>(), seq, at: 1_800_000_000_000 });
const notes: ConversationNotes = {
  draft: { text: "half a sentence 🙂\u0000\ud800", at: 5 },
  stars: [star(7)],
  notify: "mentions",
  mutedUntil: FOREVER,
  scheduled: [{ id: newId<MessageId>(), content: { type: "text", text: "later" }, at: 9 }],
};

describe("notes", () => {
  it("read back as they were written", () => {
    expect(decodeNotes(encodeNotes(notes))).toMatchObject(notes);
    const settings = { ...DEFAULT_SETTINGS, quiet: { from: 0, to: 1439, days: [0, 6] } };
    expect(decodeSettings(encodeNotes(settings))).toMatchObject(settings);
    expect([decodeNotes(null), decodeSettings(null)]).toEqual([NO_NOTES, DEFAULT_SETTINGS]);
  });

  it("are as long whatever is typed, within a step", () => {
    const lengthOf = (text: string) => encodeNotes({ ...NO_NOTES, draft: { text, at: 1 } }).length;
    expect(lengthOf("x".repeat(600))).toBe(lengthOf("x"));
    expect(lengthOf("x".repeat(1_600))).toBe(2 * lengthOf("x"));
  });

  it("with the longest draft and all stars fit into an entry, and are refused where they would not", () => {
    const draft = { text: "\u20ac".repeat(LIMITS.messageChars), at: 1 };
    const full = { ...notes, draft, stars: Array.from({ length: MAX_STARS }, (_, i) => star(900_000 + i)) };
    const header = 1 + 1 + 4 + 8 + SALT_BYTES;
    expect(encodeNotes(full).length + header + AES_TAG_BYTES).toBeLessThanOrEqual(LIMITS.vaultEntryBytes);
    const scheduled = [
      { id: newId<MessageId>(), content: { type: "text", text: draft.text } as const, at: 9 },
    ];
    expect(() => encodeNotes({ ...full, scheduled })).toThrow(expect.objectContaining({ code: "too-large" }));
  });

  it("keep what a later release wrote, and take the default for what is not understood", () => {
    const later = JSON.parse(fromUtf8(encodeNotes(notes)));
    const read = decodeNotes(utf8(JSON.stringify({ ...later, notify: "loudly", colour: "blue" })));
    expect(read).toMatchObject({ draft: notes.draft, stars: notes.stars, notify: "all" });
    expect(fromUtf8(encodeNotes({ ...read, mutedUntil: null }))).toContain('"colour":"blue"');
    expect(decodeNotes(utf8('{"version":1}'))).toMatchObject(NO_NOTES);
  });

  it.each(["", "no JSON", "[]", "null", '{"version":2}', "\u00ff"])(
    "that make no sense are none: %j",
    (text) => {
      const malformed: string[] = [];
      expect(decodeNotes(utf8(text), () => malformed.push("notes"))).toBe(NO_NOTES);
      expect(decodeSettings(utf8(text), () => malformed.push("settings"))).toBe(DEFAULT_SETTINGS);
      expect(malformed).toEqual(["notes", "settings"]);
    },
  );
});
