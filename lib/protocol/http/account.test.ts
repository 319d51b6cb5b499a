import { expect, test } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import { deleteAccountBody } from "./account.ts";

test("nobody leaves one conversation twice", () => {
  const departure = () => ({ conversation: newId<ConversationId>(Date.now()), record: "AAAA" });
  const [one, other] = [departure(), departure()];
  const accepts = (departures: object[]) =>
    deleteAccountBody.safeParse({ name: "alice", departures }).success;
  expect(accepts([one, other])).toBe(true);
  expect(accepts([one, { ...other, conversation: one.conversation }])).toBe(false);
});
