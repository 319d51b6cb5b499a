import { equalBytes } from "../base/bytes.ts";
import type { AccountId } from "../base/ids.ts";
import type { MemberChange, Role } from "../protocol/layout/member-change.ts";
import { encodePolicy, type Policy } from "../protocol/layout/policy.ts";
import type { RecordBody, RecordKind } from "../protocol/layout/record.ts";
import type { ChainState } from "./chain-state.ts";
import { CryptoError } from "./errors.ts";
import { actingRole, type Members, type Roles, standingAbove } from "./members.ts";

/**
 * Who may do what (docs/protocol.md §4.3), judged on the members *before* the record. Pure: the server and
 * every member run the same rules. Each function throws CryptoError `not-allowed`.
 */
export function requireAllowed(previous: ChainState | null, record: RecordBody, after: Members): void {
  if (!previous) {
    requireCreation(record, after);
    return;
  }
  const author = actingRole(previous.members, record.author);
  allow(author, "the author is not a member");
  allow(
    record.kind === "policy" || samePolicy(record.policy, previous.policy),
    "only `policy` changes the policy",
  );
  const requireKind = KIND_RULES[record.kind];
  requireKind({ previous, record, author, after });
}

interface Attempt {
  readonly previous: ChainState;
  readonly record: RecordBody;
  /** As what the author acts. */
  readonly author: Role;
  readonly after: Members;
}

type KindRule = (attempt: Attempt) => void;

const KIND_RULES: Readonly<Record<RecordKind, KindRule>> = {
  create: () => deny("already created"),
  add: requireAddition,
  remove: requireRemoval,
  rotate: requireRotation,
  roles: requireRoles,
  policy: requirePolicy,
  bans: requireBans,
  succession: requireSuccession,
};

/** Whether this record is its author's leaving, which keeps the key: the next sender rotates. */
export function isLeaving(record: Pick<RecordBody, "kind" | "changes" | "author">): boolean {
  return record.kind === "remove" && record.changes.every(({ account }) => account === record.author);
}

/** Whether the policy lets a member write messages (docs/protocol.md §5.3). */
export function mayWrite(
  { members, policy }: { readonly members: Roles; readonly policy: Pick<Policy, "posting"> },
  sender: AccountId,
): boolean {
  if (policy.posting === "everyone") return true;
  return policy.posting === "moderators" && actingRole(members, sender) !== "member";
}

function requireCreation(record: RecordBody, after: Members): void {
  allow(record.kind === "create", "a chain starts with `create`");
  allow(
    record.changes.every(({ operation }) => operation === "add"),
    "only adds",
  );
  allow(after.get(record.author)?.role === "owner", "the author must be an owner");
  const owners = [...after.values()].every((member) => member.role === "owner");
  allow(record.type !== "direct" || owners, "both are owners of a direct conversation");
}

function requireAddition({ previous, record: { changes }, author }: Attempt): void {
  allow(previous.type !== "direct", "a direct conversation stays one of two");
  allow(previous.type === "public-room" || author !== "member", "members of a private room cannot add");
  allow(changes.length > 0, "adds nobody");
  for (const change of changes) {
    allow(change.operation === "add" && change.role === "member", "newcomers are members");
    allow(!previous.banned.has(change.account), "banned");
  }
}

function requireRemoval({ previous, record, author, after }: Attempt): void {
  allow(record.changes.length > 0, "removes nobody");
  const bans = record.changes.some(({ operation }) => operation === "ban");
  for (const { operation, account } of record.changes) {
    allow(operation === "remove" || operation === "ban", "only removes");
    allow(previous.members.has(account), "removes a stranger");
  }
  if (!bans && isLeaving(record)) return;
  allow(previous.type !== "direct", "nobody is removed from a direct conversation");
  // The end of a room is the one removal that names its author.
  if (!bans && after.size === 0 && author === "owner") return;
  for (const { account } of record.changes) {
    allow(account !== record.author, "leaving is a record of its own");
    allow(outranks(author, actingRole(previous.members, account)), "cannot remove a peer");
  }
}

/** Bans of those who are not here; who is here is banned by a removal, which changes the key. */
function requireBans({ previous, record: { changes }, author }: Attempt): void {
  allow(previous.type !== "direct", "nobody is banned from a direct conversation");
  allow(author !== "member", "members ban nobody");
  allow(changes.length > 0, "bans nobody");
  for (const { operation, account } of changes) {
    allow(operation === "ban" || operation === "lift", "only bans");
    allow(!previous.members.has(account), "a member is removed to be banned");
  }
}

/** Any member rotates; the one change it may carry is the author's own renewed certificate. */
function requireRotation({ previous, record: { changes, author: account } }: Attempt): void {
  allow(changes.length <= 1, "changes more than the author's certificate");
  const listed = previous.members.get(account)?.role;
  for (const change of changes) {
    const own = change.operation === "update" && change.account === account && change.role === listed;
    allow(own, "changes more than the author's certificate");
  }
}

function requireRoles({ previous, record: { changes }, author, after }: Attempt): void {
  allow(previous.type !== "direct", "both stay owners of a direct conversation");
  allow(author === "owner", "only owners set roles");
  allow(changes.length > 0, "sets no role");
  for (const change of changes) {
    allow(change.operation === "update", "only sets roles");
    allow(keepsCertificate(previous.members, change), "a certificate is its owner's to renew");
  }
  allow(
    [...after.values()].some(({ role }) => role === "owner"),
    "somebody must stay owner",
  );
}

function requirePolicy({ record: { changes }, author }: Attempt): void {
  allow(author === "owner", "only owners set the policy");
  allow(changes.length === 0, "a policy changes no member");
}

/**
 * In the place of all who stand above the author, and of nobody else. That their accounts are gone, each of those who accept
 * it asks apart: no signature can say it.
 */
function requireSuccession({ previous: { members }, record: { changes, author }, after }: Attempt): void {
  const above = standingAbove(members, author);
  const fits = (change: MemberChange) =>
    change.account === author
      ? keepsCertificate(members, change)
      : change.operation === "remove" && above.includes(change.account);
  // Nobody stands above either of two. As many as there are, each of them fitting: all of them.
  allow(above.length > 0 && changes.length === above.length + 1, "not all who stand above");
  allow(changes.every(fits) && after.get(author)?.role === "owner", "not in their place");
}

function outranks(author: Role, target: Role | null): boolean {
  return author === "owner" || (author === "moderator" && target === "member");
}

function keepsCertificate(members: Members, change: MemberChange): boolean {
  const before = members.get(change.account);
  if (!before || change.operation !== "update") return false;
  return equalBytes(before.certificateHash, change.certificateHash);
}

function samePolicy(a: Policy, b: Policy): boolean {
  return equalBytes(encodePolicy(a), encodePolicy(b));
}

function allow(condition: unknown, otherwise: string): asserts condition {
  if (!condition) deny(otherwise);
}

function deny(reason: string): never {
  throw new CryptoError("not-allowed", reason);
}
