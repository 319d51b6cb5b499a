import type { ConversationId } from "../base/ids.ts";
import { continueConversation } from "../crypto/record.ts";
import { AppError } from "../protocol/errors.ts";
import type { MemberChange } from "../protocol/layout/member-change.ts";
import type { Api } from "./api.ts";
import { dealKey } from "./deal-key.ts";
import type { Identities } from "./identities.ts";
import type { ConversationKeys, KeyBook } from "./key-book.ts";
import { recordAuthor } from "./own-keys.ts";
import { listsAnother } from "./rotation-due.ts";
import type { Vault } from "./vault.ts";

export interface RotationDeps {
  readonly api: Api;
  readonly vault: Vault;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly now: () => number;
}

/** Others rotate, renew and replace transport keys at the same time: each refusal means to look again. */
const TRIES = 6;

/**
 * A new key of the conversation for its members, and one's own newest certificate with it.
 * @param isDue judged on the newest records, again after each time another member was faster
 * @throws IdentityChangedError, CryptoError, AppError
 */
export async function rotate(
  deps: RotationDeps,
  conversation: ConversationId,
  isDue: (keys: ConversationKeys) => boolean | Promise<boolean>,
): Promise<void> {
  const { book } = deps;
  for (let attempt = 1; ; attempt++) {
    const keys = await book.require(conversation);
    if (!(await isDue(keys))) return;
    try {
      await rotateOnce(deps, keys);
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict" || attempt === TRIES) throw error;
      // Another browser of one's own may have renewed the keys.
      await deps.vault.refresh();
    } finally {
      // Also where the answer was lost: the record may stand.
      book.forget(conversation);
    }
  }
}

async function rotateOnce(
  { api, vault, identities, now }: RotationDeps,
  { state }: ConversationKeys,
): Promise<void> {
  const { conversation, members } = state;
  const keyEpoch = state.keyEpoch + 1;
  const recipients = await Promise.all(
    [...members.keys()].map(async (account) => {
      const { transportKey } = await identities.refresh(account);
      return { account, transportKey };
    }),
  );
  const { key, commitment, boxes, entries } = await dealKey(conversation, keyEpoch, recipients);
  const self = vault.account;
  const author = await recordAuthor(self, vault.root());
  const own = members.get(self);
  const changes: MemberChange[] =
    own && listsAnother(own, author.certificateHash)
      ? [
          {
            operation: "update",
            account: self,
            role: own.role,
            certificateHash: author.certificateHash,
          },
        ]
      : [];
  const record = await continueConversation(
    state,
    { kind: "rotate", changes, keyCommitment: commitment, boxes: entries, time: now() },
    author,
  );
  await api.send("POST", `/api/conversations/${conversation}/records`, { record: record.bytes, boxes });
  // Not waited for: one's own box opens as well.
  vault.saveConversationKey(conversation, keyEpoch, key).catch(() => {});
}
