import type { Bytes } from "../base/bytes.ts";
import type { AccountId, ConversationId } from "../base/ids.ts";
import { startsKeyEpoch } from "../crypto/chain.ts";
import { CryptoError } from "../crypto/errors.ts";
import { keyCommitment } from "../crypto/key-commitment.ts";
import { type ConversationKey, newSecretKey } from "../crypto/keys.ts";
import { applyChanges } from "../crypto/members.ts";
import { continueConversation, type RecordAuthor, type RecordDraft } from "../crypto/record.ts";
import { AppError } from "../protocol/errors.ts";
import { isListing, type MemberChange } from "../protocol/layout/member-change.ts";
import { LIMITS } from "../protocol/limits.ts";
import type { Api } from "./api.ts";
import { type Identities, IdentityChangedError } from "./identities.ts";
import type { ConversationKeys, KeyBook } from "./key-book.ts";
import type { SealingProgress } from "./model-rooms.ts";
import { recordAuthor } from "./own-keys.ts";
import type { Platform } from "./platform.ts";
import type { Profiles } from "./profiles.ts";
import { listsAnother } from "./rotation-due.ts";
import { sealKeys } from "./seal-keys.ts";
import type { Vault } from "./vault.ts";

export interface RecordDeps {
  readonly api: Api;
  readonly vault: Vault;
  readonly identities: Identities;
  readonly book: KeyBook;
  readonly profiles: Pick<Profiles, "require" | "forget">;
  readonly platform: Pick<Platform, "now" | "startSealer">;
}

/** What a record is to say. Keys and everything else follow from it. */
export type Intent = Pick<RecordDraft, "kind" | "changes" | "policy">;

/** Others write records and replace keys at the same time: each refusal means to look again. */
const TRIES = 8;

/**
 * Writes the next record, with the keys that it deals out.
 * @param decide judged on the newest records, again after each time another member was faster; null for nothing to do
 * @returns whether anything was to do
 * @throws IdentityChangedError, CryptoError, AppError
 */
export async function appendRecord(
  deps: RecordDeps,
  conversation: ConversationId,
  decide: (keys: ConversationKeys) => Intent | null | Promise<Intent | null>,
  {
    onProgress,
    send = toRecords,
  }: { onProgress?: SealingProgress | undefined; send?: typeof toRecords } = {},
): Promise<boolean> {
  const { vault, book, profiles } = deps;
  let begunIn: number | null = null;
  for (let attempt = 1; ; ) {
    const keys = await book.require(conversation);
    if (keys.cutBy) throw new IdentityChangedError(keys.cutBy);
    const intent = await decide(keys);
    if (!intent) return false;
    const author = await recordAuthor(vault.account, vault.root());
    const own = ownChange(keys, author);
    // Of all who take the same person back in, one changes the key.
    begunIn ??= keys.state.keyEpoch;
    const needsKey = keys.state.keyEpoch === begunIn && letsBackIn(keys, intent);
    // A record counts only under its author's newest certificate, which another one has to list first.
    const rotatesFirst = own || needsKey;
    const first = rotatesFirst && intent.kind !== "rotate" ? ({ kind: "rotate" } as const) : intent;
    const changes = first.kind === "rotate" && own ? [own] : (first.changes ?? []);
    try {
      const sendThis = first === intent ? send : toRecords;
      await append(deps, keys, { ...first, changes }, author, sendThis, onProgress);
      if (first === intent) return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "conflict" || attempt === TRIES) throw error;
      attempt += 1;
      // Another browser of one's own may have renewed the keys, another member the profile.
      await vault.refresh();
    } finally {
      // Also where the answer was lost: the record may stand, and the profile under its key.
      book.forget(conversation);
      profiles.forget(conversation);
    }
  }
}

/** Where records go, but for the last one of a room. */
function toRecords(api: Api, conversation: ConversationId, body: { readonly record: Bytes }): Promise<void> {
  return api.send("POST", `/api/conversations/${conversation}/records`, body);
}

/**
 * Whether somebody would be dealt a key of what was said while they were out of it. In a public room anybody may come in at
 * any time.
 */
function letsBackIn({ state, leftAt }: ConversationKeys, { kind, changes = [] }: Intent): boolean {
  const isGuarded = state.type === "private-room" && state.policy.history === "since-joining";
  return isGuarded && kind === "add" && changes.some(({ account }) => leftAt(account) !== null);
}

/** One's own newest certificate in place of the one that is listed. */
function ownChange(
  { state }: ConversationKeys,
  { account, certificateHash }: RecordAuthor,
): MemberChange | null {
  const own = state.members.get(account);
  if (!own || !listsAnother(own, certificateHash)) return null;
  return { operation: "update", account, role: own.role, certificateHash };
}

async function append(
  deps: RecordDeps,
  keys: ConversationKeys,
  intent: Intent & { readonly changes: readonly MemberChange[] },
  author: RecordAuthor,
  send: typeof toRecords,
  onProgress?: SealingProgress,
): Promise<void> {
  const { api, vault, platform } = deps;
  const { conversation } = keys.state;
  const dealt = startsKeyEpoch({ ...intent, author: author.account })
    ? await dealNext(deps, keys, intent.changes, onProgress)
    : await dealPresent(deps, keys, intent, onProgress);
  const { boxes, entries, commitment, profile } = dealt;
  const record = await continueConversation(
    keys.state,
    {
      ...intent,
      ...(commitment && { keyCommitment: commitment }),
      boxes: entries,
      time: platform.now(),
    },
    author,
  );
  const body = { record: record.bytes, boxes, ...(profile && { profile }) };
  await send(api, conversation, body);
  if (!dealt.key) return;
  // Not waited for: one's own box opens as well.
  vault.saveConversationKey(conversation, record.state.keyEpoch, dealt.key).catch(() => {});
}

/** A new key for everybody who is a member afterwards, and the profile under it. */
async function dealNext(
  deps: RecordDeps,
  { state }: ConversationKeys,
  changes: readonly MemberChange[],
  onProgress?: SealingProgress,
) {
  const { conversation } = state;
  const keyEpoch = state.keyEpoch + 1;
  const key = newSecretKey<ConversationKey>();
  const members = [...applyChanges(state.members, changes).keys()];
  const recipients = await recipientsOf(deps, members);
  const sealed = await sealKeys(
    deps.platform,
    conversation,
    recipients,
    new Map([[keyEpoch, key]]),
    keyEpoch,
    onProgress,
  );
  // As it is now: of what an earlier key opens, it is not known whether its links still count.
  deps.profiles.forget(conversation);
  const profile = state.type === "public-room" ? null : await deps.profiles.require(conversation);
  return {
    ...sealed,
    key,
    commitment: await keyCommitment(key, conversation, keyEpoch),
    profile: profile && (await profile.sealUnder(key, keyEpoch, deps.platform.now())),
  };
}

/** The present key for newcomers, with the earlier ones where all may be read; nothing for anybody else. */
async function dealPresent(
  deps: RecordDeps,
  { state, key, reader }: ConversationKeys,
  { kind, changes }: Intent & { readonly changes: readonly MemberChange[] },
  onProgress?: SealingProgress,
) {
  const { conversation, keyEpoch, policy } = state;
  const none = { boxes: [], entries: [], key: null, commitment: null, profile: null };
  if (kind !== "add") return none;
  if (!key) throw new CryptoError("waiting-for-key");
  const keys = new Map([[keyEpoch, key]]);
  // As many of the latest as one record may carry.
  const oldest = Math.max(1, keyEpoch + 1 - LIMITS.boxesOfRecord);
  for (let epoch = policy.history === "all" ? oldest : keyEpoch; epoch < keyEpoch; epoch++) {
    const earlier = await reader.findConversationKey(epoch);
    if (earlier) keys.set(epoch, earlier);
  }
  const recipients = await recipientsOf(
    deps,
    changes.filter(isListing).map(({ account }) => account),
  );
  return {
    ...none,
    ...(await sealKeys(deps.platform, conversation, recipients, keys, keyEpoch, onProgress)),
  };
}

/** @throws IdentityChangedError: no key is sealed to an identity that was not accepted here */
async function recipientsOf({ identities }: RecordDeps, accounts: readonly AccountId[]) {
  const theirs = await identities.refreshAll(accounts);
  return accounts.map((account, i) => ({ account, transportKey: theirs[i]?.transportKey ?? null }));
}
