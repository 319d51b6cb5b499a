import { ByteReader } from "../../lib/base/fields.ts";
import type { ConversationId } from "../../lib/base/ids.ts";
import { readEnvelopeHeader } from "../../lib/protocol/layout/envelope.ts";

/** Null for the place of a deleted message, which holds a hash alone. */
export function conversationOf(envelope: Uint8Array): ConversationId | null {
  try {
    return readEnvelopeHeader(new ByteReader(envelope)).conversation;
  } catch {
    return null;
  }
}
