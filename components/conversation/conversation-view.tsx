"use client";

import { clsx } from "clsx";
import { type ReactElement, Suspense, useCallback, useEffect, useRef } from "react";
import { hasMarks } from "@/components/markdown/has-marks";
import { useParserSettled } from "@/components/markdown/use-parser";
import { BEHIND_CLASS, BESIDE_CLASS } from "@/components/messenger/shell-layout";
import { WritingLine } from "@/components/presence/writing-line";
import { Button } from "@/components/ui/button";
import { lateView } from "@/components/ui/late-view";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useThreadRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation, Message } from "@/lib/client/model";
import { Composer } from "./composer";
import { ConversationHeader } from "./conversation-header";
import { TalkProvider } from "./saying/talk";
import { fetchSaying, useSaying } from "./saying/use-saying";
import { Timeline } from "./timeline";
import { TimelineSkeleton } from "./timeline-skeleton";

const ComposerClosed = lateView(
  async () => (await import("@/components/rooms/composer-closed")).ComposerClosed,
);
const ThreadPane = lateView(async () => (await import("./saying/thread-pane")).ThreadPane);
const OwnerlessRoom = lateView(async () => (await import("@/components/rooms/ownerless-room")).OwnerlessRoom);
const SlowMode = lateView(async () => (await import("@/components/rooms/slow-mode")).SlowMode);

/** One open conversation, and beside it (on a phone in its place) a thread of it. Must be keyed by its id. */
export function ConversationView({ conversation }: { conversation: Conversation }): ReactElement {
  const { locale } = useI18n();
  const saying = useSaying();
  const thread = useThreadRoute();
  useEffect(() => fetchSaying(locale), [locale]);
  return (
    <div className="flex min-h-0 flex-1">
      <div className={clsx("flex min-h-0 min-w-0 flex-1 flex-col", thread !== null && BEHIND_CLASS)}>
        <TalkProvider conversation={conversation}>
          <MainPane conversation={conversation} />
        </TalkProvider>
      </div>
      {saying && thread !== null && !conversation.room?.refused && (
        <Suspense fallback={<div className={BESIDE_CLASS} />}>
          <ThreadPane key={thread} conversation={conversation} seq={thread} />
        </Suspense>
      )}
    </div>
  );
}

function MainPane({ conversation }: { conversation: Conversation }): ReactElement {
  const { t } = useI18n();
  const saying = useSaying();
  const root = useRef<HTMLDivElement>(null);
  const { id, peer, room, canSend, alertPerson } = conversation;
  const changed =
    useMessengerState(({ people }) => (alertPerson ? people.get(alertPerson) : undefined)) ?? peer;
  // What is wrong with a conversation does not matter any more once nobody can write there.
  const gone = peer?.deleted ?? false;
  const alert = gone ? null : conversation.alert;
  return (
    <>
      <ConversationHeader conversation={conversation} alerted={alert !== null} />
      {room && room.pins.length > 0 && (saying ? <saying.PinBar room={room} /> : <div className="h-11" />)}
      {alert && alert !== "living-owner" && (
        <div className="mx-auto w-full max-w-3xl px-3 pt-3 sm:px-5">
          {saying && alert === "identity-changed" && changed ? (
            <saying.IdentityChanged peer={changed} inRoom={peer === null} />
          ) : (
            <Notice tone={canSend ? "warn" : "danger"}>
              {t(`alert.${alert}`, { name: conversationName(conversation, t) })}
            </Notice>
          )}
        </div>
      )}
      {(room?.offered || alert === "living-owner") && (
        <Suspense>
          <OwnerlessRoom conversation={conversation} />
        </Suspense>
      )}
      {gone && (
        <div className="mx-auto w-full max-w-3xl px-3 pt-3 sm:px-5">
          <Notice>{t("timeline.closed")}</Notice>
        </div>
      )}
      <div ref={root} className="contents">
        {!room?.refused && <OpenTimeline key={id} conversation={conversation} />}
        {!gone && <WritingLine id={id} />}
        {gone ? (
          saying && <saying.ScheduledBar conversation={conversation} onEdit={undefined} />
        ) : (
          <Writing conversation={conversation} />
        )}
      </div>
      {saying && <saying.Layer root={root} />}
    </>
  );
}

/** Where one writes, or why one cannot. */
function Writing({ conversation }: { conversation: Conversation }): ReactElement {
  const { id, room, canSend, blocked, mutedUntil } = conversation;
  const saying = useSaying();
  if (blocked || mutedUntil !== null || (room && !canSend)) {
    return (
      <>
        {saying && <saying.ScheduledBar conversation={conversation} onEdit={undefined} />}
        <Suspense fallback={<div className="min-h-15" />}>
          <ComposerClosed conversation={conversation} />
        </Suspense>
      </>
    );
  }
  const slow = room?.role === "member" ? room.slowSeconds : 0;
  return (
    <>
      {slow > 0 && (
        <Suspense fallback={<div className="min-h-6" />}>
          <SlowMode id={id} seconds={slow} />
        </Suspense>
      )}
      <Composer key={`${id}-composer`} conversation={conversation} />
    </>
  );
}

function OpenTimeline({ conversation }: { conversation: Conversation }): ReactElement {
  const { t } = useI18n();
  const messenger = useMessenger();
  const { id } = conversation;
  const timeline = useMessengerState((state) => state.timelines.get(id));
  const me = useMessengerState((state) => state.me);
  // A failure to load is in the timeline's state.
  const open = useCallback(() => void messenger.openConversation(id).catch(() => undefined), [messenger, id]);
  useEffect(open, [open]);
  const settled = useParserSettled(timeline?.messages.some(isMarked) ?? false);

  if (timeline?.state === "failed") {
    return (
      <div className="flex flex-1 flex-col items-center justify-center gap-4 p-5">
        <Notice tone="danger">{t("timeline.failed")}</Notice>
        <Button tone="secondary" icon="retry" onClick={open}>
          {t("common.retry")}
        </Button>
      </div>
    );
  }
  if (timeline?.state !== "ready" || !me || !settled) return <TimelineSkeleton />;
  return <Timeline conversation={conversation} timeline={timeline} me={me} />;
}

function isMarked({ body }: Message): boolean {
  return body.kind === "text" && hasMarks(body.text);
}
