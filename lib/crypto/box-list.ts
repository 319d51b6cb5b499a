import { type Bytes, compareBytes, equalBytes, u32 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { type ChainLink, startsKeyEpoch } from "./chain.ts";
import { CryptoError } from "./errors.ts";
import { sha256 } from "./webcrypto.ts";

/** One box as a record vouches for it. */
export interface BoxListEntry {
  readonly account: AccountId;
  /** Whose key it carries: the record's key epoch, or an earlier one for a newcomer who may see history. */
  readonly keyEpoch: number;
  /** SHA-256 of the whole box. */
  readonly boxHash: Bytes;
}

export async function boxListEntry(
  account: AccountId,
  keyEpoch: number,
  box: Uint8Array,
): Promise<BoxListEntry> {
  return { account, keyEpoch, boxHash: await sha256(box) };
}

/** SHA-256(enc("sceau/1/box-list", account, key epoch, box hash, …)), ascending by account, then key epoch. */
export function boxListHash(entries: readonly BoxListEntry[]): Promise<Bytes> {
  const sorted = entries
    .map((entry) => [idToBytes(entry.account), u32(entry.keyEpoch), entry.boxHash] as const)
    .sort((a, b) => compareBytes(a[0], b[0]) || compareBytes(a[1], b[1]));
  return sha256(encodeFields(label("box-list"), ...sorted.flat()));
}

/**
 * The boxes stored with a record are the ones it vouches for, and go exactly to those who need one: all
 * members when the key changes, newcomers when members are added, else nobody.
 * @throws CryptoError `wrong-chain`, `not-allowed`
 */
export async function requireBoxList(
  { record, state }: ChainLink,
  entries: readonly BoxListEntry[],
): Promise<void> {
  if (!equalBytes(record.boxListHash, await boxListHash(entries)))
    throw new CryptoError("wrong-chain", "box list");
  const current = entries.filter((entry) => entry.keyEpoch === record.keyEpoch).map((entry) => entry.account);
  const recipients = new Set(boxRecipients({ record, state }));
  const exact = current.length === recipients.size && current.every((account) => recipients.delete(account));
  if (!exact) throw new CryptoError("not-allowed", "a box too many, too few or for an outsider");
  requireHistory({ record, state }, entries);
}

/** Who receives a box with the record's own conversation key. */
function boxRecipients({ record, state }: ChainLink): readonly AccountId[] {
  if (startsKeyEpoch(record)) return [...state.members.keys()];
  return record.kind === "add" ? record.changes.map((change) => change.account) : [];
}

function requireHistory({ record, state }: ChainLink, entries: readonly BoxListEntry[]): void {
  const earlier = entries.filter((entry) => entry.keyEpoch !== record.keyEpoch);
  if (earlier.length === 0) return;
  const newcomers = new Set(record.kind === "add" ? record.changes.map((change) => change.account) : []);
  const names = new Set(earlier.map((entry) => `${entry.account} ${entry.keyEpoch}`));
  const allowed =
    state.policy.history === "all" &&
    names.size === earlier.length &&
    earlier.every(
      (entry) => newcomers.has(entry.account) && entry.keyEpoch >= 1 && entry.keyEpoch < record.keyEpoch,
    );
  if (!allowed) throw new CryptoError("not-allowed", "keys of earlier key epochs");
}
