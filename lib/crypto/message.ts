import { type Bytes, concat, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type ConversationId, idToBytes } from "../base/ids.ts";
import { type EnvelopeHeader, encodeEnvelopeHeader, parseEnvelope } from "../protocol/layout/envelope.ts";
import { label } from "../protocol/layout/label.ts";
import { SALT_BYTES } from "../protocol/layout/sizes.ts";
import type { FindSigningKey } from "./chain.ts";
import { mayWrite } from "./chain-rules.ts";
import type { ChainState } from "./chain-state.ts";
import { CryptoError, parseWith } from "./errors.ts";
import {
  encodePaddedInner,
  MAX_CONTENT_BYTES,
  type MessageStatement,
  messageSignatureInput,
  parseInner,
} from "./inner-message.ts";
import type { ConversationKey } from "./keys.ts";
import { type OneUse, openOnce, sealOnce } from "./one-use-key.ts";
import { type SigningKey, sign, verifySignature } from "./signature.ts";
import { randomBytes } from "./webcrypto.ts";

/** The only thing the send path accepts. Nothing but sealMessage makes one: plaintext is not representable. */
export type SealedEnvelope = Bytes & { readonly __sealed: true };

export interface OutgoingMessage extends MessageStatement, Omit<EnvelopeHeader, "kind" | "salt"> {
  /** At most MAX_CONTENT_BYTES. */
  readonly content: Bytes;
}

/** Sign, then encrypt, signature inside (docs/protocol.md §5). @throws RangeError for content too long */
export async function sealMessage(
  message: OutgoingMessage,
  conversationKey: ConversationKey,
  signingKey: SigningKey,
): Promise<SealedEnvelope> {
  if (message.content.length > MAX_CONTENT_BYTES)
    throw new RangeError(`content above ${MAX_CONTENT_BYTES} bytes`);
  const header: EnvelopeHeader = { ...message, kind: "message", salt: randomBytes(SALT_BYTES) };
  const headerBytes = encodeEnvelopeHeader(header);
  const signature = await sign(
    signingKey,
    await messageSignatureInput(headerBytes, message, message.content),
  );
  const inner = encodePaddedInner({ statement: message, content: message.content, signature });
  return concat(
    headerBytes,
    await sealOnce(oneUse(conversationKey, header, headerBytes), inner),
  ) as SealedEnvelope;
}

/** How a reader finds what an envelope refers to; null where it has not arrived. */
export interface MessageReader {
  readonly conversation: ConversationId;
  /** The accepted state whose head is this record hash. */
  findState(recordHash: Bytes): MaybeAsync<Pick<ChainState, "keyEpoch" | "members" | "policy"> | null>;
  findConversationKey(keyEpoch: number): MaybeAsync<ConversationKey | null>;
  readonly findSigningKey: FindSigningKey;
}

type MaybeAsync<T> = T | Promise<T>;

export interface OpenedMessage extends MessageStatement {
  readonly header: EnvelopeHeader;
  readonly content: Bytes;
  /** The sender's: with the rest of this it shows others that the message is genuine (evidence.ts). */
  readonly signature: Bytes;
}

/**
 * @throws CryptoError `malformed`, `unsupported-version`; `wrong-chain` (another conversation, or a key epoch
 * that its record does not have), `unknown-record`, `not-allowed` (the sender is no member there, or may not write),
 * `waiting-for-key`, `open-failed`, `unknown-signer`, `bad-signature`
 */
export async function openMessage(envelope: Uint8Array, reader: MessageReader): Promise<OpenedMessage> {
  const { header, headerBytes, ciphertext } = parseWith(parseEnvelope, envelope);
  if (header.conversation !== reader.conversation)
    throw new CryptoError("wrong-chain", "another conversation");
  const state = await reader.findState(header.recordHash);
  if (!state) throw new CryptoError("unknown-record");
  if (state.keyEpoch !== header.keyEpoch) throw new CryptoError("wrong-chain", "not the record's key epoch");
  const sender = state.members.get(header.sender);
  if (!sender) throw new CryptoError("not-allowed", "the sender is not a member");
  if (!mayWrite(state, header.sender)) throw new CryptoError("not-allowed", "the sender may not write");
  const key = await reader.findConversationKey(header.keyEpoch);
  if (!key) throw new CryptoError("waiting-for-key", `key epoch ${header.keyEpoch}`);
  const padded = await openOnce(oneUse(key, header, headerBytes), ciphertext);
  if (!padded) throw new CryptoError("open-failed", "envelope");
  const { statement, content, signature } = parseWith(parseInner, padded);
  const signingKey = await reader.findSigningKey(header.sender, sender.certificateHash);
  if (!signingKey) throw new CryptoError("unknown-signer", `no certificate of ${header.sender}`);
  const signed = await messageSignatureInput(headerBytes, statement, content);
  if (!(await verifySignature(signingKey, signed, signature)))
    throw new CryptoError("bad-signature", "message");
  return { ...statement, header, content, signature };
}

function oneUse(secret: ConversationKey, header: EnvelopeHeader, headerBytes: Bytes): OneUse {
  const info = encodeFields(
    label("message"),
    idToBytes(header.conversation),
    u32(header.keyEpoch),
    idToBytes(header.sender),
    idToBytes(header.message),
  );
  return { secret, salt: header.salt, info, aad: headerBytes };
}
