import { describe, expect, it } from "vitest";
import type { Person } from "@/lib/client/model";
import { answersTo, mentionedIn, nameBeingTyped, namesEveryone, splitMentions } from "./mentions";

function person(name: string, displayName = name): Person {
  return { id: `id-${name}` as Person["id"], name, displayName, status: "", picture: null };
}

const names = (words: string) => splitMentions(words).flatMap(({ name }) => name ?? []);

describe("splitMentions", () => {
  it("finds names at the beginnings of words", () => {
    expect(names("@bob and (@li.na), “@zoe_2”!")).toEqual(["bob", "li.na"]);
    expect(names("*@bob* _@zoe-")).toEqual(["bob", "zoe"]);
    expect(names("@Bob")).toEqual(["bob"]);
  });

  it("leaves addresses and lone signs alone", () => {
    expect(names("write to bob@example.org, a@b, @ or @@bob")).toEqual([]);
  });

  it("keeps the full stop of the sentence out of the name", () => {
    expect(names("Thanks @bob. See @li.na.")).toEqual(["bob", "li.na"]);
  });

  it("loses no character", () => {
    for (const words of ["@bob", "a @bob b", "שלום @bob!", "", "@", "@bob@zoe @zoe", "\n@bob\n"]) {
      expect(
        splitMentions(words)
          .map(({ text }) => text)
          .join(""),
      ).toBe(words);
    }
  });

  it("takes little time for a text made to take long", () => {
    const words = "@a".repeat(50_000) + " @".repeat(50_000);
    expect(
      splitMentions(words)
        .map(({ text }) => text)
        .join(""),
    ).toBe(words);
  });
});

describe("mentionedIn", () => {
  it("names those who are here, once each, and at most fifty", () => {
    const people = [person("bob"), person("zoe"), person("eve")];
    expect(mentionedIn("@zoe @bob @zoe @nobody", people)).toEqual(["id-bob", "id-zoe"]);
    const many = Array.from({ length: 60 }, (_, i) => person(`p${i}`));
    expect(mentionedIn(many.map(({ name }) => `@${name}`).join(" "), many)).toHaveLength(50);
  });

  it("knows when everybody is meant", () => {
    expect(namesEveryone("@room, lunch?")).toBe(true);
    expect(namesEveryone("the room @rooms")).toBe(false);
  });
});

describe("the name that is being typed", () => {
  it("stands between the at sign and the caret", () => {
    expect(nameBeingTyped("hello @bo there", 9)).toEqual({ start: 6, query: "bo" });
    expect(nameBeingTyped("@", 1)).toEqual({ start: 0, query: "" });
    expect(nameBeingTyped("hello @bo there", 11)).toBeNull();
    expect(nameBeingTyped("bob@ex", 6)).toBeNull();
  });

  it("fits names and any word of what people are called, without accents", () => {
    expect(answersTo(person("zoe", "Zoë Ångström"), "ang")).toBe(true);
    expect(answersTo(person("zoe", "Zoë Ångström"), "ström")).toBe(false);
    expect(answersTo(person("li.na", "李娜"), "li")).toBe(true);
    expect(answersTo(person("li.na", "李娜"), "李")).toBe(true);
  });
});
