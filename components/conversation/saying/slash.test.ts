import { describe, expect, it } from "vitest";
import { BOB, conversation } from "@/components/gallery/demo-data";
import { roomConversation, roomId } from "@/components/gallery/demo-rooms-data";
import { contentFor } from "./content-for";
import { completionsOf, namesIn, parseSlash, slashCommandsIn } from "./slash";

const direct = conversation(BOB, null);
const room = (kind: "private-room" | "public-room", role: "owner" | "moderator" | "member" | null) =>
  roomConversation(roomId("a"), kind, { role }, null);

describe("what stands after a slash", () => {
  it("is a command with its words", () => {
    expect(parseSlash("/topic  The winter\ncatalogue ")).toEqual({
      name: "topic",
      command: "topic",
      rest: "The winter\ncatalogue",
    });
    expect(parseSlash("/LEAVE")).toMatchObject({ command: "leave", rest: "" });
  });

  it("is a command also where there is none of that name, so that a slip is not sent", () => {
    for (const words of ["/leav", "/topc x", "/", "/42"])
      expect(parseSlash(words)).toMatchObject({ command: null });
  });

  it("is a message where no one word follows, or another slash", () => {
    for (const words of ["//topic", "/etc/passwd", "a /me", "/?", " /me"])
      expect(parseSlash(words)).toBe(null);
    const where = { conversation: direct, root: null, composing: null, people: [] };
    expect(contentFor("//me too", where)).toEqual({ type: "text", text: "/me too" });
    expect(contentFor("/etc/passwd", where)).toEqual({ type: "text", text: "/etc/passwd" });
    expect(contentFor("/me waves", where)).toEqual({ type: "text", text: "waves", action: true });
  });

  it("depends on the conversation and on what one may do there", () => {
    expect(slashCommandsIn(direct)).toEqual(["me", "shrug", "mute"]);
    expect(slashCommandsIn(room("private-room", "member"))).toEqual(["me", "shrug", "mute", "leave"]);
    expect(slashCommandsIn(room("public-room", "member"))).toEqual([
      "me",
      "shrug",
      "invite",
      "mute",
      "leave",
    ]);
    const all = ["me", "shrug", "invite", "topic", "rename", "mute", "leave"];
    expect(slashCommandsIn(room("private-room", "moderator"))).toEqual(all);
  });

  it("is completed while its name is typed", () => {
    expect(completionsOf("/", direct)).toEqual(["me", "shrug", "mute"]);
    expect(completionsOf("/T", room("private-room", "owner"))).toEqual(["topic"]);
    for (const text of ["", "a", "//", "/me ", "/x"]) expect(completionsOf(text, direct)).toEqual([]);
  });

  it("names people with or without an at sign", () => {
    expect(namesIn("@bob, Carol  @bob;d.ave")).toEqual(["bob", "carol", "d.ave"]);
  });
});
