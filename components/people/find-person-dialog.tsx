"use client";

import { type KeyboardEvent, type ReactElement, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { INPUT_CLASS } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";
import { PeopleOptions } from "./people-options";
import { usePeopleSearch } from "./use-people-search";

const RECENT = 8;

export function FindPersonDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}): ReactElement {
  const { t } = useI18n();
  return (
    <Dialog {...props} title={t("people.title")} closeLabel={t("common.close")}>
      <FindPerson onDone={() => props.onOpenChange(false)} />
    </Dialog>
  );
}

/** A combobox: the keyboard stays in the field, the arrows move through the list. */
function FindPerson({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const conversations = useMessengerState((state) => state.conversations);
  const me = useMessengerState((state) => state.me);
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const search = usePeopleSearch(query);
  const start = useAction(async (person: Person) => {
    const conversation = await messenger.startDirect(person);
    openConversationRoute(conversation);
    onDone();
  });

  const recent = (conversations ?? [])
    .flatMap(({ peer }) => peer ?? [])
    .filter(({ deleted }) => !deleted)
    .slice(0, RECENT);
  const found = search.state === "found";
  const people = found ? search.people : search.state === "idle" ? recent : [];
  const self = found && me !== null && isCalled(me, query.trim().toLowerCase());
  const nobody = found && people.length === 0 && !self;
  const chosen = people[Math.min(active, people.length - 1)];

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && people.length > 0) {
      event.preventDefault();
      setActive((Math.min(active, people.length - 1) + step + people.length) % people.length);
    }
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      start.run(chosen);
    }
  };

  return (
    <>
      <div className="px-5 pt-3 pb-2">
        <input
          type="text"
          role="combobox"
          aria-label={t("people.search")}
          aria-expanded={people.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          maxLength={LIMITS.searchChars.max}
          placeholder={t("people.placeholder")}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          className={INPUT_CLASS}
        />
        <p role="status" className="sr-only">
          {found && t("people.count", { count: people.length })}
        </p>
      </div>
      <div className="min-h-52 overflow-y-auto px-2.5 pb-3">
        {start.error !== null && (
          <Notice tone="danger" className="mx-2.5 mb-2">
            {errorText(start.error)}
          </Notice>
        )}
        {search.state === "failed" && (
          <div className="flex flex-col items-start gap-2 px-2.5">
            <Notice tone="danger">{errorText(search.error)}</Notice>
            <Button tone="secondary" icon="retry" onClick={search.retry}>
              {t("common.retry")}
            </Button>
          </div>
        )}
        {self && (
          <p className="px-2.5 py-2 text-soft wrap-anywhere">{t("people.you", { query: query.trim() })}</p>
        )}
        {nobody && (
          <p className="px-2.5 py-2 text-soft wrap-anywhere">{t("people.none", { query: query.trim() })}</p>
        )}
        {search.state === "idle" && recent.length === 0 && (
          <p className="px-2.5 py-2 text-soft">{t("people.hint")}</p>
        )}
        <PeopleOptions
          listId={listId}
          label={t(search.state === "idle" ? "people.recent" : "people.found")}
          people={people}
          activeId={chosen?.id ?? null}
          busy={start.busy}
          searching={search.state === "searching"}
          onChoose={start.run}
        />
      </div>
    </>
  );
}

/** As the server finds people (server/database/accounts.ts), who never finds oneself. */
function isCalled({ name, displayName }: Person, query: string): boolean {
  const shown = displayName.toLowerCase();
  return name.startsWith(query) || shown.startsWith(query) || shown.includes(` ${query}`);
}
