"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Icon, type IconName } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { formatClock } from "@/lib/client/hooks/time-format";
import { openThreadRoute } from "@/lib/client/hooks/use-conversation-route";
import { useNotes } from "@/lib/client/hooks/use-notes";
import type { Message } from "@/lib/client/model";
import { actionsFor } from "./actions";
import { Reactions } from "./reactions";
import { RefusedRemarks } from "./refused-remarks";
import { useTalk } from "./talk";

/** What stands around a message's bubble: reactions and the way to its thread below, what one can do above. */
export function Around({ message }: { message: Message }): ReactElement {
  return (
    <>
      {message.reactions.length > 0 && <Reactions message={message} />}
      <ThreadLink message={message} />
      <StarMark message={message} />
      {message.refused.length > 0 && <RefusedRemarks message={message} />}
      {message.seq !== null && <Toolbar message={message} />}
    </>
  );
}

function StarMark({ message }: { message: Message }): ReactElement | null {
  const { t } = useSayingTexts();
  const { conversation } = useTalk();
  const { stars } = useNotes(conversation.id);
  if (!stars.some(({ id }) => id === message.id)) return null;
  return (
    <span className="inline-flex items-center gap-1 px-1 pt-0.5 text-faint text-xs">
      <Icon name="star" className="size-3.5 text-warn" />
      {t("saying.starred")}
    </span>
  );
}

function ThreadLink({ message }: { message: Message }): ReactElement | null {
  const { locale, t } = useSayingTexts();
  const { conversation, root } = useTalk();
  const { replies, seq } = message;
  if (!replies || seq === null || root) return null;
  return (
    <button
      type="button"
      onClick={() => openThreadRoute(conversation.id, seq)}
      className="target flex items-center gap-1.5 rounded-lg px-2 font-medium text-accent text-sm hover:bg-hover"
    >
      <Icon name="thread" className="size-4" />
      {t("saying.replies", { count: replies.count })}
      <time className="font-normal text-faint text-xs tabular-nums">
        {formatClock(replies.lastAt, locale)}
      </time>
    </button>
  );
}

/**
 * Quiet: seen when the pointer or the focus is on the row. Always there for screen readers, and never a stop of
 * the Tab key, which would have three for each message.
 */
function Toolbar({ message }: { message: Message }): ReactElement {
  const { t } = useSayingTexts();
  const { conversation, root, ask, compose, asked } = useTalk();
  const offered = actionsFor(message, conversation, root !== null);
  const busy = asked?.message?.id === message.id && asked.what !== "delete";
  return (
    <div
      className={clsx(
        "absolute -top-5 z-10 flex rounded-lg border border-line bg-raised p-px shadow-lift",
        "group-focus-within/row:opacity-100 group-hover/row:pointer-events-auto group-hover/row:opacity-100 pointer-coarse:sr-only",
        !busy && "pointer-events-none opacity-0",
        message.mine ? "end-6" : "start-6",
      )}
    >
      {offered.includes("react") && (
        <Tool
          icon="smile"
          label={t("saying.react")}
          onPress={(from) => ask({ what: "react", message, from })}
        />
      )}
      {offered.includes("reply") && (
        <Tool icon="reply" label={t("saying.reply")} onPress={() => compose({ kind: "reply", message })} />
      )}
      <Tool
        icon="more"
        label={t("saying.more")}
        onPress={(from) => ask({ what: "actions", message, from })}
      />
    </div>
  );
}

function Tool(props: { icon: IconName; label: string; onPress: (from: HTMLElement) => void }): ReactElement {
  return (
    <button
      type="button"
      tabIndex={-1}
      title={props.label}
      aria-label={props.label}
      onClick={(event) => props.onPress(event.currentTarget)}
      className="inline-flex size-8 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink"
    >
      <Icon name={props.icon} className="size-4.5" />
    </button>
  );
}
