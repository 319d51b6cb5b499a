"use client";

import { clsx } from "clsx";
import type { ReactElement, ReactNode } from "react";
import { ConversationAvatar } from "@/components/conversation/conversation-avatar";
import { RoomTile } from "@/components/conversation/room-tile";
import { VerifiedMark } from "@/components/trust/verified-mark";
import { Avatar } from "@/components/ui/avatar";
import { CountBadge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import type { Option } from "./options";

const AVATAR = "size-8 text-xs";

/** One thing to choose; the field holds the focus. */
export function OptionRow(props: {
  id: string;
  option: Option;
  active: boolean;
  busy: boolean;
  onChoose: () => void;
}): ReactElement {
  const { id, option, active, busy, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox holds the focus.
    <div
      id={id}
      role="option"
      aria-selected={active}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={clsx(
        "target flex cursor-pointer items-center gap-3 rounded-lg px-2.5 py-1.5 hover:bg-hover",
        active && "bg-tint hover:bg-tint",
        busy && "opacity-60",
      )}
    >
      <Shown option={option} />
    </div>
  );
}

function Shown({ option }: { option: Option }): ReactElement {
  const { t } = useI18n();
  switch (option.kind) {
    case "conversation": {
      const { conversation } = option;
      const { peer, room, unread } = conversation;
      return (
        <>
          <ConversationAvatar conversation={conversation} className={AVATAR} />
          <Words
            name={conversationName(conversation, t)}
            mark={peer && <VerifiedMark id={peer.id} />}
            about={peer?.name ?? (room && t("room.members", { count: room.memberCount }))}
          />
          {unread > 0 && <CountBadge count={unread} label={t("messenger.unread", { count: unread })} />}
        </>
      );
    }
    case "person":
      return (
        <>
          <Avatar person={option.person} className={AVATAR} />
          <Words
            name={personName(option.person, t)}
            mark={<VerifiedMark id={option.person.id} />}
            about={option.person.name}
          />
        </>
      );
    case "room": {
      const { id, name, memberCount, standing } = option.room;
      const about =
        standing === "waiting" ? t("switcher.waiting") : t("room.members", { count: memberCount });
      return (
        <>
          <RoomTile room={{ id, kind: "public-room", name }} className={AVATAR} />
          <Words name={standing === "waiting" ? name : t("switcher.join", { name })} about={about} />
        </>
      );
    }
    case "command":
      return (
        <>
          <Icon name={option.command.icon} className="m-1.5 size-5 text-soft" />
          <Words name={option.command.label} />
        </>
      );
  }
}

function Words(props: { name: string; mark?: ReactNode; about?: string | null | undefined }): ReactElement {
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-2">
      <span className="cut font-medium">
        <bdi>{props.name}</bdi>
        {props.mark}
      </span>
      {props.about && (
        <span className="min-w-0 shrink-[2] truncate text-soft text-xs">
          <bdi>{props.about}</bdi>
        </span>
      )}
    </span>
  );
}
