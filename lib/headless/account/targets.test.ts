import { describe, expect, test } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import type { Conversation } from "../../client/model.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError } from "../../protocol/errors.ts";
import { EXIT } from "../failure.ts";
import type { Client } from "./connect.ts";
import { findConversation } from "./targets.ts";

const ROOM = newId<ConversationId>();

/** Somebody in one room, whose name is asked for. */
function clientWhere(nameOfRoom: () => Promise<string>): Client {
  const conversations = [{ id: ROOM, kind: "private_room" } as unknown as Conversation];
  const require = async () => ({ content: { name: await nameOfRoom() } });
  return {
    messenger: { getState: () => ({ conversations }) },
    unlocked: { parts: { profiles: { require } } },
  } as unknown as Client;
}

describe("what a room is called", () => {
  test.each([
    ["Den", "#den"],
    ["Den", "den"],
    ["#Den", "#den"],
    ["#Den", "##den"],
  ])("finds %s by %s", async (name, text) => {
    const client = clientWhere(async () => name);
    expect(await findConversation(client, text)).toBe(ROOM);
  });

  test.each(["offline", "unavailable", "overloaded"] as const)(
    "is not known while the server is %s, which does not mean that there is no such room",
    async (code) => {
      const client = clientWhere(() => Promise.reject(new AppError(code)));
      await expect(findConversation(client, "#den")).rejects.toMatchObject({ code });
    },
  );

  test("is none where it cannot be opened", async () => {
    const client = clientWhere(() => Promise.reject(new CryptoError("wrong-chain")));
    await expect(findConversation(client, "#den")).rejects.toMatchObject({ exit: EXIT.notFound });
  });
});
