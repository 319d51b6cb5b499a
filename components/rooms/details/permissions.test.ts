import { describe, expect, it } from "vitest";
import type { AccountId } from "@/lib/base/ids";
import type { RoomMember } from "@/lib/client/model-rooms";
import { permissionsOf } from "./permissions";

const ME = "me" as AccountId;

function member(id: string, role: RoomMember["role"]): RoomMember {
  const person = { id: id as AccountId, name: id, displayName: id, status: "", picture: null };
  return { person, role, mutedUntil: null };
}

const OWNER = member("owner", "owner");
const MODERATOR = member("moderator", "moderator");
const PLAIN = member("plain", "member");
const ALL = [OWNER, MODERATOR, PLAIN];

function disciplined(role: RoomMember["role"]): string[] {
  const { disciplines } = permissionsOf(role, "private-room", ME);
  return [...ALL, member("me", role)].filter(disciplines).map(({ person }) => person.id);
}

describe("permissionsOf", () => {
  it("lets owners act on everybody else, moderators on plain members, members on nobody", () => {
    expect(disciplined("owner")).toEqual(["owner", "moderator", "plain"]);
    expect(disciplined("moderator")).toEqual(["plain"]);
    expect(disciplined("member")).toEqual([]);
  });

  it("lets every member of a public room add people, and of a private one its moderators", () => {
    const adds = (role: RoomMember["role"] | null, kind: "private-room" | "public-room") =>
      permissionsOf(role, kind, ME).adds;
    expect(adds("member", "public-room")).toBe(true);
    expect(adds("member", "private-room")).toBe(false);
    expect(adds("moderator", "private-room")).toBe(true);
    expect(adds(null, "public-room")).toBe(false);
  });
});
