import { describe, expect, it } from "vitest";
import type { RoomMember } from "@/lib/client/model-rooms";
import { matching } from "./matching";

function member(name: string, displayName: string): RoomMember {
  const id = name as RoomMember["person"]["id"];
  return {
    person: { id, name, displayName, status: "", picture: null },
    role: "member",
    mutedUntil: null,
  };
}

const MEMBERS = [member("zoe", "Zoë Ångström"), member("bob", "Bob Okafor"), member("li.na", "李娜")];
const found = (text: string) => matching(MEMBERS, text).map(({ person }) => person.name);

describe("matching", () => {
  it.each([
    ["zoe ang", ["zoe"]],
    ["ÅNG", ["zoe"]],
    ["o", ["zoe", "bob"]],
    ["娜", ["li.na"]],
    ["li.", ["li.na"]],
    ["nobody", []],
  ])("finds by %j", (text, names) => {
    expect(found(text)).toEqual(names);
  });

  it("leaves all for nothing but spaces", () => {
    expect(matching(MEMBERS, "  ")).toBe(MEMBERS);
  });
});
