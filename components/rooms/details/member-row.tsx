"use client";

import type { ReactElement } from "react";
import { PersonAvatar } from "@/components/presence/person-avatar";
import { VerifiedMark } from "@/components/trust/verified-mark";
import { useI18n } from "@/lib/client/hooks/i18n";
import { personName } from "@/lib/client/hooks/person-name";
import { formatTime } from "@/lib/client/hooks/time-format";
import type { RoomMember } from "@/lib/client/model-rooms";
import { MemberMenu } from "./member-menu";
import { useOpenRoom } from "./use-open-room";

/** All rows are as high as this, in pixels: the long list counts on it. */
export const MEMBER_ROW = 56;

export function MemberRow({ member }: { member: RoomMember }): ReactElement {
  const { t, locale } = useI18n();
  const { me } = useOpenRoom();
  const { person, role, mutedUntil } = member;
  const muted = mutedUntil !== null && mutedUntil > Date.now();
  return (
    <div className="flex h-14 items-center gap-3 rounded-lg px-2">
      <PersonAvatar person={person} className="size-9 text-sm" />
      <div className="min-w-0 flex-1">
        <p className="cut font-medium leading-snug">
          <bdi>{personName(person, t)}</bdi>
          <VerifiedMark id={person.id} />
        </p>
        <p className="truncate text-faint text-xs leading-snug">
          {person.id === me.id ? t("members.you") : person.name}
          {person.status && (
            <>
              {" · "}
              <bdi>{person.status}</bdi>
            </>
          )}
          {muted && ` · ${t("members.muted", { time: formatTime(mutedUntil, locale, "moment") })}`}
        </p>
      </div>
      {role !== "member" && (
        <span className="rounded-full border border-line px-2 py-0.5 text-2xs text-soft">
          {t(`role.${role}`)}
        </span>
      )}
      <MemberMenu member={member} />
    </div>
  );
}
