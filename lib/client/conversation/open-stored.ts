import type { Bytes } from "../../base/bytes.ts";
import { CryptoError, type CryptoErrorCode } from "../../crypto/errors.ts";
import { actingRole } from "../../crypto/members.ts";
import { type OpenedMessage, openMessage } from "../../crypto/message.ts";
import { envelopeHash } from "../../crypto/transcript.ts";
import { type Content, decodeContent } from "../../protocol/content.ts";
import type { StoredMessage } from "../../protocol/frames.ts";
import { isTombstone } from "../../protocol/layout/envelope.ts";
import type { Role } from "../../protocol/layout/member-change.ts";
import { IdentityChangedError } from "../identities.ts";
import type { ConversationKeys } from "../key-book.ts";
import type { OpenFailure } from "../model.ts";
import { headerOf } from "./header-of.ts";

/** A message as far as it could be opened. Of a deleted one there is neither content nor failure. */
export interface Opened {
  readonly stored: StoredMessage;
  readonly hash: Bytes;
  readonly message: OpenedMessage | null;
  readonly content: Content | null;
  readonly failure: OpenFailure | null;
  /** The sender's, by the record that it was sealed under; null where it was not opened. */
  readonly role: Role | null;
}

const FAILURES: Readonly<Record<CryptoErrorCode, OpenFailure>> = {
  malformed: "malformed",
  "unsupported-version": "malformed",
  "bad-signature": "bad-signature",
  "wrong-certificate": "unknown-sender",
  "open-failed": "bad-signature",
  "wrong-commitment": "bad-signature",
  "wrong-chain": "malformed",
  "not-allowed": "unknown-sender",
  "unknown-signer": "unknown-sender",
  "unknown-record": "waiting-for-key",
  "waiting-for-key": "waiting-for-key",
  "rolled-back": "malformed",
};

/** What a key, a record or an accepted identity can still change. */
const WAITING: readonly (OpenFailure | null)[] = ["waiting-for-key", "unaccepted-identity", "unknown-sender"];

export function isWaiting({ failure }: Opened): boolean {
  return WAITING.includes(failure);
}

/** Never throws for what a peer or the server made: that is a state to show. @throws AppError as the API does */
export async function openStored(stored: StoredMessage, keys: ConversationKeys): Promise<Opened> {
  const hash = await envelopeHash(stored.envelope);
  const closed = { stored, hash, message: null, content: null, role: null };
  if (isTombstone(stored.envelope)) return { ...closed, failure: null };
  try {
    const message = await openMessage(stored.envelope, keys.reader);
    const { sender, recordHash } = message.header;
    if (await keys.isFromReplaced(sender, recordHash)) throw new CryptoError("unknown-signer", "replaced");
    const content = decodeContent(message.content);
    const then = await keys.reader.findState(recordHash);
    const role = then && actingRole(then.members, sender);
    return { stored, hash, message, content, failure: content ? null : "malformed", role };
  } catch (error) {
    return { ...closed, failure: await failureOf(error, stored, keys) };
  }
}

async function failureOf(
  error: unknown,
  stored: StoredMessage,
  keys: ConversationKeys,
): Promise<OpenFailure> {
  if (error instanceof IdentityChangedError) return "unaccepted-identity";
  if (!(error instanceof CryptoError)) throw error;
  if (error.code === "unknown-record" && keys.cutBy) return "unaccepted-identity";
  const recordHash = headerOf(stored)?.recordHash;
  const isLost = error.code === "waiting-for-key" && recordHash && (await keys.isBeforeReset(recordHash));
  return isLost ? "earlier-keys" : FAILURES[error.code];
}
