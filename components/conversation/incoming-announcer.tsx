"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import { previewText } from "./preview-text";

function newestIncoming(messages: readonly Message[]): Message | undefined {
  return messages.findLast((message) => !message.mine && message.seq !== null);
}

/** Reads out what arrives while the conversation is open; older pages and what was there at first stay silent. */
export function IncomingAnnouncer(props: { messages: readonly Message[]; name: string }): ReactElement {
  const { t } = useI18n();
  const { messages, name } = props;
  const heard = useRef(newestIncoming(messages)?.seq ?? 0);
  const [said, setSaid] = useState<{ readonly seq: number; readonly text: string } | null>(null);
  const blocked = useMessengerState((state) => state.settings.blocked);
  useEffect(() => {
    const fresh = messages.filter(
      ({ mine, seq, sender }) => !mine && (seq ?? 0) > heard.current && !blocked.includes(sender),
    );
    const newest = fresh.at(-1);
    if (!newest) return;
    heard.current = newest.seq ?? heard.current;
    const text = previewText(newest, t);
    setSaid({
      seq: heard.current,
      text:
        fresh.length === 1 ? t("timeline.said", { name, text }) : t("timeline.new", { count: fresh.length }),
    });
  }, [messages, name, t, blocked]);
  return (
    <div aria-live="polite" className="sr-only">
      {/* One element for each: the same words once more would be no change. */}
      {said && <p key={said.seq}>{said.text}</p>}
    </div>
  );
}
