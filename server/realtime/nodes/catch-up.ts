import { setImmediate } from "node:timers/promises";
import type { AccountId, ConversationId, SessionId } from "../../../lib/base/ids.ts";
import { shared } from "../../../lib/base/shared.ts";
import { isTombstone } from "../../../lib/protocol/layout/envelope.ts";
import { toAppError } from "../../http/problem.ts";
import type { OtherNodes, Standing } from "../../services/other-nodes.ts";
import type { ServerEvent } from "../../services/publish.ts";
import { conversationOf } from "../conversation-of.ts";
import { NOWHERE } from "./packet.ts";

/** Of one conversation that were delivered before one in front of them. */
const MOST_AHEAD = 500;
/** People: sockets are read in between. */
const TOLD_AT_ONCE = 1_000;

interface Known {
  /** Up to here everything was delivered to the sockets here. */
  seq: number;
  /** Delivered beyond that. */
  readonly ahead: Set<number>;
  recordNumber: number;
  /** Null until it was asked for. */
  profileRevision: number | null;
  closed: boolean;
  archived: boolean;
  /** The look before which it was learnt. */
  since: number;
}

export type Heads = readonly Pick<Standing, "id" | "recordNumber" | "lastSeq" | "closed" | "archived">[];

/**
 * Tells the sockets here from the database what no other node told: where each conversation of the people here stands is
 * compared with what was delivered. Telling something twice is harmless, since clients know messages by their places.
 */
export function createCatchUp(deps: {
  readonly otherNodes: Pick<OtherNodes, "standings" | "audience" | "missed" | "ended">;
  readonly hub: { accounts(): AccountId[]; sessions(): SessionId[] };
  readonly deliver: (event: ServerEvent) => void;
}) {
  const { otherNodes, hub, deliver } = deps;
  const known = new Map<ConversationId, Known>();
  let looks = 0;

  function advance(one: Known, seq: number): void {
    if (seq === one.seq + 1) jump(one, seq);
    else if (seq > one.seq && one.ahead.size < MOST_AHEAD) one.ahead.add(seq);
  }

  /** Up to there, and over what was delivered from there on. */
  function jump(one: Known, seq: number): void {
    one.seq = Math.max(one.seq, seq);
    for (const place of one.ahead) if (place <= one.seq) one.ahead.delete(place);
    while (one.ahead.delete(one.seq + 1)) one.seq += 1;
  }

  async function tellMissed({ id, lastSeq }: Standing, one: Known, after: number): Promise<void> {
    const { seats, messages } = await otherNodes.missed(id, after, lastSeq);
    let told = 0;
    for (const message of messages) {
      // Whoever comes to one that was deleted fetches what is missing.
      if (isTombstone(message.envelope)) continue;
      const members = [...seats].flatMap(([account, seat]) =>
        seat.visibleFrom <= message.seq ? [account] : [],
      );
      deliver({ type: "message", members, message, origin: NOWHERE });
      told += members.length;
      if (told < TOLD_AT_ONCE) continue;
      await setImmediate();
      told = 0;
    }
    jump(one, Math.max(lastSeq, messages.at(-1)?.seq ?? 0));
  }

  async function compare(standing: Standing): Promise<void> {
    const { id: conversation, recordNumber, lastSeq, profileRevision, closed, archived } = standing;
    const before = known.get(conversation);
    // Begun or joined since its people came: of its messages the newest says that there are others.
    const one =
      before ?? learn(conversation, { recordNumber: 0, lastSeq: Math.max(lastSeq - 1, 0), closed, archived });
    if (recordNumber > one.recordNumber || closed !== one.closed) {
      const members = await otherNodes.audience(conversation);
      deliver(
        closed
          ? { type: "closed", members, conversation }
          : { type: "record", members, conversation, number: recordNumber },
      );
    }
    if (lastSeq > one.seq) await tellMissed(standing, one, one.seq);
    if (one.profileRevision !== null && profileRevision > one.profileRevision) {
      const members = await otherNodes.audience(conversation);
      deliver({ type: "profile", members, conversation, revision: profileRevision });
    }
    if (archived !== one.archived) {
      const members = await otherNodes.audience(conversation);
      deliver({ type: "archived", members, conversation, archived });
    }
    Object.assign(one, {
      recordNumber: Math.max(recordNumber, one.recordNumber),
      profileRevision,
      closed,
      archived,
    });
  }

  function learn(conversation: ConversationId, { lastSeq: seq, ...head }: Omit<Heads[number], "id">): Known {
    const one = { ...head, seq, profileRevision: null, ahead: new Set<number>(), since: looks };
    known.set(conversation, one);
    return one;
  }

  async function lookNow(): Promise<void> {
    looks += 1;
    // First, and whatever becomes of the rest: who was signed out is to hear nothing more.
    for (const session of await otherNodes.ended(hub.sessions())) deliver({ type: "session-ended", session });
    const standings = await otherNodes.standings(hub.accounts());
    const here = new Set(standings.map(({ id }) => id));
    const failures: unknown[] = [];
    for (const standing of standings)
      await compare(standing).catch((error) => {
        // Where nobody answers any more, each of the others would be waited for.
        if (toAppError(error).code === "unavailable") throw error;
        failures.push(error);
      });
    // Nobody of it is here any more. What was learnt while the database was asked, it did not know of.
    for (const [id, { since }] of known) if (!here.has(id) && since < looks) known.delete(id);
    // What failed is looked at again.
    if (failures.length > 0) throw failures[0];
  }

  return {
    /** What somebody's `ready` said: from there on it counts what is delivered. */
    greeted(heads: Heads): void {
      for (const { id, ...head } of heads) {
        const one = known.get(id);
        if (one) one.since = looks;
        else learn(id, head);
      }
    },

    /** What was delivered to the sockets here, wherever it came from. */
    heard(event: ServerEvent): void {
      if (event.type === "message") {
        const conversation = conversationOf(event.message.envelope);
        const one = conversation && known.get(conversation);
        if (one) advance(one, event.message.seq);
        return;
      }
      const one = "conversation" in event && known.get(event.conversation);
      if (!one) return;
      if (event.type === "archived") one.archived = event.archived;
      if (event.type === "record") one.recordNumber = Math.max(one.recordNumber, event.number);
      if (event.type === "profile") one.profileRevision = Math.max(one.profileRevision ?? 0, event.revision);
    },

    /** One question for where everything stands, one for sessions, and one for each conversation that moved. */
    look: shared(lookNow),
  };
}
