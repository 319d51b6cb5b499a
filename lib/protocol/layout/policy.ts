import { type Bytes, concat, u8, u32 } from "../../base/bytes.ts";
import { ByteReader, LayoutError } from "../../base/fields.ts";
import { codeTable } from "./code-table.ts";

/** Whether a newcomer also receives the keys of earlier key epochs. */
export type HistoryVisibility = "since-joining" | "all";
const HISTORY = codeTable<HistoryVisibility>({ "since-joining": 1, all: 2 });

/** Who may write messages; "nobody" in an archived room. */
export type Posting = "everyone" | "moderators" | "nobody";
const POSTING = codeTable<Posting>({ everyone: 1, moderators: 2, nobody: 3 });

export interface Policy {
  /** Messages expire after this long; 0 keeps them. */
  readonly retentionSeconds: number;
  /** The longest a key epoch lasts. */
  readonly rotationSeconds: number;
  readonly history: HistoryVisibility;
  readonly posting: Posting;
  /** What a plain member waits between two messages; the server's to enforce. 0 for no limit. */
  readonly slowSeconds: number;
}

const PLAIN_BYTES = 9;
const LIMITED_BYTES = 14;

/** `retention(u32) rotation(u32) history(1)`, and where writing is limited in any way `posting(1) slow(u32)`. */
export function encodePolicy(policy: Policy): Bytes {
  const { retentionSeconds, rotationSeconds, history, posting, slowSeconds } = policy;
  const plain = concat(u32(retentionSeconds), u32(rotationSeconds), u8(HISTORY.encode(history)));
  if (isUnlimited(policy)) return plain;
  return concat(plain, u8(POSTING.encode(posting)), u32(slowSeconds));
}

/**
 * @throws LayoutError also where a key epoch would outlive a tenth of the retention period: a key epoch is
 * the unit of shredding.
 */
export function parsePolicy(bytes: Uint8Array): Policy {
  if (bytes.length !== PLAIN_BYTES && bytes.length !== LIMITED_BYTES) throw new LayoutError("policy length");
  const reader = new ByteReader(bytes);
  const policy: Policy = {
    retentionSeconds: reader.u32(),
    rotationSeconds: reader.u32(),
    history: HISTORY.decode(reader.u8()),
    posting: reader.remaining > 0 ? POSTING.decode(reader.u8()) : "everyone",
    slowSeconds: reader.remaining > 0 ? reader.u32() : 0,
  };
  reader.end();
  if (bytes.length === LIMITED_BYTES && isUnlimited(policy))
    throw new LayoutError("a policy has one encoding");
  if (policy.rotationSeconds === 0) throw new LayoutError("key epochs must end");
  if (policy.retentionSeconds > 0 && policy.rotationSeconds * 10 > policy.retentionSeconds) {
    throw new LayoutError("key epochs outlive a tenth of the retention period");
  }
  return policy;
}

function isUnlimited({ posting, slowSeconds }: Policy): boolean {
  return posting === "everyone" && slowSeconds === 0;
}
