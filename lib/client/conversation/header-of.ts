import type { StoredMessage } from "../../protocol/frames.ts";
import { type EnvelopeHeader, parseHeaderOfEnvelope } from "../../protocol/layout/envelope.ts";

/** Sender and id as the clear header says; null for an envelope that is none. */
export function headerOf({ envelope }: StoredMessage): EnvelopeHeader | null {
  try {
    return parseHeaderOfEnvelope(envelope);
  } catch {
    return null;
  }
}
