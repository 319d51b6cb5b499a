import { describe, expect, it } from "vitest";
import type { AccountId } from "@/lib/base/ids";
import { createTranslate } from "@/lib/client/hooks/translate";
import type { RoomEvent } from "@/lib/client/model-rooms";
import en from "@/locales/rooms.en.json";
import fr from "@/locales/rooms.fr.json";
import { journalSentence } from "./journal-sentence";

const people = (count: number) => Array.from({ length: count }, (_, i) => `p${i}` as AccountId);
const said = (event: RoomEvent["event"], locale: "en" | "fr" = "en") =>
  journalSentence(
    { at: 0, author: "ann" as AccountId, event },
    (account) => account,
    locale,
    createTranslate(locale, locale === "en" ? en : fr),
  ).replace(/[\u2068\u2069]/g, "");

describe("journalSentence", () => {
  it("names a few people, and counts many", () => {
    expect(said({ kind: "added", people: people(1) })).toBe("ann added p0");
    expect(said({ kind: "removed", people: people(2) })).toBe("ann removed p0 and p1");
    expect(said({ kind: "added", people: people(6) })).toBe(
      "ann added p0, p1, p2, p3, p4 and p5".replace(" and", ", and"),
    );
    expect(said({ kind: "added", people: people(900) })).toContain("p4, and 895 other people");
    expect(said({ kind: "banned", people: people(900) }, "fr")).toContain("p4 et 895 autres personnes");
  });

  it("says a role, a mute and its end", () => {
    const person = "bob" as AccountId;
    expect(said({ kind: "role", person, role: "owner" })).toBe("ann made bob an owner");
    expect(said({ kind: "muted", person, until: null })).toBe("ann let bob write again");
    expect(said({ kind: "muted", person, until: Date.UTC(2026, 0, 2, 12) })).toMatch(
      /^ann muted bob until .*2026/,
    );
  });

  it("isolates names that are written from right to left", () => {
    const t = createTranslate("en", en);
    const event: RoomEvent = { at: 0, author: "x" as AccountId, event: { kind: "left" } };
    expect(journalSentence(event, () => "مريم", "en", t)).toBe("\u2068مريم\u2069 left");
  });

  it.each(["created", "left", "renamed", "deleted-message", "new-key", "archived", "reopened"] as const)(
    "has words for %s",
    (kind) => {
      expect(said({ kind })).toMatch(/^ann/);
    },
  );

  it("spells out the rules of a room", () => {
    const policy = {
      posting: "moderators",
      slowSeconds: 30,
      retentionSeconds: 86_400,
      history: "all",
    } as const;
    expect(said({ kind: "policy", policy })).toContain("Messages disappear: After 1 day");
  });
});
