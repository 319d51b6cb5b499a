import { type Bytes, concat } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { sha256 } from "./webcrypto.ts";

export interface IdentityOf {
  readonly account: AccountId;
  /** IK's public key. */
  readonly identityKey: Bytes;
}

/** Twelve groups of five digits that both people see alike when each has the other's true identity key. */
export async function safetyNumber(one: IdentityOf, other: IdentityOf): Promise<readonly string[]> {
  const halves = await Promise.all([half(one), half(other)]);
  return halves.sort((a, b) => (a.join() < b.join() ? -1 : 1)).flat();
}

/** 30 digits, near 100 bits, of one person: each group is 5 bytes modulo 100,000. */
async function half({ account, identityKey }: IdentityOf): Promise<readonly string[]> {
  const hash = await sha256(encodeFields(label("fingerprint"), idToBytes(account), identityKey));
  return Array.from({ length: 6 }, (_, group) => {
    const view = new DataView(concat(new Uint8Array(3), hash.subarray(group * 5, group * 5 + 5)).buffer);
    return String(view.getBigUint64(0) % 100_000n).padStart(5, "0");
  });
}
