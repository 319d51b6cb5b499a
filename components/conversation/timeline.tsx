"use client";

import { type ReactElement, useCallback, useEffect, useMemo, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import { useConversationPart } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { usePageActive } from "@/lib/client/hooks/use-page-active";
import { useToday } from "@/lib/client/hooks/use-today";
import type { Conversation, Message, Person, Timeline as TimelineState } from "@/lib/client/model";
import { MessageRow } from "./message-row";
import { useSaying } from "./saying/use-saying";
import { DaySeparator, DeletedRow, LineRow, UnreadSeparator } from "./separators";
import { keepPlace, keptPlace, type TimelinePlace } from "./timeline-place";
import { timelineRows } from "./timeline-rows";
import { TimelineStart } from "./timeline-start";
import { useNearEdge } from "./use-near-edge";
import { useShownMessage } from "./use-shown-message";
import { useTimelineScroll } from "./use-timeline-scroll";

interface TimelineProps {
  conversation: Conversation;
  timeline: TimelineState;
  me: Person;
}

/** What stays visible above the unread line when a conversation opens on it. */
const ABOVE_UNREAD = 96;

/** Where it was left, but never past what came since; else on the line above what is unread, or at the end. */
function beginning(
  { id, unread }: Conversation,
  { unreadAfter }: TimelineState,
): { begin: TimelinePlace; unreadAfter: number | null; readUpTo: number } {
  const kept = keptPlace(id) ?? "end";
  const readUpTo = unreadAfter;
  if (unread === 0) return { begin: kept, unreadAfter: null, readUpTo };
  const onLine = { key: "unread", seq: unreadAfter + 1, offset: ABOVE_UNREAD };
  return { begin: kept === "end" ? onLine : kept, unreadAfter, readUpTo };
}

/** The messages of one conversation; mounted anew for each, and only once they are loaded. */
export function Timeline({ conversation, timeline, me }: TimelineProps): ReactElement {
  const { t } = useI18n();
  const toast = useToast();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const saying = useSaying();
  const today = useToday();
  const { id, unread } = conversation;
  const inRoom = conversation.room !== null;
  const name = conversationName(conversation, t);
  const { hasNewer } = timeline;
  // Answers in threads stand in their threads.
  const messages = useMemo(() => timeline.messages.filter(({ thread }) => !thread), [timeline.messages]);
  const [{ begin, unreadAfter, readUpTo }] = useState(() => beginning(conversation, timeline));
  const { lines } = timeline;
  const rows = useMemo(() => timelineRows(messages, unreadAfter, lines), [messages, unreadAfter, lines]);
  const scroll = useTimelineScroll(rows, hasNewer, () => begin);
  const { pane, list, range, atEnd, place, goTo } = scroll;
  useEffect(() => () => keepPlace(id, place.current), [id, place]);

  // A failure to load is in the timeline's state; nothing else to do with the rejection.
  const loadOlder = useCallback(() => void messenger.loadOlder(id).catch(() => undefined), [messenger, id]);
  const loadNewer = useCallback(() => void messenger.loadNewer(id).catch(() => undefined), [messenger, id]);
  const wantsOlder = timeline.hasOlder && timeline.older === "idle";
  const wantsNewer = hasNewer && timeline.newer === "idle";
  const top = useNearEdge(pane, "above", wantsOlder, messages[0]?.id, loadOlder);
  const bottom = useNearEdge(pane, "below", wantsNewer, messages.at(-1)?.id, loadNewer);

  const complain = useCallback((error: unknown) => toast(errorText(error)), [toast, errorText]);
  useShownMessage(id, pane, goTo, complain);
  const retry = useCallback(
    (message: Message) => void messenger.retry(id, message.id).catch(complain),
    [messenger, id, complain],
  );
  const discard = useCallback(
    (message: Message) => void messenger.discard(id, message.id).catch(complain),
    [messenger, id, complain],
  );

  const active = usePageActive();
  const seen = active && atEnd;
  const details = useConversationPart("details");
  const thread = useConversationPart("t");
  // biome-ignore lint/correctness/useExhaustiveDependencies: one may be counted before it is loaded; the last two stand in front in a narrow window.
  useEffect(() => {
    if (!seen || unread === 0) return;
    if (pane.current?.checkVisibility({ visibilityProperty: true })) messenger.markRead(id);
  }, [seen, unread, messages, messenger, id, pane, details, thread]);

  const people = useMessengerState((state) => state.people);
  const nameOf = ({ sender, mine }: Message): string => {
    if (mine) return me.displayName;
    const person = people.get(sender) ?? conversation.peer;
    return person ? personName(person, t) : t("people.unknown");
  };
  const heard = messages.findLast((message) => !message.mine);

  const jump = (): void => {
    messenger.toNewest(id);
    goTo("end");
  };

  return (
    <>
      <div className="relative min-h-0 flex-1">
        <section
          ref={pane}
          onScroll={scroll.onScroll}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
          aria-label={t(inRoom ? "timeline.roomRegion" : "timeline.region", { name })}
          className="relative h-full overflow-y-auto overflow-x-hidden overscroll-contain [overflow-anchor:none] focus-visible:-outline-offset-2"
        >
          <div className="mx-auto flex min-h-full max-w-3xl flex-col justify-end pb-4">
            <div ref={top} />
            <TimelineStart timeline={timeline} conversation={conversation} onRetry={loadOlder} />
            <ol ref={list} style={{ paddingTop: scroll.above, paddingBottom: scroll.below }}>
              {rows.slice(range.start, range.end).map((row) => {
                if (row.kind === "day") return <DaySeparator key={row.key} at={row.at} today={today} />;
                if (row.kind === "deleted") return <DeletedRow key={row.key} count={row.count} by={row.by} />;
                if (row.kind === "unread") return <UnreadSeparator key={row.key} />;
                if (row.kind === "line") return <LineRow key={row.key} line={row.line} />;
                return (
                  <MessageRow
                    key={row.key}
                    message={row.message}
                    senderName={nameOf(row.message)}
                    author={inRoom && !row.message.mine ? people.get(row.message.sender) : undefined}
                    opens={row.opens}
                    closes={row.closes}
                    onRetry={retry}
                    onDiscard={discard}
                  />
                );
              })}
            </ol>
            {saying && <saying.TimelineEnd timeline={timeline} onRetry={loadNewer} />}
            <div ref={bottom} />
          </div>
        </section>
        {saying && !atEnd && (
          <saying.JumpButton pane={pane} timeline={timeline} unread={unread} onJump={jump} />
        )}
        {saying && <saying.IncomingAnnouncer messages={messages} name={heard ? nameOf(heard) : name} />}
      </div>
      {saying && <saying.ThreadNews id={id} messages={timeline.messages} after={readUpTo} />}
    </>
  );
}
