import { equalBytes } from "../base/bytes.ts";
import type { Member, MemberChange, Role } from "../protocol/layout/member-change.ts";
import { encodePolicy, type Policy } from "../protocol/layout/policy.ts";
import type { RecordBody, RecordKind } from "../protocol/layout/record.ts";
import type { ChainState } from "./chain-state.ts";
import { CryptoError } from "./errors.ts";
import type { Members } from "./members.ts";

/**
 * Who may do what (docs/protocol.md §4.3), judged on the members *before* the record. Pure: the server and
 * every member run the same rules. Each function throws CryptoError `not-allowed`.
 */
export function requireAllowed(previous: ChainState | null, record: RecordBody, after: Members): void {
  if (!previous) {
    requireCreation(record, after);
    return;
  }
  const author = previous.members.get(record.author);
  allow(author, "the author is not a member");
  allow(
    record.kind === "policy" || samePolicy(record.policy, previous.policy),
    "only `policy` changes the policy",
  );
  allow(after.size === 0 || hasOwner(after), "somebody must stay owner");
  const requireKind = KIND_RULES[record.kind];
  requireKind(previous, record, author);
}

type KindRule = (previous: ChainState, record: RecordBody, author: Member) => void;

const KIND_RULES: Readonly<Record<RecordKind, KindRule>> = {
  create: () => deny("already created"),
  add: requireAddition,
  remove: requireRemoval,
  rotate: requireRotation,
  roles: requireRoles,
  policy: requirePolicy,
};

/** Whether this record is its author's leaving, which keeps the key: the next sender rotates. */
export function isLeaving(record: Pick<RecordBody, "kind" | "changes" | "author">): boolean {
  return record.kind === "remove" && record.changes.every(({ account }) => account === record.author);
}

function requireCreation(record: RecordBody, after: Members): void {
  allow(record.kind === "create", "a chain starts with `create`");
  allow(after.get(record.author)?.role === "owner", "the author must be an owner");
  const owners = [...after.values()].every((member) => member.role === "owner");
  allow(record.type !== "direct" || owners, "both are owners of a direct conversation");
}

function requireAddition(previous: ChainState, { changes }: RecordBody, author: Member): void {
  allow(previous.type !== "direct", "a direct conversation stays one of two");
  allow(previous.type === "public-room" || author.role !== "member", "members of a private room cannot add");
  allow(changes.length > 0, "adds nobody");
  for (const change of changes)
    allow(change.operation === "add" && change.role === "member", "newcomers are members");
}

function requireRemoval(previous: ChainState, record: RecordBody, author: Member): void {
  allow(record.changes.length > 0, "removes nobody");
  for (const change of record.changes) allow(change.operation === "remove", "only removes");
  if (isLeaving(record)) return;
  allow(previous.type !== "direct", "nobody is removed from a direct conversation");
  for (const { account } of record.changes) {
    allow(account !== record.author, "leaving is a record of its own");
    allow(outranks(author.role, previous.members.get(account)?.role), "cannot remove a peer");
  }
}

/** Any member rotates; the one change it may carry is the author's own renewed certificate. */
function requireRotation(_: ChainState, { changes, author: account }: RecordBody, author: Member): void {
  allow(changes.length <= 1, "changes more than the author's certificate");
  for (const change of changes) {
    const own = change.operation === "update" && change.account === account && change.role === author.role;
    allow(own, "changes more than the author's certificate");
  }
}

function requireRoles(previous: ChainState, { changes }: RecordBody, author: Member): void {
  allow(previous.type !== "direct", "both stay owners of a direct conversation");
  allow(author.role === "owner", "only owners set roles");
  allow(changes.length > 0, "sets no role");
  for (const change of changes) {
    allow(change.operation === "update", "only sets roles");
    allow(keepsCertificate(previous.members, change), "a certificate is its owner's to renew");
  }
}

function requirePolicy(_: ChainState, { changes }: RecordBody, author: Member): void {
  allow(author.role === "owner", "only owners set the policy");
  allow(changes.length === 0, "a policy changes no member");
}

function outranks(author: Role, target: Role | undefined): boolean {
  return author === "owner" || (author === "moderator" && target === "member");
}

function hasOwner(members: Members): boolean {
  return [...members.values()].some((member) => member.role === "owner");
}

function keepsCertificate(members: Members, change: MemberChange): boolean {
  const before = members.get(change.account);
  if (!before || change.operation === "remove") return false;
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
