"use client";

import { clsx } from "clsx";
import type { ReactElement } from "react";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import { useTalk } from "./talk";
import { useNames } from "./use-names";
import { useReact } from "./use-say";

const CHIP =
  "inline-flex h-7 items-center gap-1 rounded-full border px-2 text-sm tabular-nums disabled:cursor-default pointer-coarse:h-9 pointer-coarse:px-2.5";

/** One chip for each emoji; a press adds one's own or takes it back. */
export function Reactions({ message }: { message: Message }): ReactElement {
  const { t } = useSayingTexts();
  const { listOf } = useNames();
  const { conversation, ask } = useTalk();
  const react = useReact();
  const me = useMessengerState((state) => state.me)?.id;
  return (
    <ul
      aria-label={t("saying.reactions")}
      className={clsx("flex max-w-[min(72ch,86%)] flex-wrap gap-1 pt-1", message.mine && "justify-end")}
    >
      {message.reactions.map(({ emoji, people }) => {
        const mine = me !== undefined && people.includes(me);
        const who = listOf(people);
        return (
          <li key={emoji}>
            <button
              type="button"
              disabled={!conversation.canSend}
              aria-pressed={mine}
              aria-label={t("saying.reacted", { emoji, who })}
              title={who}
              onClick={() => react(message, emoji)}
              className={clsx(
                CHIP,
                mine ? "border-accent bg-tint text-accent" : "border-line bg-raised text-soft",
              )}
            >
              <span className="text-base leading-none">{emoji}</span>
              {people.length}
            </button>
          </li>
        );
      })}
      {conversation.canSend && (
        <li>
          <button
            type="button"
            aria-label={t("saying.react")}
            title={t("saying.react")}
            onClick={(event) => ask({ what: "react", message, from: event.currentTarget })}
            className={clsx(CHIP, "border-line bg-raised text-faint hover:text-ink")}
          >
            <Icon name="smilePlus" className="size-4.5" />
          </button>
        </li>
      )}
    </ul>
  );
}
