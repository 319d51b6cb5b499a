"use client";

import { clsx } from "clsx";
import { type ReactElement, useId } from "react";
import { Icon } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import type { MessageBody } from "@/lib/client/model-messages";
import { useTalk } from "./talk";
import { refOf, useSay } from "./use-say";

export type PollBody = Extract<MessageBody, { kind: "poll" }>;

/** The choices after one was pressed: pressed again, it is taken back. */
export function choicesAfter(chosen: readonly number[], pressed: number, multiple: boolean): number[] {
  if (chosen.includes(pressed)) return chosen.filter((choice) => choice !== pressed);
  return multiple ? [...chosen, pressed].sort((a, b) => a - b) : [pressed];
}

/** A question with its answers as bars. Buttons, not radios: arrow keys would send a vote at every step. */
export function Poll({ message, poll }: { message: Message; poll: PollBody }): ReactElement {
  const { t } = useSayingTexts();
  const id = useId();
  const { conversation, ask } = useTalk();
  const say = useSay();
  const me = useMessengerState((state) => state.me)?.id;
  const target = refOf(message);
  const chosen = poll.options.flatMap(({ people }, i) => (me && people.includes(me) ? [i] : []));
  const press = (choice: number): void => {
    if (target) say({ type: "vote", target, choices: choicesAfter(chosen, choice, poll.multiple) });
  };
  return (
    <div className="flex w-[min(26rem,72vw)] max-w-full flex-col gap-1.5 py-0.5">
      <p id={id} dir="auto" className="font-semibold text-base wrap-anywhere">
        {poll.question}
      </p>
      <p className="text-soft text-xs">{t(poll.multiple ? "poll.several" : "poll.one")}</p>
      <ul aria-labelledby={id} className="flex flex-col gap-1.5">
        {poll.options.map(({ text, people }, i) => {
          const mine = chosen.includes(i);
          const share = poll.voters === 0 ? 0 : (people.length / poll.voters) * 100;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: options are known by their position.
            <li key={i}>
              <button
                type="button"
                aria-pressed={mine}
                disabled={!conversation.canSend || !target}
                onClick={() => press(i)}
                className={clsx(
                  "target relative isolate flex w-full items-center gap-2 overflow-hidden rounded-lg border bg-raised px-3 py-1.5 text-start",
                  mine ? "border-accent" : "border-line hover:border-edge",
                )}
              >
                <span
                  aria-hidden="true"
                  style={{ inlineSize: `${share}%` }}
                  className="absolute inset-y-0 start-0 -z-10 bg-tint-deep transition-[inline-size]"
                />
                <span className="flex size-4.5 shrink-0 items-center justify-center">
                  {mine && <Icon name="check" className="size-4.5 text-accent" />}
                </span>
                <span dir="auto" className="min-w-0 flex-1 wrap-anywhere">
                  {text}
                </span>
                <span className="text-soft text-sm tabular-nums">
                  <span aria-hidden="true">{people.length}</span>
                  <span className="sr-only">{t("poll.votes", { count: people.length })}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        onClick={(event) => ask({ what: "voters", message, from: event.currentTarget })}
        className="target self-start rounded-lg px-1 text-accent text-sm hover:underline"
      >
        {t("poll.voters", { count: poll.voters })}
      </button>
    </div>
  );
}
