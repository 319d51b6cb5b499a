import type { Bytes } from "../base/bytes.ts";
import { ByteReader, encodeFields, LayoutError } from "../base/fields.ts";
import type { ConversationId } from "../base/ids.ts";
import {
  encodeSealedRoomProfile,
  parseSealedRoomProfile,
  roomProfileContext,
  type SealedRoomProfile,
} from "../protocol/layout/room-profile.ts";
import { SALT_BYTES } from "../protocol/layout/sizes.ts";
import { CryptoError, parseWith } from "./errors.ts";
import type { ConversationKey } from "./keys.ts";
import { type OneUse, openOnce, sealOnce } from "./one-use-key.ts";
import { isPadded, pad } from "./padding.ts";
import { randomBytes } from "./webcrypto.ts";

interface ProfilePlace {
  readonly conversation: ConversationId;
  readonly keyEpoch: number;
  readonly revision: number;
}

/** A signed profile for the eyes of members (docs/protocol.md §4.6); the same bytes may be sealed under each key. */
export async function sealRoomProfile(
  signed: Bytes,
  key: ConversationKey,
  { conversation, keyEpoch, revision }: ProfilePlace,
): Promise<Bytes> {
  const salt = randomBytes(SALT_BYTES);
  const use = oneUse(key, salt, conversation, { keyEpoch, revision });
  const ciphertext = await sealOnce(use, pad(encodeFields(signed)));
  return encodeSealedRoomProfile({ keyEpoch, revision, salt, ciphertext });
}

/**
 * Only opened: who signed it, and whether they might, is verifyRoomProfile's to say.
 * @throws CryptoError `malformed`, `waiting-for-key`, `open-failed`
 */
export async function openRoomProfile(
  bytes: Uint8Array,
  conversation: ConversationId,
  findConversationKey: (keyEpoch: number) => Promise<ConversationKey | null> | ConversationKey | null,
): Promise<{ readonly signed: Bytes; readonly keyEpoch: number; readonly revision: number }> {
  const sealed = parseWith(parseSealedRoomProfile, bytes);
  const { keyEpoch, revision, salt, ciphertext } = sealed;
  const key = await findConversationKey(keyEpoch);
  if (!key) throw new CryptoError("waiting-for-key", `key epoch ${keyEpoch}`);
  const padded = await openOnce(oneUse(key, salt, conversation, sealed), ciphertext);
  if (!padded) throw new CryptoError("open-failed", "room profile");
  return { signed: parseWith(parsePadded, padded), keyEpoch, revision };
}

function parsePadded(padded: Uint8Array): Bytes {
  const reader = new ByteReader(padded);
  const signed = reader.field();
  if (!isPadded(padded, reader.offset)) throw new LayoutError("wrong padding");
  return signed;
}

function oneUse(
  secret: ConversationKey,
  salt: Bytes,
  conversation: ConversationId,
  place: Pick<SealedRoomProfile, "keyEpoch" | "revision">,
): OneUse {
  const context = roomProfileContext(conversation, place);
  return { secret, salt, info: context, aad: context };
}
