"use client";

import { type ReactElement, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { startOfDay } from "@/lib/client/hooks/day-format";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import { useToday } from "@/lib/client/hooks/use-today";
import type { Conversation, Message, Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";
import { useNames } from "./use-names";

/** In a large room nobody is told how far the others are: it is asked for, this often. */
const ASK_MS = 5_000;
/** Shown at first, and more with each press. */
const SHOWN = 50;

/** Somebody who has got as far as the message; `exact` if the message was the last step to where they are. */
interface Receipt {
  readonly person: Person["id"];
  readonly at: number | null;
  readonly exact: boolean;
}

/** Who has read a message, and whom it has only reached, each with when. Current while it is open. */
export function useReceipts(
  conversation: Conversation,
  message: Message,
): { read: readonly Receipt[]; delivered: readonly Receipt[] } {
  const messenger = useMessenger();
  const { id, room } = conversation;
  const isAsked = (room?.memberCount ?? 0) > LIMITS.receiptMembers;
  useEffect(() => {
    const ask = () => void messenger.refreshPositions(id).catch(() => undefined);
    ask();
    if (!isAsked) return;
    const timer = setInterval(ask, ASK_MS);
    return () => clearInterval(timer);
  }, [messenger, id, isAsked]);

  const seq = message.seq ?? Number.POSITIVE_INFINITY;
  const read: Receipt[] = [];
  const delivered: Receipt[] = [];
  for (const [person, place] of messenger.positions(id)) {
    if (person === message.sender) continue;
    if (place.read >= seq) read.push({ person, at: place.readAt, exact: place.read === seq });
    else if (place.delivered >= seq)
      delivered.push({ person, at: place.deliveredAt, exact: place.delivered === seq });
  }
  const latestFirst = (a: Receipt, b: Receipt) => (b.at ?? 0) - (a.at ?? 0);
  return { read: read.sort(latestFirst), delivered: delivered.sort(latestFirst) };
}

export function ReceiptList({ receipts }: { receipts: readonly Receipt[] }): ReactElement {
  const { locale, t } = useSayingTexts();
  const { nameOf } = useNames();
  const today = useToday();
  const [shown, setShown] = useState(SHOWN);
  const left = receipts.length - shown;
  return (
    <>
      <ul>
        {receipts.slice(0, shown).map(({ person, at, exact }) => {
          const style = at !== null && startOfDay(at) === today ? "clock" : "moment";
          const time = at === null ? "" : formatTime(at, locale, style);
          return (
            <li key={person} className="flex items-baseline justify-between gap-3">
              <bdi className="min-w-0">{nameOf(person)}</bdi>
              <span className="shrink-0 text-faint text-sm tabular-nums">
                {exact || !time ? time : t("details.before", { time })}
              </span>
            </li>
          );
        })}
      </ul>
      {left > 0 && (
        <Button tone="quiet" onClick={() => setShown(shown + SHOWN * 2)}>
          {t("details.more", { count: left })}
        </Button>
      )}
    </>
  );
}
