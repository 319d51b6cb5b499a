import { describe, expect, test } from "vitest";
import { Failure } from "../failure.ts";
import { COMMANDS, LISTING } from "./commands.ts";
import { parse } from "./parse.ts";

const parsed = (...argv: string[]) => {
  const { command, group, options, args } = parse(argv, COMMANDS);
  return { name: command?.name ?? null, options: { ...options }, args, ...(group && { group }) };
};

describe("what is typed", () => {
  test("options stand anywhere, and their values are no commands", () => {
    expect(parsed("--home", "send", "--json", "send", "alice", "hello", "--reply", "7")).toEqual({
      name: "send",
      options: { home: "send", json: true, reply: "7" },
      args: ["alice", "hello"],
    });
  });

  test("a text may look like an option or a command", () => {
    expect(parsed("send", "alice", "--", "--json").args).toEqual(["alice", "--json"]);
    expect(parsed("send", "send", "room")).toMatchObject({ name: "send", args: ["send", "room"] });
    expect(parsed("send", "alice", "-").args).toEqual(["alice", "-"]);
    expect(parsed("send", "alice", "").args).toEqual(["alice", ""]);
  });

  test("two words name a command of rooms", () => {
    expect(parsed("room", "create", "builds", "bob", "--public")).toEqual({
      name: "room create",
      options: { public: true },
      args: ["builds", "bob"],
    });
    expect(parsed("--json", "room", "--home", "/x", "leave", "leave")).toMatchObject({
      name: "room leave",
      args: ["leave"],
    });
  });

  test("help is there for everything", () => {
    expect(parsed("--help")).toMatchObject({ name: null, options: { help: true } });
    expect(parsed("help")).toMatchObject({ name: null, options: { help: true } });
    expect(parsed("help", "room", "join")).toMatchObject({ name: "room join", options: { help: true } });
    for (const asked of [parsed("help", "room"), parsed("room", "--help")])
      expect(asked).toMatchObject({ name: null, group: "room", options: { help: true } });
    expect(parsed("send", "-h")).toMatchObject({ name: "send", options: { help: true } });
  });

  test.each([
    [["frobnicate"]],
    [["room"]],
    [["room", "paint"]],
    [["send"]],
    [["send", "a", "b", "c"]],
    [["send", "alice", "--bogus"]],
    [["send", "alice", "--reply"]],
    [["listen", "--once=yes"]],
    [["help", "frobnicate"]],
  ])("%j is refused", (argv) => {
    expect(() => parse(argv, COMMANDS)).toThrow(expect.objectContaining({ name: Failure.name, exit: 2 }));
  });
});

test("what only lists is a command", () => {
  const names = COMMANDS.map(({ name }) => name);
  expect([...LISTING].filter((name) => !names.includes(name))).toEqual([]);
});

test("each command says what it is for", () => {
  for (const { name, options, summary, description, examples } of COMMANDS) {
    expect(() => parse([...name.split(" "), "--help"], COMMANDS), name).not.toThrow();
    expect(new Set(options.map((option) => option.name)).size, name).toBe(options.length);
    expect(
      summary && description.length > 0 && examples.every((example) => example.includes("sceau")),
      name,
    ).toBe(true);
  }
});
