"use client";

import { type KeyboardEvent, type ReactElement, useEffect, useRef } from "react";
import { PanelFailed } from "@/components/settings/panel";
import { INPUT_CLASS } from "@/components/ui/field";
import { Icon } from "@/components/ui/icons";
import { isComposing } from "@/components/ui/is-composing";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationHref } from "@/lib/client/hooks/use-conversation-route";
import { useSearch } from "@/lib/client/hooks/use-search";
import {
  asksSomething,
  changeSearchQuery,
  useSearchQuery,
  useSearchTurn,
} from "@/lib/client/hooks/use-search-route";
import type { Conversation } from "@/lib/client/model";
import { Filters } from "./filters";
import { Hits } from "./hits";
import { stepThrough } from "./step-through";

const MOST_CHARACTERS = 200;

/** @param open the conversation that is open beside it */
export function Finder({ open }: { open: Conversation["id"] | null }): ReactElement {
  const { t } = useI18n();
  const query = useSearchQuery();
  const turn = useSearchTurn();
  const { results, progress, error, retry } = useSearch(query);
  const field = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const asked = asksSomething(query);
  const reading = progress !== null && progress.done < progress.total;

  // biome-ignore lint/correctness/useExhaustiveDependencies: also when it is asked for once more.
  useEffect(() => {
    field.current?.focus();
  }, [turn]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || !pane.current) return;
    if (stepThrough(pane.current, field.current, event.key)) event.preventDefault();
  };

  return (
    <>
      <div className="flex shrink-0 flex-col gap-3 border-line border-b px-4 py-3">
        <input
          ref={field}
          type="search"
          aria-label={t("search.words")}
          placeholder={t("search.words")}
          value={query.text}
          onChange={(event) => changeSearchQuery({ text: event.target.value })}
          onKeyDown={onKeyDown}
          maxLength={MOST_CHARACTERS}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="search"
          dir="auto"
          className={INPUT_CLASS}
        />
        <Filters query={query} />
        {reading && (
          <p className="text-faint text-xs">
            {t("search.progress", {
              done: progress.done,
              total: progress.total,
            })}
          </p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are pressed in the links inside. */}
      <div
        ref={pane}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 py-2"
      >
        {error !== null && error !== undefined && (
          <div className="px-2 py-2">
            <PanelFailed error={error} onRetry={retry} />
          </div>
        )}
        <p role="status" className="sr-only">
          {asked && results && t("search.count", { count: results.hits.length })}
        </p>
        {!asked && !error && (
          <>
            <p className="text-pretty px-2 py-2 text-soft">{t("search.hint")}</p>
            {query.conversation !== null && query.conversation === open && <FilesLink conversation={open} />}
          </>
        )}
        {asked && results?.hits.length === 0 && (
          <p className="text-pretty px-2 py-2 text-soft wrap-anywhere">
            {t(reading ? "search.noneYet" : "search.none")}
          </p>
        )}
        {asked && results && <Hits results={results} grouped={query.conversation === null} />}
      </div>
    </>
  );
}

function FilesLink({ conversation }: { conversation: Conversation["id"] }): ReactElement {
  const { t } = useI18n();
  return (
    <a
      href={conversationHref(conversation, "details=files")}
      className="target flex items-center gap-3 rounded-lg px-2 py-1.5 font-medium text-accent transition-colors hover:bg-hover"
    >
      <Icon name="clip" className="size-4.5" />
      {t("search.files")}
    </a>
  );
}
