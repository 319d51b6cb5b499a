import { expect, test } from "vitest";
import { readPeopleFile } from "./people-file.ts";

test("names people, and says of each other line what is wrong with it", () => {
  const file = [
    "Name;Display name;E-mail;Role",
    "Ada;Ada Lovelace;ada@sceau.example;Auditor",
    "bob;Bob",
    "carol",
    "d d;Dee",
    "erin;\u202e",
    "frank;Frank;frank@",
    "grace;Grace;;owner",
    "heidi;Heidi;ADA@sceau.example",
    "bob;Another Bob",
  ].join("\r\n");
  const lines = readPeopleFile(file);
  expect(lines.flatMap(({ person }) => person ?? [])).toEqual([
    { name: "ada", displayName: "Ada Lovelace", email: "ada@sceau.example", role: "auditor" },
    { name: "bob", displayName: "Bob", email: null, role: "member" },
  ]);
  expect(lines.slice(2).map(({ number, problem }) => [number, problem])).toEqual([
    [4, "columns"],
    [5, "name"],
    [6, "displayName"],
    [7, "email"],
    [8, "role"],
    [9, "twice"],
    [10, "twice"],
  ]);
});
