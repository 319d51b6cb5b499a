"use client";

import { type KeyboardEvent, type RefObject, useEffect, useId, useMemo, useState } from "react";
import { useToast } from "@/components/ui/toast";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { completionsOf, needsWords, parseSlash, type SlashCommand, slashCommandsIn } from "./slash";
import { useTalk } from "./talk";
import { NobodyError, useSlashActions } from "./use-slash-actions";

export interface Slash {
  readonly id: string;
  readonly options: readonly SlashCommand[];
  readonly active: SlashCommand | null;
  /** Why the text that stands there was not done; null where nothing was wrong with it. */
  readonly refusal: string | null;
  readonly choose: (command: SlashCommand) => void;
  /** @returns whether the key was for the list */
  readonly keyDown: (event: KeyboardEvent) => boolean;
  /** @returns whether the words were for a command, done or refused: then they are no message */
  readonly run: (words: string) => boolean;
}

/** Commands in place of a message: completed while they are typed, done when they are sent. */
export function useSlash(
  input: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
  editing: boolean,
): Slash {
  const id = useId();
  const { t } = useSayingTexts();
  const errorText = useErrorText();
  const toast = useToast();
  const { conversation } = useTalk();
  const act = useSlashActions(input);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState("");
  const [refused, setRefused] = useState<{ readonly text: string; readonly why: string } | null>(null);

  const options = useMemo(
    () => (editing || text === closed ? [] : completionsOf(text, conversation)),
    [editing, text, closed, conversation],
  );
  const active = options[Math.min(at, options.length - 1)] ?? null;

  // The field belongs to the composer, which knows nothing of the list.
  useEffect(() => {
    const area = input.current;
    if (!area || !active) return;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", id);
    area.setAttribute("aria-activedescendant", `${id}-${active}`);
    return () => {
      for (const name of ["autocomplete", "controls", "activedescendant"])
        area.removeAttribute(`aria-${name}`);
    };
  }, [input, id, active]);

  const choose = (command: SlashCommand): void => {
    const named = `/${command} `;
    onText(named);
    setAt(0);
    input.current?.focus();
    requestAnimationFrame(() => input.current?.setSelectionRange(named.length, named.length));
  };

  const keyDown = (event: KeyboardEvent): boolean => {
    if (!active) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const isWhole = text === `/${active}` && !needsWords(active);
    if (step !== 0) setAt((options.indexOf(active) + step + options.length) % options.length);
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole)) choose(active);
    else if (event.key === "Escape") setClosed(text);
    else return false;
    event.preventDefault();
    return true;
  };

  const run = (words: string): boolean => {
    const said = editing ? null : parseSlash(words);
    if (!said) return false;
    const refuse = (why: string): void => setRefused({ text: words, why });
    const { command, name, rest } = said;
    if (!command) refuse(t("slash.unknown", { name }));
    else if (!slashCommandsIn(conversation).includes(command)) refuse(t("slash.notHere", { name }));
    else if (rest === "" && needsWords(command)) refuse(t(`slash.${command}.missing`));
    else if (command === "me" || command === "shrug") return false;
    else {
      onText("");
      act(command, rest).catch((error: unknown) => {
        const why =
          error instanceof NobodyError ? t("slash.nobody", { name: error.called }) : errorText(error);
        // What was typed meanwhile stays.
        if (input.current?.value) return toast(why);
        onText(words);
        refuse(why);
      });
    }
    return true;
  };

  const refusal = refused && refused.text === text.trim() ? refused.why : null;
  return { id, options, active, refusal, choose, keyDown, run };
}
