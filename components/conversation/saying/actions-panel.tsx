"use client";

import { clsx } from "clsx";
import type { KeyboardEvent, ReactElement } from "react";
import { Icon, type IconName } from "@/components/ui/icons";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useNotes } from "@/lib/client/hooks/use-notes";
import type { Message } from "@/lib/client/model";
import { type ActionName, actionsFor } from "./actions";
import { Panel } from "./panel";
import { useTalk } from "./talk";
import { useActions } from "./use-actions";
import { useFavourites } from "./use-favourites";
import { useNames } from "./use-names";
import { useReact } from "./use-say";

const ICONS: Readonly<Record<ActionName, IconName>> = {
  reply: "reply",
  inThread: "thread",
  react: "smile",
  edit: "pencil",
  copy: "copy",
  forward: "forward",
  pin: "pin",
  unpin: "pin",
  star: "star",
  unstar: "star",
  details: "info",
  report: "flag",
  block: "block",
  delete: "trash",
};

/** Arrow keys move through what can be pressed, as in a menu. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("button:not(:disabled)")];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
}

/** Everything that can be done with a message: six emoji at once, and a list. */
export function ActionsPanel(props: { message: Message; from: HTMLElement | null }): ReactElement {
  const { message, from } = props;
  const { t } = useSayingTexts();
  const { nameOf } = useNames();
  const { conversation, root, ask } = useTalk();
  const run = useActions();
  const starred = useNotes(conversation.id).stars.some(({ id }) => id === message.id);
  const offered = actionsFor(message, conversation, root !== null, starred);
  return (
    <Panel
      title={t(message.mine ? "saying.actionsOwn" : "saying.actions", { name: nameOf(message.sender) })}
      from={from}
      onClose={() => ask(null)}
      onKeyDown={moveByArrows}
      className="sm:min-w-60"
    >
      <div className="flex min-h-0 flex-col overflow-y-auto p-1.5">
        {offered.includes("react") && <QuickReactions message={message} from={from} />}
        {offered
          .filter((name) => name !== "react")
          .map((name) => (
            <button
              key={name}
              type="button"
              onClick={() => run(name, message, from)}
              className={clsx(
                "target flex items-center gap-3 rounded-md px-2.5 py-1 text-start hover:bg-hover focus-visible:-outline-offset-2",
                name === "delete" && "text-danger",
              )}
            >
              <Icon name={ICONS[name]} className="size-4.5" />
              <span className="min-w-0 truncate">
                {t(`saying.${name}`, { name: nameOf(message.sender) })}
              </span>
            </button>
          ))}
      </div>
    </Panel>
  );
}

/** @param from where the full choice opens */
export function QuickReactions(props: { message: Message; from: HTMLElement | null }): ReactElement {
  const { message, from } = props;
  const { t } = useSayingTexts();
  const { ask } = useTalk();
  const react = useReact();
  const me = useMessengerState((state) => state.me)?.id;
  const favourites = useFavourites();
  return (
    <div className="mb-1 flex justify-between gap-0.5 border-line border-b pb-1.5 max-sm:px-2">
      {favourites.map((emoji) => {
        const mine = message.reactions.some((one) => one.emoji === emoji && me && one.people.includes(me));
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={mine}
            aria-label={t("saying.reactWith", { emoji })}
            onClick={() => {
              react(message, emoji);
              ask(null);
            }}
            className={clsx(
              "inline-flex size-9 items-center justify-center rounded-lg text-xl hover:bg-hover pointer-coarse:size-11 pointer-coarse:text-2xl",
              mine && "bg-tint",
            )}
          >
            {emoji}
          </button>
        );
      })}
      <button
        type="button"
        aria-label={t("saying.reactMore")}
        title={t("saying.reactMore")}
        onClick={() => ask({ what: "react", message, from })}
        className="inline-flex size-9 items-center justify-center rounded-lg text-soft hover:bg-hover pointer-coarse:size-11"
      >
        <Icon name="smilePlus" />
      </button>
    </div>
  );
}
