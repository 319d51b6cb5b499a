import type { Bytes } from "../../base/bytes.ts";
import type { ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { continueConversation } from "../../crypto/record.ts";
import { conversationsAnswer } from "../../protocol/http/conversations.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { IdentityChangedError } from "../identities.ts";
import type { DeletionActions } from "../model-account.ts";
import { findOwnSigningKey } from "../own-keys.ts";
import { untilNoConflict } from "../until-no-conflict.ts";
import type { AccountParts } from "./parts.ts";

/** Others write records at the same time: each refusal means to look again. */
const TRIES = 6;
const AT_ONCE = 4;

interface Departure {
  readonly conversation: ConversationId;
  readonly record: Bytes;
}

export function createDeletionActions(parts: AccountParts): DeletionActions {
  const { api, book, depart, platform, vault } = parts;
  const self = vault.account;

  /** @returns null where the chain of records is not accepted here: there the server's word has to do */
  async function leave(conversation: ConversationId): Promise<Departure | null> {
    book.forget(conversation);
    try {
      const { state } = await book.require(conversation);
      const listed = state.members.get(self)?.certificateHash;
      const key = listed && (await findOwnSigningKey(vault.root(), listed));
      if (!key) return null;
      const { bytes } = await continueConversation(
        state,
        { kind: "remove", changes: [{ operation: "remove", account: self }], time: platform.now() },
        { account: self, certificateHash: listed, key },
      );
      return { conversation, record: bytes };
    } catch (error) {
      if (error instanceof CryptoError || error instanceof IdentityChangedError) return null;
      throw error;
    }
  }

  async function leaveAll(): Promise<Departure[]> {
    const { conversations } = await api.get("/api/conversations", conversationsAnswer);
    const waiting = conversations.filter(({ closed }) => !closed).slice(0, LIMITS.departures);
    const departures: Departure[] = [];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const departure = await leave(next.id);
        if (departure) departures.push(departure);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return departures;
  }

  /** Signed and sent in one, so that nobody has left everything and still has the account. */
  function end(name: string): Promise<void> {
    return untilNoConflict(TRIES, async () =>
      api.send("DELETE", "/api/account", { name, departures: await leaveAll() }),
    );
  }

  return { delete: (name) => depart(() => end(name)) };
}
