"use client";

import { type ReactElement, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { SidePane } from "@/components/messenger/side-pane";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { closeConversationPart } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Conversation, Message } from "@/lib/client/model";
import { ComposerField } from "../composer";
import { IncomingAnnouncer } from "../incoming-announcer";
import { MessageRow } from "../message-row";
import { DeletedRow } from "../separators";
import { TimelineSkeleton } from "../timeline-skeleton";
import { findThread, type Thread } from "./find-thread";
import { Layer } from "./layer";
import { TalkProvider, useTalk } from "./talk";
import { useNames } from "./use-names";

/** One message and what was answered to it aside. Must be keyed by its number. */
export function ThreadPane({ conversation, seq }: { conversation: Conversation; seq: number }): ReactElement {
  const { t } = useSayingTexts();
  const messenger = useMessenger();
  const { id } = conversation;
  const timeline = useMessengerState((state) => state.timelines.get(id));
  const ready = timeline?.state === "ready";
  const known = useRef<Thread | null>(null);
  if (timeline) known.current = findThread(timeline.messages, seq, known.current);
  // All that there is begins after it: it went with the time for which messages are kept.
  const over =
    ready && !timeline.hasOlder && timeline.messages.every((message) => (message.seq ?? seq + 1) > seq);
  const thread = over ? null : known.current;
  const reveal = useCallback(async () => {
    if (ready) await messenger.reveal(id, seq);
    return ready;
  }, [messenger, id, seq, ready]);
  const loaded = useLoaded(reveal);
  const close = useCallback(() => closeConversationPart(id), [id]);
  return (
    <SidePane
      as="aside"
      title={t("thread.title")}
      about={conversationName(conversation, t)}
      closeLabel={t("thread.close")}
      onClose={close}
    >
      {thread ? (
        <TalkProvider conversation={conversation} root={thread.root}>
          <Messages conversation={conversation} {...thread} />
        </TalkProvider>
      ) : over || loaded.error !== null || loaded.value ? (
        <Notice tone="danger" className="m-5">
          {t("thread.gone")}
        </Notice>
      ) : (
        <TimelineSkeleton />
      )}
    </SidePane>
  );
}

/** Words that are not sent stay with their thread while the page lives, as its files do. */
const drafts = new Map<Message["id"], string>();

function useThreadDraft({ id }: Message): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.get(id) ?? "");
  const keep = (next: string): void => {
    drafts.set(id, next);
    setText(next);
  };
  return [text, keep];
}

function Messages({ conversation, root, answers }: Thread & { conversation: Conversation }): ReactElement {
  const { t } = useSayingTexts();
  const { nameOf } = useNames();
  const area = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLElement>(null);
  const [draft, setDraft] = useThreadDraft(root);
  const heard = answers.findLast(({ mine }) => !mine);
  const newest = answers.at(-1)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is shown.
  useLayoutEffect(() => {
    pane.current?.scrollTo({ top: pane.current.scrollHeight });
  }, [newest]);
  useEffect(() => {
    // A phone's keyboard would cover what the person came to read.
    if (!matchMedia("(pointer: coarse)").matches) area.current?.querySelector("textarea")?.focus();
  }, []);
  return (
    <>
      <div ref={area} className="contents">
        <section
          ref={pane}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
          aria-label={t("thread.messages")}
          className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden overscroll-contain pb-4 focus-visible:-outline-offset-2"
        >
          <ol>
            <Row message={root} />
            <li className="flex items-center gap-3 px-5 pt-4 text-faint text-xs">
              {t("saying.replies", { count: answers.length })}
              <span aria-hidden="true" className="h-px flex-1 bg-line" />
            </li>
            {answers.map((message) => (
              <Row key={message.id} message={message} />
            ))}
          </ol>
        </section>
        <IncomingAnnouncer messages={answers} name={heard ? nameOf(heard.sender) : ""} />
        {conversation.canSend && (
          <ComposerField
            conversation={conversation}
            draft={draft}
            setDraft={setDraft}
            label={t("saying.inThread")}
          />
        )}
      </div>
      <Layer root={area} />
    </>
  );
}

function Row({ message }: { message: Message }): ReactElement {
  const messenger = useMessenger();
  const toast = useToast();
  const errorText = useErrorText();
  const { nameOf } = useNames();
  const { body, sender } = message;
  const conversation = useTalk().conversation.id;
  const retry = useCallback(
    (failed: Message) =>
      void messenger.retry(conversation, failed.id).catch((error: unknown) => toast(errorText(error))),
    [messenger, conversation, toast, errorText],
  );
  const discard = useCallback(
    (failed: Message) =>
      void messenger.discard(conversation, failed.id).catch((error: unknown) => toast(errorText(error))),
    [messenger, conversation, toast, errorText],
  );
  if (body.kind === "deleted") return <DeletedRow count={1} by={body.by} />;
  return (
    <>
      {!message.mine && (
        <li aria-hidden="true" className="truncate px-5 pt-3 font-semibold text-sm">
          <bdi>{nameOf(sender)}</bdi>
        </li>
      )}
      <MessageRow
        message={message}
        senderName={nameOf(sender)}
        opens={message.mine}
        closes
        onRetry={retry}
        onDiscard={discard}
      />
    </>
  );
}
