import type { AccountId, ConversationId } from "../../base/ids.ts";
import { recordHash } from "../../crypto/chain.ts";
import { isLeaving } from "../../crypto/chain-rules.ts";
import { recordsAnswer } from "../../protocol/http/conversations.ts";
import { moderationAnswer } from "../../protocol/http/rooms.ts";
import type { Policy } from "../../protocol/layout/policy.ts";
import { type ConversationRecord, parseRecord } from "../../protocol/layout/record.ts";
import type { RoomEvent } from "../model-rooms.ts";
import { namePeople } from "../name-people.ts";
import type { RoomParts } from "./write-profile.ts";

type Event = RoomEvent["event"];

/** What moderators and owners did: by the signed records, and for what these do not say, by the server's word. */
export async function roomJournal(parts: RoomParts, room: ConversationId): Promise<RoomEvent[]> {
  const { api, book } = parts;
  const [{ records }, { events }] = await Promise.all([
    api.get(`/api/conversations/${room}/records`, recordsAnswer),
    api.get(`/api/conversations/${room}/moderation`, moderationAnswer),
  ]);
  const { findState } = await book.require(room);
  const told: RoomEvent[] = [];
  let policy: Policy | null = null;
  for (const bytes of records) {
    // Accepted here, or not told.
    if (!findState(await recordHash(bytes))) continue;
    const record = parseRecord(bytes);
    const { author, time: at } = record;
    told.push(...eventsOf(record, policy).map((event) => ({ at, author, event })));
    policy = record.policy;
  }
  for (const { at, author, kind, account, until = null } of events) {
    if (kind === "profile") told.push({ at, author, event: { kind: "renamed" } });
    else if (kind === "erased") told.push({ at, author, event: { kind: "deleted-message" } });
    else if (kind === "report") told.push({ at, author, event: { kind: "decided-report" } });
    else if (account) told.push({ at, author, event: { kind: "muted", person: account, until } });
  }
  void namePeople(
    parts,
    told.flatMap(({ author, event }) => [author, ...peopleIn(event)]),
  );
  return told.sort((a, b) => b.at - a.at);
}

function peopleIn(event: Event): readonly AccountId[] {
  if ("people" in event) return event.people;
  return "person" in event ? [event.person] : [];
}

function eventsOf(record: ConversationRecord, before: Policy | null): readonly Event[] {
  const { changes, kind } = record;
  const who = (operation: string) =>
    changes.filter((change) => change.operation === operation).map(({ account }) => account);
  switch (kind) {
    case "create":
      return [{ kind: "created" }];
    case "add":
      return [{ kind: "added", people: who("add") }];
    case "remove":
      if (isLeaving(record)) return [{ kind: "left" }];
      return some([
        { kind: "removed", people: who("remove") },
        { kind: "banned", people: who("ban") },
      ]);
    case "bans":
      return some([
        { kind: "banned", people: who("ban") },
        { kind: "lifted", people: who("lift") },
      ]);
    case "rotate":
      return [{ kind: "new-key" }];
    case "roles":
      return changes.flatMap((change) =>
        change.operation === "update" ? [{ kind: "role", person: change.account, role: change.role }] : [],
      );
    case "succession":
      return [{ kind: "taken-over" }];
    case "policy":
      return [policyEvent(record.policy, before)];
  }
}

function policyEvent(policy: Policy, before: Policy | null): Event {
  const isOver = policy.posting === "nobody";
  if (isOver !== (before?.posting === "nobody")) return { kind: isOver ? "archived" : "reopened" };
  return { kind: "policy", policy };
}

function some(events: readonly Extract<Event, { people: unknown }>[]): readonly Event[] {
  return events.filter(({ people }) => people.length > 0);
}
