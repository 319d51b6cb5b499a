"use client";

import { clsx } from "clsx";
import { memo, type ReactElement, useState } from "react";
import type { DrawWords } from "@/components/markdown/draw-words";
import { isEmojiOnly } from "@/components/markdown/emoji-only";
import { Markdown } from "@/components/markdown/markdown";
import { Icon } from "@/components/ui/icons";
import { useI18n } from "@/lib/client/hooks/i18n";
import { formatClock, formatExact } from "@/lib/client/hooks/time-format";
import { useIsBlocked } from "@/lib/client/hooks/use-is-blocked";
import type { Message, Person } from "@/lib/client/model";
import { Author } from "./author";
import { DeliveryMark } from "./delivery-mark";
import { useSaying } from "./saying/use-saying";

interface MessageRowProps {
  message: Message;
  senderName: string;
  /** Who wrote, where that is not said by the place alone. */
  author?: Person | undefined;
  opens: boolean;
  closes: boolean;
  onRetry: (message: Message) => void;
  onDiscard: (message: Message) => void;
}

/** Memoised: a new message must not draw the others again. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps): ReactElement {
  const { message, opens, author } = props;
  const saying = useSaying();
  const [shown, setShown] = useState(false);
  const folded = useIsBlocked(message.sender) && author !== undefined && !shown;
  return (
    <li
      // Reached by the arrow keys (saying/use-row-keys.ts).
      tabIndex={-1}
      data-message={message.id}
      className={clsx(
        "group/row relative flex flex-col px-3 pointer-coarse:select-none focus-visible:-outline-offset-2 sm:px-5",
        opens ? "pt-3" : "pt-0.5",
        message.mine ? "items-end" : "items-start",
        author && "ps-13! sm:ps-15!",
      )}
    >
      {author && opens && <Author author={author} />}
      {folded ? (
        <Folded onShow={() => setShown(true)} />
      ) : (
        <>
          <Bubble {...props} />
          {saying && <saying.Around message={message} />}
        </>
      )}
      {saying && message.delivery === "failed" && <saying.FailedActions {...props} />}
    </li>
  );
});

/** In a room, in place of what somebody wrote whom one does not want to hear of. */
function Folded({ onShow }: { onShow: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <p className="flex items-center gap-2 px-1 text-faint text-sm italic">
      {t("blocked.message")}
      <button type="button" onClick={onShow} className="target px-1 text-accent not-italic hover:underline">
        {t("blocked.show")}
      </button>
    </p>
  );
}

function Bubble({ message, senderName, opens, closes }: MessageRowProps): ReactElement {
  const saying = useSaying();
  const hasFiles = message.body.kind === "text" && message.body.files.length > 0;
  const large = message.body.kind === "text" && isEmojiOnly(message.body.text);
  return (
    <div
      className={clsx(
        "flex max-w-[min(72ch,86%)] flex-wrap items-end justify-end gap-x-2.5 rounded-2xl px-3.5 py-2",
        message.mine ? "bg-tint" : "bg-bubble",
        large && "bg-transparent px-1!",
        message.mentionsMe && "ring-1 ring-accent",
        // As wide as the quote or the poll: the time stands below, not in a column of its own.
        (message.reply || message.body.kind === "poll" || hasFiles) && "flex-col",
        message.mine && !opens && "rounded-se-md",
        message.mine && !closes && "rounded-ee-md",
        !message.mine && !opens && "rounded-ss-md",
        !message.mine && !closes && "rounded-es-md",
      )}
    >
      <span className="sr-only">{senderName}:</span>
      <div className={clsx("min-w-0 max-w-full grow", large && "text-[2.5rem] leading-tight")}>
        {saying ? (
          <saying.Said message={message} senderName={senderName}>
            <MessageText message={message} words={saying.drawWords} />
          </saying.Said>
        ) : (
          <MessageText message={message} />
        )}
      </div>
      <MessageMeta message={message} />
    </div>
  );
}

function MessageText(props: { message: Message; words?: DrawWords | undefined }): ReactElement | null {
  const { t } = useI18n();
  const { message, words } = props;
  if (message.body.kind === "text")
    return message.body.text ? <Markdown text={message.body.text} words={words} /> : null;
  // Deleted ones stand in a row of their own; a poll comes with what is said about messages.
  if (message.body.kind !== "unreadable") return null;
  return (
    <p className="flex gap-2 text-soft italic">
      <Icon name={message.body.reason === "waiting-for-key" ? "clock" : "lock"} className="mt-1 size-4" />
      {t(`unreadable.${message.body.reason}`)}
    </p>
  );
}

function MessageMeta({ message }: { message: Message }): ReactElement {
  const { locale } = useI18n();
  const saying = useSaying();
  return (
    <span
      className={clsx(
        "inline-flex translate-y-0.5 items-center gap-1 text-2xs tabular-nums",
        message.mine ? "text-soft" : "text-faint",
      )}
    >
      {saying && <saying.PinnedMark message={message} />}
      {saying && <saying.EditedMark message={message} />}
      <time dateTime={new Date(message.at).toISOString()} title={formatExact(message.at, locale)}>
        {formatClock(message.at, locale)}
      </time>
      {message.delivery && <DeliveryMark state={message.delivery} />}
    </span>
  );
}
