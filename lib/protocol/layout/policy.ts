import { type Bytes, concat, u8, u32 } from "../../base/bytes.ts";
import { ByteReader, LayoutError } from "../../base/fields.ts";
import { codeTable } from "./code-table.ts";

/** Whether a newcomer also receives the keys of earlier key epochs. */
export type HistoryVisibility = "since-joining" | "all";
const HISTORY = codeTable<HistoryVisibility>({ "since-joining": 1, all: 2 });

export interface Policy {
  /** Messages expire after this long; 0 keeps them. */
  readonly retentionSeconds: number;
  /** The longest a key epoch lasts. */
  readonly rotationSeconds: number;
  readonly history: HistoryVisibility;
}

export const POLICY_BYTES = 9;

/** `retention(u32) rotation(u32) history(1)`. */
export function encodePolicy(policy: Policy): Bytes {
  return concat(
    u32(policy.retentionSeconds),
    u32(policy.rotationSeconds),
    u8(HISTORY.encode(policy.history)),
  );
}

/**
 * @throws LayoutError also where a key epoch would outlive a tenth of the retention period: a key epoch is
 * the unit of shredding.
 */
export function parsePolicy(bytes: Uint8Array): Policy {
  const reader = new ByteReader(bytes);
  const policy = {
    retentionSeconds: reader.u32(),
    rotationSeconds: reader.u32(),
    history: HISTORY.decode(reader.u8()),
  };
  reader.end();
  if (policy.rotationSeconds === 0) throw new LayoutError("key epochs must end");
  if (policy.retentionSeconds > 0 && policy.rotationSeconds * 10 > policy.retentionSeconds) {
    throw new LayoutError("key epochs outlive a tenth of the retention period");
  }
  return policy;
}
