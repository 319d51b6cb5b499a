import { type Bytes, compareBytes, concat, u8 } from "../../base/bytes.ts";
import { ByteReader, LayoutError } from "../../base/fields.ts";
import { type AccountId, ID_BYTES, idToBytes } from "../../base/ids.ts";
import { codeTable } from "./code-table.ts";
import { HASH_BYTES } from "./sizes.ts";

export type Role = "member" | "moderator" | "owner";
export const ROLE = codeTable<Role>({ member: 1, moderator: 2, owner: 3 });

export interface Member {
  readonly role: Role;
  /** SHA-256 of the member's current signing certificate, signature included. */
  readonly certificateHash: Bytes;
}

/** One difference between the member lists before and after a record. */
export type MemberChange =
  | ({ readonly operation: "add" | "update"; readonly account: AccountId } & Member)
  | { readonly operation: "remove" | "ban" | "lift"; readonly account: AccountId };

const OPERATION = codeTable<MemberChange["operation"]>({ add: 1, remove: 2, update: 3, ban: 4, lift: 5 });
const CHANGE_BYTES = 1 + ID_BYTES + 1 + HASH_BYTES;
const NO_CERTIFICATE = new Uint8Array(HASH_BYTES);

/** `operation(1) account(16) role(1) certificateHash(32)` each, ascending by account; zeros where the change makes nobody a member. */
export function encodeMemberChanges(changes: readonly MemberChange[]): Bytes {
  const encoded = changes.map((change) => {
    const [role, certificateHash] = isListing(change)
      ? [ROLE.encode(change.role), change.certificateHash]
      : [0, NO_CERTIFICATE];
    return concat(
      u8(OPERATION.encode(change.operation)),
      idToBytes(change.account),
      u8(role),
      certificateHash,
    );
  });
  return concat(...encoded.sort((a, b) => compareBytes(accountOf(a), accountOf(b))));
}

/** @throws LayoutError also for accounts out of order or twice, so that a list has one encoding. */
export function parseMemberChanges(bytes: Uint8Array): MemberChange[] {
  if (bytes.length % CHANGE_BYTES !== 0) throw new LayoutError("member changes of a broken length");
  const changes: MemberChange[] = [];
  for (let offset = 0; offset < bytes.length; offset += CHANGE_BYTES) {
    const one = bytes.subarray(offset, offset + CHANGE_BYTES);
    if (offset > 0 && compareBytes(accountOf(bytes.subarray(offset - CHANGE_BYTES)), accountOf(one)) >= 0) {
      throw new LayoutError("member changes out of order");
    }
    changes.push(parseMemberChange(one));
  }
  return changes;
}

function parseMemberChange(bytes: Uint8Array): MemberChange {
  const reader = new ByteReader(bytes);
  const operation = OPERATION.decode(reader.u8());
  const account = reader.id<AccountId>();
  if (operation === "add" || operation === "update") {
    return { operation, account, role: ROLE.decode(reader.u8()), certificateHash: reader.take(HASH_BYTES) };
  }
  if (reader.rest().some((byte) => byte !== 0)) throw new LayoutError(`"${operation}" carries nothing`);
  return { operation, account };
}

/** Whether the account is a member after the change, with role and certificate. */
export function isListing(
  change: MemberChange,
): change is Extract<MemberChange, { operation: "add" | "update" }> {
  return change.operation === "add" || change.operation === "update";
}

function accountOf(change: Uint8Array): Uint8Array {
  return change.subarray(1, 1 + ID_BYTES);
}
