"use client";

import type { ReactElement } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import type { Conversation, Timeline } from "@/lib/client/model";
import { ConversationAvatar } from "./conversation-avatar";

const BEGINNINGS = {
  direct: "timeline.beginning",
  "private-room": "timeline.beginningPrivate",
  "public-room": "timeline.beginningPublic",
} as const;

/** What stands above the oldest message: the beginning, or older ones on their way. */
export function TimelineStart(props: {
  timeline: Timeline;
  conversation: Conversation;
  onRetry: () => void;
}): ReactElement {
  const { t } = useI18n();
  const { timeline, conversation, onRetry } = props;
  const name = conversationName(conversation, t);
  if (timeline.older === "failed") {
    return (
      <div className="flex flex-wrap items-center gap-2 px-5 pt-5">
        <Notice tone="danger" className="flex-1">
          {t("timeline.olderFailed")}
        </Notice>
        <Button tone="secondary" icon="retry" onClick={onRetry}>
          {t("common.retry")}
        </Button>
      </div>
    );
  }
  if (timeline.hasOlder) {
    return (
      <div className="flex flex-col gap-2 px-5 pt-5">
        <Skeleton className="h-10 w-2/5 rounded-2xl" />
        <Skeleton className="h-10 w-3/5 self-end rounded-2xl" />
      </div>
    );
  }
  return (
    <div className="mt-auto flex flex-col items-center gap-2 px-5 pt-10 pb-3 text-center">
      <ConversationAvatar conversation={conversation} className="size-16 text-xl" />
      <p dir="auto" className="font-serif text-xl wrap-anywhere">
        {name}
      </p>
      {!conversation.peer?.deleted && (
        <p className="flex items-start gap-1.5 text-soft text-sm">
          <Icon name="lock" className="mt-0.5 size-4" />
          {t(BEGINNINGS[conversation.kind], { name })}
        </p>
      )}
      {timeline.messages.length === 0 && conversation.canSend && (
        <p className="text-faint text-sm">{t("timeline.emptyTitle")}</p>
      )}
    </div>
  );
}
