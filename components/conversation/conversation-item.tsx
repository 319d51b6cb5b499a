"use client";

import { clsx } from "clsx";
import { memo, type ReactElement } from "react";
import { VerifiedMark } from "@/components/trust/verified-mark";
import { CountBadge } from "@/components/ui/badge";
import { Icon } from "@/components/ui/icons";
import { formatBrief } from "@/lib/client/hooks/day-format";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import { conversationHref } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useNotes, useSilent } from "@/lib/client/hooks/use-notes";
import type { Conversation, Message } from "@/lib/client/model";
import { ConversationAvatar } from "./conversation-avatar";
import { DeliveryMark } from "./delivery-mark";
import { previewText } from "./preview-text";

interface ConversationItemProps {
  conversation: Conversation;
  selected: boolean;
  today: number;
}

/** Memoised: the list draws again whenever any conversation changes. */
export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps): ReactElement {
  const { conversation, selected, today } = props;
  const { locale, t } = useI18n();
  const { peer, room, unread, newest, alert } = conversation;
  const name = conversationName(conversation, t);
  const { draft: kept } = useNotes(conversation.id);
  const draft = selected ? "" : (kept?.text.trim() ?? "");
  const silent = useSilent(conversation.id);
  return (
    <li>
      <a
        href={conversationHref(conversation.id)}
        aria-current={selected ? "page" : undefined}
        className={clsx(
          "flex items-center gap-3 rounded-xl px-2.5 py-2.5 transition-colors focus-visible:-outline-offset-2",
          selected ? "bg-tint" : "hover:bg-hover",
        )}
      >
        <ConversationAvatar conversation={conversation} className="size-11 text-base" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex items-baseline gap-2">
            <span className={clsx("cut flex-1", unread > 0 ? "font-semibold" : "font-medium")}>
              <bdi>{name}</bdi>
              {!alert && peer && <VerifiedMark id={peer.id} />}
            </span>
            {newest && (
              <span className={clsx("text-xs", unread > 0 ? "font-medium text-accent" : "text-soft")}>
                {formatBrief(newest.at, today, locale, t)}
              </span>
            )}
          </span>
          <span className="flex min-h-5.5 items-center gap-1.5">
            {alert && <Icon name="alert" className="size-4 text-danger" />}
            {room?.refused && <Icon name="lock" className="size-4 text-soft" />}
            {draft ? (
              <span className="min-w-0 flex-1 truncate text-sm text-soft">
                <span className="font-medium text-accent">{t("messenger.draft")}</span> <bdi>{draft}</bdi>
              </span>
            ) : (
              <Preview newest={newest} named={peer === null} strong={unread > 0} refused={room?.refused} />
            )}
            {silent && <SilentMark />}
            {unread > 0 && <CountBadge count={unread} label={t("messenger.unread", { count: unread })} />}
          </span>
        </span>
      </a>
    </li>
  );
});

function SilentMark(): ReactElement {
  const { t } = useI18n();
  return (
    <span className="inline-flex text-faint" title={t("notify.silent")}>
      <Icon name="bellOff" className="size-4" />
      <span className="sr-only">{t("notify.silent")}</span>
    </span>
  );
}

/** @param props.named whether it says who wrote */
function Preview(props: {
  newest: Message | null;
  named: boolean;
  strong: boolean;
  refused: boolean | undefined;
}): ReactElement {
  const { t } = useI18n();
  const { newest, named, strong } = props;
  const author = useMessengerState(({ people }) =>
    named && newest && !newest.mine ? people.get(newest.sender) : undefined,
  );
  const said = newest ? previewText(newest, t) : t(props.refused ? "messenger.refused" : "messenger.empty");
  const text = author ? t("timeline.said", { name: personName(author, t), text: said }) : said;
  return (
    <>
      {newest?.delivery && <DeliveryMark state={newest.delivery} />}
      <span
        className={clsx(
          "cut flex-1 text-sm",
          strong ? "text-ink" : "text-soft",
          newest?.body.kind !== "text" && "italic",
        )}
      >
        <bdi>{text}</bdi>
      </span>
    </>
  );
}
