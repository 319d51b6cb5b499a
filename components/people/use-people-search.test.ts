import { describe, expect, test } from "vitest";
import type { Person } from "@/lib/client/model";
import { answerTo } from "./use-people-search";

const person = (name: string, displayName: string) => ({ id: name, name, displayName }) as Person;
const people = [person("bob", "Bob Lefèvre"), person("bo", "Bo Li"), person("lea", "Léa Bonnet")];
const found = { state: "found", people, to: "bo" } as const;

const namesIn = (answer: ReturnType<typeof answerTo>) =>
  answer.state === "found" ? answer.people.map(({ name }) => name) : answer.state;

describe("who was found for the words before", () => {
  test("is left where the words are the same", () => {
    expect(namesIn(answerTo("bo", found))).toEqual(["bob", "bo", "lea"]);
  });

  test("is left as far as the new words mean them, who is meant best first", () => {
    expect(namesIn(answerTo("bob", found))).toEqual(["bob"]);
    expect(namesIn(answerTo("bonnet", found))).toEqual(["lea"]);
    expect(namesIn(answerTo("b", { ...found, to: "bob" }))).toEqual(["bob", "bo", "lea"]);
  });

  test("is nobody where the new words mean none of them, until the answer to these is here", () => {
    expect(namesIn(answerTo("alice", found))).toBe("searching");
    expect(namesIn(answerTo("", found))).toBe("idle");
    expect(namesIn(answerTo("a", { state: "idle", to: "" }))).toBe("searching");
    expect(namesIn(answerTo("a", { state: "failed", error: null, to: "b" }))).toBe("searching");
    const nobody = { state: "found", people: [], to: "xy" } as const;
    expect(namesIn(answerTo("xyz", nobody))).toEqual([]);
    expect(namesIn(answerTo("x", nobody))).toBe("searching");
  });
});
