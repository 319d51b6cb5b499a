import { describe, expect, test } from "vitest";
import { invitationLink, parseInvitationLink } from "./invitation-link.ts";

const parts = { room: "r".repeat(22), invitation: "i".repeat(22), secret: "s".repeat(43) };

describe("an invitation's address", () => {
  test("reads back, whole or as its fragment, with white space around it", () => {
    const link = invitationLink(parts);
    for (const text of [link, `https://chat.example${link}`, link.slice(1), link.slice(2), ` ${link}\n`])
      expect(parseInvitationLink(text)).toEqual(parts);
  });

  test.each([
    "",
    "#join=",
    "https://chat.example/#c=x",
    `#join=${"r".repeat(22)}.${"i".repeat(22)}.${"s".repeat(42)}`,
  ])("is not %j", (text) => expect(parseInvitationLink(text)).toBeNull());
});
