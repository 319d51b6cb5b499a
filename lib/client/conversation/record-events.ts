import type { AccountId } from "../../base/ids.ts";
import { isLeaving } from "../../crypto/chain-rules.ts";
import type { Policy } from "../../protocol/layout/policy.ts";
import type { ToldRecord } from "../key-book.ts";
import type { LineEvent } from "../model-lines.ts";

/** What a record means to people. @param before the policy until then; null for a first record */
export function eventsOf(record: ToldRecord, before: Policy | null): readonly LineEvent[] {
  const { author, changes, kind, policy, type } = record;
  const who = (operation: string) =>
    changes.filter((change) => change.operation === operation).map(({ account }) => account);
  switch (kind) {
    case "create": {
      const others = who("add").filter((account) => account !== author);
      return [{ kind: "created", type }, ...(type === "direct" ? [] : named("added", others))];
    }
    case "add":
      // Into a public room people come by themselves: some member's browser signs it.
      return named(type === "public-room" ? "joined" : "added", who("add"));
    case "remove":
      if (isLeaving(record)) return named("left", who("remove"));
      return [...named("removed", who("remove")), ...named("banned", who("ban"))];
    case "bans":
      return named("banned", who("ban"));
    case "roles":
      return changes.flatMap((change) =>
        change.operation === "update"
          ? [{ kind: "role", role: change.role, people: [change.account] } as const]
          : [],
      );
    case "policy":
      return before ? policyEvents(policy, before) : [];
    case "succession":
      return [{ kind: "taken-over", gone: who("remove") }];
    case "rotate":
      return [];
  }
}

function named(
  kind: "added" | "joined" | "left" | "removed" | "banned",
  people: readonly AccountId[],
): readonly LineEvent[] {
  return people.length > 0 ? [{ kind, people }] : [];
}

function policyEvents(policy: Policy, before: Policy): readonly LineEvent[] {
  const { posting, slowSeconds, retentionSeconds, history } = policy;
  const events: LineEvent[] = [];
  if (posting !== before.posting) {
    if (posting === "nobody") events.push({ kind: "archived" });
    else if (before.posting === "nobody") events.push({ kind: "reopened" });
    else events.push({ kind: "posting", posting });
  }
  if (slowSeconds !== before.slowSeconds) events.push({ kind: "slow", seconds: slowSeconds });
  if (retentionSeconds !== before.retentionSeconds)
    events.push({ kind: "retention", seconds: retentionSeconds });
  if (history !== before.history) events.push({ kind: "history", history });
  return events;
}
