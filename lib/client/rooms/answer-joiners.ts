import { equalBytes } from "../../base/bytes.ts";
import { toBase64url } from "../../base/encoding.ts";
import type { ConversationId } from "../../base/ids.ts";
import { CryptoError } from "../../crypto/errors.ts";
import { isInvited, verifyJoinRequest } from "../../crypto/join-request.ts";
import { actingRole } from "../../crypto/members.ts";
import { AppError } from "../../protocol/errors.ts";
import { joinRequestsAnswer } from "../../protocol/http/rooms.ts";
import type { JoinRequest } from "../../protocol/layout/join-request.ts";
import type { MemberChange } from "../../protocol/layout/member-change.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { appendRecord } from "../append-record.ts";
import { IdentityChangedError } from "../identities.ts";
import type { ConversationKeys } from "../key-book.ts";
import type { HeldProfile } from "../open-profile.ts";
import { newcomersAtOnce } from "./membership.ts";
import type { RoomParts } from "./write-profile.ts";

/** In a large room, most browsers find the requests answered when their moment comes. */
const LONGEST_WAIT_MS = 10_000;
const WAIT_A_MEMBER_MS = 20;
const DAY_MS = 86_400_000;
const LONGEST_REQUEST_MS = 30 * DAY_MS;

type Waiting = Awaited<ReturnType<typeof requestsOf>>[number];
type Verdict = { readonly change: MemberChange } | "refuse" | "ignore";

/** Rooms that are being answered from here, and whether something more was asked meanwhile. */
const answering = new WeakMap<object, Map<ConversationId, boolean>>();

/** Lets those in who ask rightly, if one may; several members' browsers do the same, and one of them is first. */
export async function answerJoiners(
  parts: RoomParts,
  room: ConversationId,
  isStopped: () => boolean,
): Promise<void> {
  const running = answering.get(parts.vault) ?? new Map<ConversationId, boolean>();
  answering.set(parts.vault, running);
  if (running.has(room)) {
    running.set(room, true);
    return;
  }
  try {
    do {
      running.set(room, false);
      await answerOnce(parts, room, isStopped);
    } while (running.get(room) && !isStopped());
  } finally {
    running.delete(room);
  }
}

async function answerOnce(parts: RoomParts, room: ConversationId, isStopped: () => boolean): Promise<void> {
  const { state } = await parts.book.require(room);
  if (!mayAdd(parts, state)) return;
  const wait = Math.random() * Math.min(LONGEST_WAIT_MS, WAIT_A_MEMBER_MS * state.members.size);
  await new Promise((resume) => setTimeout(resume, wait));
  if (isStopped()) return;
  // An invitation that was made or revoked a moment ago counts as it is now.
  if (state.type !== "public-room") parts.profiles.forget(room);
  const requests = await requestsOf(parts, room);
  const refused = new Set<Waiting>();
  const decide = async (keys: ConversationKeys) => {
    if (!mayAdd(parts, keys.state)) return null;
    const changes: MemberChange[] = [];
    const most = Math.min(newcomersAtOnce(keys), LIMITS.roomMembers - keys.state.members.size);
    for (const waiting of requests) {
      const verdict = await judge(parts, keys, waiting);
      if (verdict === "refuse") refused.add(waiting);
      else if (verdict !== "ignore" && changes.length < most) changes.push(verdict.change);
    }
    // Who comes back needs a new key for everybody, which somebody's new identity may hold up: nobody else waits for that.
    const first = changes.filter(({ account }) => keys.leftAt(account) === null);
    const some = first.length > 0 ? first : changes;
    return some.length > 0 ? ({ kind: "add", changes: some } as const) : null;
  };
  let added = false;
  try {
    while (await appendRecord(parts, room, decide)) added = true;
  } finally {
    for (const waiting of refused) await refuse(parts, room, waiting);
    if (added) await parts.reopen(room);
  }
}

/** What was judged, and nothing that the person has asked since. */
async function refuse(
  { api }: RoomParts,
  room: ConversationId,
  { account, request }: Waiting,
): Promise<void> {
  try {
    await api.send("DELETE", `/api/conversations/${room}/join-requests/${account}`, {
      request: toBase64url(request),
    });
  } catch (error) {
    // Another member's browser was faster, or its person asks no longer.
    if (!(error instanceof AppError) || error.code !== "not-found") throw error;
  }
}

async function requestsOf({ api }: RoomParts, room: ConversationId) {
  return (await api.get(`/api/conversations/${room}/join-requests`, joinRequestsAnswer)).requests;
}

function mayAdd({ vault }: RoomParts, { type, members }: ConversationKeys["state"]): boolean {
  const role = actingRole(members, vault.account);
  return role !== null && (type === "public-room" || role !== "member");
}

/** A forged request is passed over; one whose invitation is over is ended, so that its person need not wait. */
async function judge(
  parts: RoomParts,
  { state, leftAt }: ConversationKeys,
  waiting: Waiting,
): Promise<Verdict> {
  const { identities, platform } = parts;
  const { conversation, members, banned, type } = state;
  const { account } = waiting;
  if (members.has(account) || banned.has(account)) return "ignore";
  try {
    const request = await verifyJoinRequest(waiting.request, { conversation, account }, (whose, hash) =>
      identities.findSigningKey(whose, hash),
    );
    const age = platform.now() - request.time;
    if (age > LONGEST_REQUEST_MS || age < -DAY_MS) return "ignore";
    const { newestCertificateHash } = await identities.require(account);
    if (!equalBytes(newestCertificateHash, request.certificateHash)) return "ignore";
    // What was asked before somebody left or was removed was answered then; a server could say it again.
    if (request.time <= (leftAt(account) ?? 0)) return "refuse";
    if (type !== "public-room") {
      const profile = await parts.profiles.require(conversation);
      // What the invitations are is not known here, until somebody who knows writes it under the present key.
      if (!profile?.isCurrent) return "ignore";
      if (!(await hasInvitation(profile, request, platform.now()))) return "refuse";
    }
    const { certificateHash } = request;
    return { change: { operation: "add", account, role: "member", certificateHash } };
  } catch (error) {
    if (error instanceof CryptoError || error instanceof IdentityChangedError) return "ignore";
    throw error;
  }
}

async function hasInvitation(
  { content: { invitations } }: HeldProfile,
  request: JoinRequest,
  now: number,
): Promise<boolean> {
  const named = invitations.find(({ id }) => id === request.invited?.invitation);
  return named !== undefined && named.expiresAt > now && isInvited(request, named.secret);
}
