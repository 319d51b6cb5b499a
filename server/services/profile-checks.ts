import { type Bytes, equalBytes } from "../../lib/base/bytes.ts";
import type { AccountId } from "../../lib/base/ids.ts";
import { type ChainLink, type ChainState, CryptoError, verifyRoomProfile } from "../../lib/crypto/verify.ts";
import { AppError } from "../../lib/protocol/errors.ts";
import { parseCertificate } from "../../lib/protocol/layout/certificate.ts";
import { parseSealedRoomProfile } from "../../lib/protocol/layout/room-profile.ts";
import { decodeRoomProfileJson } from "../../lib/protocol/room-profile.ts";
import type { StoredProfile } from "../database/records.ts";
import type { KeyService } from "./keys.ts";

type Keys = Pick<KeyService, "findSigningCertificate">;

/** Of a profile that it cannot open, the server checks its place; of a public one, what every reader checks. */

/** @throws AppError "bad-request" */
export async function requireFirstProfile(
  bytes: Bytes | undefined,
  { record, state }: ChainLink,
  keys: Keys,
): Promise<StoredProfile | null> {
  if (!bytes) {
    if (state.type === "direct") return null;
    throw new AppError("bad-request", "a room without a profile");
  }
  const profile =
    state.type === "public-room"
      ? await requirePublic(bytes, state, record.author, keys)
      : requireSealed(bytes, state.keyEpoch);
  if (profile.revision !== 1) throw new AppError("bad-request", "not a first profile");
  return profile;
}

/** The profile that is there, sealed under the key that a record begins. @throws AppError "bad-request" */
export function requireResealed(bytes: Bytes, before: ChainState, after: ChainState): StoredProfile {
  if (after.type === "public-room" || after.keyEpoch === before.keyEpoch)
    throw new AppError("bad-request", "nothing to seal anew");
  return requireSealed(bytes, after.keyEpoch);
}

/** @throws AppError "bad-request"; "conflict" for another key epoch than this, which is the newest */
export function requireSealed(bytes: Bytes, keyEpoch: number): StoredProfile {
  const sealed = parse(bytes);
  if (sealed.revision < 1) throw new AppError("bad-request", "no revision");
  if (sealed.keyEpoch !== keyEpoch) throw new AppError("conflict", "sealed under another key");
  return { revision: sealed.revision, bytes, listed: null };
}

/**
 * @param state where the chain stands: who is a moderator there may write it
 * @throws AppError "bad-request"; "conflict" when it was written under an earlier record
 */
export async function requirePublic(
  bytes: Bytes,
  state: ChainState,
  author: AccountId,
  keys: Keys,
): Promise<StoredProfile> {
  try {
    const profile = await verifyRoomProfile(bytes, {
      conversation: state.conversation,
      findState: (hash) => (equalBytes(hash, state.head) ? state : null),
      async findSigningKey(account, hash) {
        const certificate = await keys.findSigningCertificate(account, hash);
        return certificate && parseCertificate(certificate).publicKey;
      },
    });
    if (profile.author !== author) throw new AppError("bad-request", "somebody else's profile");
    const content = decodeRoomProfileJson(profile.json);
    if (!content?.name || content.invitations.length > 0)
      throw new AppError("bad-request", "not the profile of a public room");
    return { revision: profile.revision, bytes, listed: { name: content.name, topic: content.topic } };
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    const code = error.code === "unknown-record" ? "conflict" : "bad-request";
    throw new AppError(code, `profile: ${error.message}`);
  }
}

function parse(bytes: Bytes) {
  try {
    return parseSealedRoomProfile(bytes);
  } catch (error) {
    throw new AppError("bad-request", `profile: ${(error as Error).message}`);
  }
}
