import { type Bytes, compareBytes, u8 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import { type Member, type MemberChange, ROLE } from "../protocol/layout/member-change.ts";
import { CryptoError } from "./errors.ts";
import { sha256 } from "./webcrypto.ts";

export type Members = ReadonlyMap<AccountId, Member>;

/** The list after `changes`. @throws CryptoError `wrong-chain` when it adds a member or misses a stranger */
export function applyChanges(members: Members, changes: readonly MemberChange[]): Members {
  const after = new Map(members);
  for (const change of changes) {
    if ((change.operation === "add") === after.has(change.account)) {
      throw new CryptoError("wrong-chain", `cannot ${change.operation} ${change.account}`);
    }
    if (change.operation === "remove") after.delete(change.account);
    else after.set(change.account, { role: change.role, certificateHash: change.certificateHash });
  }
  return after;
}

/** SHA-256(enc("sceau/1/members", account, role, certificate hash, …)), ascending by account bytes. */
export function membersHash(members: Members): Promise<Bytes> {
  const sorted = [...members]
    .map(([account, member]) => ({ ...member, account: idToBytes(account) }))
    .sort((a, b) => compareBytes(a.account, b.account));
  const fields = sorted.flatMap((member) => [
    member.account,
    u8(ROLE.encode(member.role)),
    member.certificateHash,
  ]);
  return sha256(encodeFields(label("members"), ...fields));
}
