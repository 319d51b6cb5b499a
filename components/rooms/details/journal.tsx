"use client";

import { type ReactElement, useCallback, useMemo } from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import type { AccountId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { formatTime } from "@/lib/client/hooks/time-format";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import { journalSentence } from "./journal-sentence";
import { useOpenRoom } from "./use-open-room";

/** What owners and moderators did, newest first. */
export function Journal(): ReactElement {
  const { t, locale } = useI18n();
  const rooms = useRooms();
  const { id, details } = useOpenRoom();
  const people = useMessengerState((state) => state.people);
  const load = useCallback(() => rooms.journal(id), [rooms, id]);
  const { value: events, error, reload } = useLoaded(load);
  const nameOf = useMemo(() => {
    const known = new Map(people);
    for (const { person } of details.members) known.set(person.id, person);
    for (const person of details.banned) known.set(person.id, person);
    return (account: AccountId): string => {
      const person = known.get(account);
      return person ? personName(person, t) : t("people.unknown");
    };
  }, [people, details, t]);
  if (!events) {
    return (
      <div className="p-5">
        {error === null ? <PanelSkeleton /> : <PanelFailed error={error} onRetry={reload} />}
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4 px-4 py-5">
      <p className="text-pretty text-soft text-sm">{t("roomJournal.intro")}</p>
      {events.length === 0 && <p className="text-faint">{t("roomJournal.none")}</p>}
      <ol className="flex flex-col divide-y divide-line">
        {events.map((event, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events may be alike to the millisecond.
          <li key={`${event.at}-${place}`} className="py-2.5">
            <p className="text-sm wrap-anywhere">{journalSentence(event, nameOf, locale, t)}</p>
            <time dateTime={new Date(event.at).toISOString()} className="text-faint text-xs">
              {formatTime(event.at, locale, "moment")}
            </time>
          </li>
        ))}
      </ol>
    </div>
  );
}
