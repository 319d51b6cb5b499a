import { fromBase64url, toBase64url } from "../../base/encoding.ts";
import type { AccountId, ConversationId } from "../../base/ids.ts";
import { type IdentityOf, isSafetyCodeOf, safetyCode, safetyNumber } from "../../crypto/fingerprint.ts";
import { AppError } from "../../protocol/errors.ts";
import { IdentityChangedError } from "../identities.ts";
import type { TrustActions } from "../model-account.ts";
import { rotate } from "../rotation.ts";
import type { AccountParts } from "./parts.ts";

/** Who people are: comparing safety numbers, and accepting an identity that has changed. */
export function createTrustActions(parts: AccountParts): TrustActions {
  const { platform, vault, identities, book, reviewIdentity } = parts;
  const own: IdentityOf = { account: vault.account, identityKey: vault.identityKey };

  async function offeredBy(account: AccountId): Promise<IdentityOf> {
    return { account, identityKey: (await identities.offered(account)).identityKey };
  }

  /** For what a person has just seen: the server must not exchange it behind the dialog. */
  function seen(account: AccountId, offer: string): IdentityOf {
    const identityKey = fromBase64url(offer);
    if (identityKey?.length !== 32) throw new AppError("bad-request", "no identity key");
    return { account, identityKey };
  }

  async function mark(account: AccountId, offer: string, verifiedAt: number | null): Promise<void> {
    let current = false;
    await identities.pins.change(account, (pin) => {
      const newest = pin?.keys.at(-1);
      current = newest !== undefined && toBase64url(newest.key) === offer;
      return pin && current ? { ...pin, verifiedAt } : pin;
    });
    if (!current) throw new AppError("conflict", "another identity was accepted meanwhile");
    await reviewIdentity(account);
  }

  /** Nobody's old key opens what comes next. In a room, another's identity may stand in the way: theirs comes later. */
  async function rekeyOne(conversation: ConversationId, account: AccountId): Promise<void> {
    book.forget(conversation);
    try {
      await rotate(parts, conversation, async ({ state }) => {
        const listed = state.members.get(account)?.certificateHash;
        return listed !== undefined && (await identities.isFormer(account, listed));
      });
    } catch (error) {
      if (!(error instanceof IdentityChangedError) || error.account === account) throw error;
    }
  }

  return {
    async standing(account) {
      const offered = await offeredBy(account);
      const pin = await identities.pins.find(account);
      const offer = toBase64url(offered.identityKey);
      const newest = pin?.keys.at(-1);
      return {
        offer,
        number: await safetyNumber(own, offered),
        code: await safetyCode(own, offered),
        changed: newest !== undefined && toBase64url(newest.key) !== offer,
        verifiedAt: pin?.verifiedAt ?? null,
      };
    },

    async matches(account, offer, text) {
      const matches = await isSafetyCodeOf(text.trim(), seen(account, offer), own);
      if (matches === null) throw new AppError("bad-code", "no safety code");
      return matches;
    },

    verify: (account, offer) => mark(account, offer, platform.now()),
    unverify: (account, offer) => mark(account, offer, null),

    async accept(account, offer) {
      const { identityKey } = seen(account, offer);
      const rekey = async () => {
        await identities.require(account);
        for (const conversation of parts.sharedWith(account)) await rekeyOne(conversation, account);
      };
      try {
        await identities.accept(account, identityKey, rekey);
      } catch (error) {
        // Not the one that the person has seen any more.
        if (error instanceof IdentityChangedError) throw new AppError("conflict", "changed again");
        throw error;
      } finally {
        await reviewIdentity(account);
      }
    },
  };
}
