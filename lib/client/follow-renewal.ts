import type { ConversationId } from "../base/ids.ts";
import { CryptoError } from "../crypto/errors.ts";
import { AppError, ERRORS } from "../protocol/errors.ts";
import type { RunningParts } from "./account/parts.ts";
import { IdentityChangedError } from "./identities.ts";
import { currentCertificateHash } from "./own-keys.ts";
import { rotate } from "./rotation.ts";
import { listsAnother } from "./rotation-due.ts";

/** Sending is stopped there, or over; should it go on some day, the key changes first. */
function isLasting(error: unknown): boolean {
  if (error instanceof AppError) return !ERRORS[error.code].retryable;
  return error instanceof CryptoError || error instanceof IdentityChangedError;
}

/**
 * After a renewal every conversation gets a new key and lists the new certificate, in this order; then the signing
 * keys from before go. Interrupted, it goes on the next time.
 */
export async function followRenewal(
  parts: RunningParts,
  conversations: readonly ConversationId[],
): Promise<void> {
  const { vault } = parts;
  if (
    !vault
      .root()
      .signing.slice(0, -1)
      .some(({ seed }) => seed)
  )
    return;
  const certificateHash = await currentCertificateHash(vault.root());
  for (const conversation of conversations) {
    try {
      await rotate(parts, conversation, ({ state }) =>
        listsAnother(state.members.get(vault.account), certificateHash),
      );
    } catch (error) {
      if (!isLasting(error)) throw error;
    }
  }
  await vault.updateRoot((root) => ({
    ...root,
    signing: root.signing.map((key, i, all) => (i === all.length - 1 ? key : { ...key, seed: null })),
  }));
}
