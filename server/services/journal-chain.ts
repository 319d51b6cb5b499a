import { createHash, randomBytes } from "node:crypto";
import { type Bytes, concat, equalBytes, u64, utf8 } from "../../lib/base/bytes.ts";
import { encodeFields } from "../../lib/base/fields.ts";
import { idToBytes } from "../../lib/base/ids.ts";
import type { ChainedEntry, ChainRow, JournalEntry, JournalHead } from "../database/journal.ts";

/** The journal's hash chain, as docs/operations.md has it ("The chain of the journal"). */

const SALT_BYTES = 16;

const sha256 = (bytes: Uint8Array): Bytes =>
  new Uint8Array(createHash("sha256").update(bytes).digest()) as Bytes;

/** What an entry's hash covers of its address: SHA-256(enc(label, salt, address)). It stays when both are erased. */
export function addressDigest(salt: Uint8Array, address: string): Bytes {
  return sha256(encodeFields(utf8("sceau/1/journal-address"), salt, utf8(address)));
}

/**
 * h_i = SHA-256(h_{i-1} ‖ enc(label, id, time, event, outcome, account, session, digest of the address, agent, detail)).
 * @param digest null for an entry from before there were digests, whose hash covers the address itself
 */
export function journalHash(
  previous: Uint8Array,
  id: number,
  entry: JournalEntry,
  digest: Uint8Array | null,
): Bytes {
  const fields = encodeFields(
    utf8(digest ? "sceau/1/journal-entry" : "sceau/1/journal"),
    u64(id),
    u64(entry.at),
    utf8(entry.event),
    utf8(entry.outcome),
    entry.accountId ? idToBytes(entry.accountId) : new Uint8Array(),
    entry.sessionId ? idToBytes(entry.sessionId) : new Uint8Array(),
    digest ?? utf8(entry.address),
    utf8(entry.agent),
    utf8(entry.detail),
  );
  return sha256(concat(previous, fields));
}

/** What follows the head when these are written down. */
export function chain(head: JournalHead | null, entries: readonly JournalEntry[]): ChainedEntry[] {
  let { id, hash } = head ?? { id: 0, hash: new Uint8Array(32) };
  return entries.map((entry) => {
    id += 1;
    const addressSalt = new Uint8Array(randomBytes(SALT_BYTES));
    const digest = addressDigest(addressSalt, entry.address);
    hash = journalHash(hash, id, entry, digest);
    return { ...entry, id, hash, addressSalt, addressDigest: digest };
  });
}

/** Whether a row's hash is what the row says, after the hash before it. Its address is another question. */
export function followsFrom(previous: Uint8Array, row: ChainRow, id = row.id): boolean {
  return equalBytes(journalHash(previous, id, row, row.addressDigest), row.hash);
}

/** Whether the address is still there, and the one that was written down; of rows with a digest. */
export function addressOf({
  address,
  addressSalt,
  addressDigest: digest,
}: ChainRow): "kept" | "erased" | "changed" {
  if (addressSalt === null) return address === "" ? "erased" : "changed";
  return digest && equalBytes(addressDigest(addressSalt, address), digest) ? "kept" : "changed";
}
