"use client";

import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { INPUT_CLASS } from "@/components/ui/field";
import { isComposing } from "@/components/ui/is-composing";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { findEmoji, readEmoji } from "./find-emoji";

const COLUMNS = 8;
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -COLUMNS,
  ArrowDown: COLUMNS,
};

/** All emoji, by group, with a field to search them. One of them is a stop of the Tab key; arrows do the rest. */
export function EmojiGrid({ onPick }: { onPick: (emoji: string) => void }): ReactElement {
  const { locale, t } = useSayingTexts();
  const all = useMemo(() => readEmoji(locale), [locale]);
  const [query, setQuery] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const sections = findEmoji(all, query);
  const first = sections[0]?.emoji[0]?.emoji;
  const count = sections.reduce((sum, { emoji }) => sum + emoji.length, 0);

  useEffect(() => {
    // Where a finger chooses, the keyboard would cover what there is to choose from.
    if (!matchMedia("(pointer: coarse)").matches) search.current?.focus();
  }, []);

  const buttons = (): HTMLElement[] => [...(list.current?.querySelectorAll("button") ?? [])];
  const inSearch = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown") buttons()[0]?.focus();
    else if (event.key === "Enter" && first) onPick(first);
    else return;
    event.preventDefault();
  };
  const inGrid = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const every = buttons();
    const next = every[every.indexOf(document.activeElement as HTMLElement) + step];
    if (next) next.focus();
    else if (step < 0) search.current?.focus();
  };

  return (
    <>
      <div className="p-2.5 pb-1.5">
        <input
          ref={search}
          type="text"
          aria-label={t("emoji.search")}
          placeholder={t("emoji.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={inSearch}
          autoComplete="off"
          className={INPUT_CLASS}
        />
        <p role="status" className="sr-only">
          {query.trim() !== "" && t("emoji.found", { count })}
        </p>
      </div>
      <div
        ref={list}
        role="toolbar"
        aria-label={t("composer.emoji")}
        onKeyDown={inGrid}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2.5 pb-2.5"
      >
        {count === 0 && <p className="p-2 text-soft">{t("emoji.none")}</p>}
        {sections.map(({ title, emoji }) => (
          <section key={title} aria-label={t(`emoji.${title}`)}>
            <h3 className="px-1 pt-2 pb-1 text-faint text-xs">{t(`emoji.${title}`)}</h3>
            <div className="grid grid-cols-8">
              {emoji.map((one) => (
                <button
                  key={one.emoji}
                  type="button"
                  tabIndex={one.emoji === first ? 0 : -1}
                  aria-label={one.name}
                  title={one.name}
                  onClick={() => onPick(one.emoji)}
                  className="inline-flex aspect-square items-center justify-center rounded-lg text-2xl leading-none hover:bg-hover focus-visible:-outline-offset-2"
                >
                  {one.emoji}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}
