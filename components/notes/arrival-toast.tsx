"use client";

import { type ReactElement, useEffect, useState } from "react";
import { ConversationAvatar } from "@/components/conversation/conversation-avatar";
import { IconButton } from "@/components/ui/button";
import { useI18n } from "@/lib/client/hooks/i18n";
import type { Arrival, NotificationWords } from "@/lib/client/hooks/notifier";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";

const SHOWN_MS = 7_000;

/** Something came in another conversation than the one in sight: a quiet word, gone by itself. */
export function ArrivalToast(props: {
  arrival: Arrival;
  words: NotificationWords;
  onOpen: () => void;
  onClose: () => void;
}): ReactElement | null {
  const { arrival, words, onOpen, onClose } = props;
  const { t } = useI18n();
  const { id } = arrival.conversation;
  const conversation = useMessengerState(({ conversations }) => conversations?.find((one) => one.id === id));
  const [held, setHeld] = useState(false);
  // Read meanwhile, here or elsewhere, or gone.
  const over = !conversation || conversation.unread === 0;
  useEffect(() => {
    if (over) onClose();
    if (over || held) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [over, held, onClose]);
  if (over) return null;
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      className="fixed inset-x-3 top-3 z-40 mx-auto flex max-w-sm animate-rise items-center rounded-xl border border-line bg-raised p-1.5 shadow-lift md:start-auto md:mx-0 md:w-88"
    >
      <button
        type="button"
        onClick={onOpen}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        className="target flex min-w-0 flex-1 items-center gap-3 rounded-lg px-2 py-1.5 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ConversationAvatar conversation={conversation} className="size-9 text-sm" />
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-semibold text-sm">{words.title}</bdi>
          <span dir="auto" className="line-clamp-2 text-soft text-sm wrap-anywhere">
            {words.body}
          </span>
        </span>
      </button>
      <IconButton icon="close" label={t("notify.dismiss")} onClick={onClose} className="shrink-0" />
    </div>
  );
}
