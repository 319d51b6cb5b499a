import { type Bytes, compareBytes, u8 } from "../base/bytes.ts";
import { encodeFields } from "../base/fields.ts";
import { type AccountId, idToBytes } from "../base/ids.ts";
import { label } from "../protocol/layout/label.ts";
import {
  isListing,
  type Member,
  type MemberChange,
  ROLE,
  type Role,
} from "../protocol/layout/member-change.ts";
import { CryptoError } from "./errors.ts";
import { sha256 } from "./webcrypto.ts";

export type Members = ReadonlyMap<AccountId, Member>;
export type Roles = ReadonlyMap<AccountId, Pick<Member, "role">>;

/**
 * The list after `changes`; a ban also removes, where there is somebody to remove.
 * @throws CryptoError `wrong-chain` when it adds a member or misses a stranger
 */
export function applyChanges(members: Members, changes: readonly MemberChange[]): Members {
  // A chain of thousands of new keys holds one list, not thousands.
  if (changes.length === 0) return members;
  const after = new Map(members);
  for (const change of changes) {
    const { operation, account } = change;
    const fits = operation === "ban" || (operation === "add" || operation === "lift") !== after.has(account);
    if (!fits) throw new CryptoError("wrong-chain", `cannot ${operation} ${account}`);
    if (isListing(change)) after.set(account, { role: change.role, certificateHash: change.certificateHash });
    else after.delete(account);
  }
  return after;
}

/** Who is banned after `changes`. @throws CryptoError `wrong-chain` for a ban that is there, or a lift of none */
export function applyBans(
  banned: ReadonlySet<AccountId>,
  changes: readonly MemberChange[],
): ReadonlySet<AccountId> {
  const bans = changes.filter(({ operation }) => operation === "ban" || operation === "lift");
  if (bans.length === 0) return banned;
  const after = new Set(banned);
  for (const { operation, account } of bans) {
    if ((operation === "lift") !== after.has(account))
      throw new CryptoError("wrong-chain", `cannot ${operation} ${account}`);
    if (operation === "lift") after.delete(account);
    else after.add(account);
  }
  return after;
}

/**
 * What a member may do. While a room has no owner, its moderators count as owners, without moderators its members:
 * the last owner's account may end, and nobody could sign a successor in.
 * @returns null for who is no member
 */
export function actingRole(members: Roles, account: AccountId): Role | null {
  const role = members.get(account)?.role;
  if (!role || role === "owner") return role ?? null;
  const highest = highestRole(members);
  return role === highest ? "owner" : role;
}

/**
 * Who has a higher role in the list. Where all of their accounts are gone for good, the member may take their place
 * (docs/protocol.md §4.3).
 */
export function standingAbove(members: Roles, account: AccountId): readonly AccountId[] {
  const own = members.get(account);
  if (!own) return [];
  return [...members].flatMap(([one, { role }]) => (ROLE.encode(role) > ROLE.encode(own.role) ? [one] : []));
}

function highestRole(members: Roles): Role {
  let highest: Role = "member";
  for (const { role } of members.values()) {
    if (role === "owner") return role;
    if (role === "moderator") highest = role;
  }
  return highest;
}

/** Of lists that are still held: most records leave theirs as it is. */
const hashes = new WeakMap<Members, Promise<Bytes>>();

/** SHA-256(enc("sceau/1/members", account, role, certificate hash, …)), ascending by account bytes. */
export function membersHash(members: Members): Promise<Bytes> {
  const hash = hashes.get(members) ?? hashMembers(members);
  hashes.set(members, hash);
  return hash;
}

function hashMembers(members: Members): Promise<Bytes> {
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
