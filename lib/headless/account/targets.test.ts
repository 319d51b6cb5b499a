import { describe, expect, test } from "vitest";
import { type ConversationId, newId } from "../../base/ids.ts";
import type { Conversation } from "../../client/model.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { AppError } from "../../protocol/errors.ts";
import { EXIT } from "../failure.ts";
import type { Client } from "./connect.ts";
import { findConversation } from "./targets.ts";

const ROOM = newId<ConversationId>();

/** Somebody in rooms whose names are asked for one by one; in one, unless more are named. */
function clientWhere(nameOfRoom: () => Promise<string>, ids: readonly ConversationId[] = [ROOM]): Client {
  const conversations = ids.map((id) => ({ id, kind: "private_room" }) as unknown as Conversation);
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

  test("may mean several where only the case differs: one of them may be somebody's trap", async () => {
    const names = ["Builds", "builds"];
    const client = clientWhere(async () => names.pop() ?? "", [ROOM, newId<ConversationId>()]);
    await expect(findConversation(client, "#builds")).rejects.toMatchObject({ exit: EXIT.usage });
  });

  test.each(["", " ", "#", "@", "# "])("is never nothing, as an empty variable: %j", async (text) => {
    const client = clientWhere(async () => "");
    await expect(findConversation(client, text)).rejects.toMatchObject({ exit: EXIT.usage });
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
