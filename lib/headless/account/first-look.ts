import { conversationsAnswer } from "../../protocol/http/conversations.ts";
import { NOTHING_TOLD } from "../state/account-state.ts";
import type { StateStore } from "../state/state-store.ts";
import { connect } from "./connect.ts";

/** A device that has just got its keys: what was said before is history, and no news to whoever listens. @param patience as of `connect` */
export async function skipThePast(store: StateStore, patience: number): Promise<void> {
  const client = await connect(store, patience);
  try {
    const { conversations } = await client.unlocked.parts.api.get("/api/conversations", conversationsAnswer);
    await store.update(({ told }) => {
      for (const { id, lastSeq, recordNumber } of conversations)
        told[id] ??= { ...NOTHING_TOLD, seq: lastSeq, record: recordNumber };
    });
  } finally {
    client.stop();
  }
}
