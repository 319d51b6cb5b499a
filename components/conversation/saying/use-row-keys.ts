"use client";

import { type RefObject, useCallback, useEffect } from "react";
import { useMessenger } from "@/lib/client/hooks/use-messenger";
import type { Message } from "@/lib/client/model";
import { type ActionName, actionsFor } from "./actions";
import { useTalk } from "./talk";
import { useActions } from "./use-actions";

const ROW = "[data-message]";
const PANE = "section[tabindex]";
/** Single letters, for as long as the focus is on a message. */
const LETTERS: Readonly<Record<string, ActionName>> = { r: "reply", e: "edit", t: "inThread", c: "copy" };

/** The message that a row shows; undefined once it is gone. */
export function useMessageOfRow(): (row: Element | null) => Message | undefined {
  const messenger = useMessenger();
  const { id } = useTalk().conversation;
  return useCallback(
    (row) => {
      const wanted = row?.getAttribute("data-message");
      const messages = messenger.getState().timelines.get(id)?.messages;
      return wanted ? messages?.find((message) => message.id === wanted) : undefined;
    },
    [messenger, id],
  );
}

/** The last row that can be seen in a pane that scrolls. */
function lastVisible(rows: readonly HTMLElement[], pane: Element): HTMLElement | undefined {
  const { bottom } = pane.getBoundingClientRect();
  return rows.findLast((row) => row.getBoundingClientRect().top < bottom) ?? rows.at(-1);
}

/**
 * Arrow keys lead from the messages' pane to a message, and from one to the next, and with Alt from what is being
 * written; Enter or the menu key opens what can be done with it, Escape leads back to the composer.
 */
export function useRowKeys(root: RefObject<HTMLElement | null>): void {
  const messageOf = useMessageOfRow();
  const run = useActions();
  const { conversation, root: thread, ask } = useTalk();
  useEffect(() => {
    const area = root.current;
    if (!area) return;
    const pressed = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      const rows = [...area.querySelectorAll<HTMLElement>(ROW)];
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!target.matches(ROW)) {
        const pane = area.querySelector(PANE);
        // Only from the pane itself: a field has its own arrows.
        const leads = event.altKey ? step === -1 && target.matches("textarea") : step && target === pane;
        if (!leads || !pane) return;
        event.preventDefault();
        lastVisible(rows, pane)?.focus();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const message = messageOf(target);
      const letter = LETTERS[event.key];
      if (step) rows[rows.indexOf(target) + step]?.focus();
      else if (event.key === "Escape") area.querySelector("textarea")?.focus();
      else if (!message || message.seq === null) return;
      else if (
        event.key === "Enter" ||
        event.key === "ContextMenu" ||
        (event.shiftKey && event.key === "F10")
      ) {
        ask({ what: "actions", message, from: target });
      } else if (letter && actionsFor(message, conversation, thread !== null).includes(letter)) {
        run(letter, message, target);
      } else return;
      event.preventDefault();
    };
    area.addEventListener("keydown", pressed);
    return () => area.removeEventListener("keydown", pressed);
  });
}
