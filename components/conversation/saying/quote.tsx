"use client";

import type { MouseEvent, ReactElement } from "react";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { openMessageRoute } from "@/lib/client/hooks/use-conversation-route";
import { useIsBlocked } from "@/lib/client/hooks/use-is-blocked";
import type { Message } from "@/lib/client/model";
import type { Quote } from "@/lib/client/model-messages";
import { pointAt } from "../point-at";
import { previewText } from "../preview-text";
import { useTalk } from "./talk";
import { useNames } from "./use-names";

/** Whose words these are, and their beginning. */
export function QuotedWords({ message }: { message: Pick<Message, "sender" | "body"> }): ReactElement {
  const { t } = useSayingTexts();
  const { nameOf } = useNames();
  const blocked = useIsBlocked(message.sender);
  return (
    <>
      <span className="block truncate font-semibold">
        <bdi>{nameOf(message.sender)}</bdi>
      </span>
      <span dir="auto" className="line-clamp-2 text-soft wrap-anywhere">
        {blocked ? t("blocked.message") : previewText(message, t)}
      </span>
    </>
  );
}

/** What a message answers; a press leads there, also to what is not loaded. */
export function QuoteLink({ quote }: { quote: Quote }): ReactElement {
  const { t } = useSayingTexts();
  const { conversation, root } = useTalk();
  const show = ({ currentTarget }: MouseEvent): void => {
    // What a thread holds stands above in its own pane.
    const row = root && currentTarget.closest("ol")?.querySelector(`[data-message="${quote.ref.id}"]`);
    row?.scrollIntoView({ block: "center" });
    if (row) pointAt(row);
    else openMessageRoute(conversation.id, quote.ref.seq);
  };
  return (
    <button
      type="button"
      title={t("saying.toQuoted")}
      onClick={show}
      className="my-1 block w-full min-w-0 rounded-md border-accent border-s-3 bg-ink/5 px-2.5 py-1 text-start text-sm hover:bg-ink/8"
    >
      {quote.message ? (
        <QuotedWords message={quote.message} />
      ) : (
        <span className="text-soft italic">{t("saying.quoteAway")}</span>
      )}
    </button>
  );
}
