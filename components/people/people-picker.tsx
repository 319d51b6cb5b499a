"use client";

import { type KeyboardEvent, type ReactElement, useId, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Field, INPUT_CLASS } from "@/components/ui/field";
import { Icon } from "@/components/ui/icons";
import { isComposing } from "@/components/ui/is-composing";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import type { Person } from "@/lib/client/model";
import { LIMITS } from "@/lib/protocol/limits";
import { PeopleOptions } from "./people-options";
import { usePeopleSearch } from "./use-people-search";

const SUGGESTED = 4;

/** Several people by name. Its words come with the views of rooms. */
export function PeoplePicker(props: {
  chosen: readonly Person[];
  onChange: (chosen: readonly Person[]) => void;
  /** Who cannot be chosen. */
  without: (person: Person) => boolean;
  disabled?: boolean;
}): ReactElement {
  const { chosen, onChange, without, disabled = false } = props;
  const { t } = useI18n();
  const errorText = useErrorText();
  const conversations = useMessengerState((state) => state.conversations);
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const search = usePeopleSearch(query);

  const eligible = (person: Person): boolean =>
    !person.deleted && !without(person) && chosen.every(({ id }) => id !== person.id);
  const recent = (conversations ?? []).flatMap(({ peer }) => peer ?? []);
  const found = search.state === "found";
  const people = found
    ? search.people.filter(eligible)
    : search.state === "idle"
      ? recent.filter(eligible).slice(0, SUGGESTED)
      : [];
  // Nobody is chosen by Enter who was not asked for.
  const marked = query.trim() === "" ? undefined : people[Math.min(active, people.length - 1)];

  const choose = (person: Person): void => {
    if (disabled) return;
    onChange([...chosen, person]);
    setQuery("");
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && people.length > 0) {
      event.preventDefault();
      setActive((Math.min(active, people.length - 1) + step + people.length) % people.length);
    }
    if (event.key === "Enter" && query.trim() !== "") {
      event.preventDefault();
      if (marked) choose(marked);
    }
    if (event.key === "Backspace" && query === "") onChange(chosen.slice(0, -1));
  };

  return (
    <div className="flex flex-col gap-2">
      <Field label={t("picker.search")}>
        {(links) => (
          <input
            {...links}
            type="text"
            role="combobox"
            aria-expanded={people.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={marked ? `${listId}-${marked.id}` : undefined}
            value={query}
            disabled={disabled}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
            maxLength={LIMITS.searchChars.max}
            placeholder={t("picker.placeholder")}
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            className={INPUT_CLASS}
          />
        )}
      </Field>
      <Chosen {...props} />
      {search.state === "failed" && <Notice tone="danger">{errorText(search.error)}</Notice>}
      {found && people.length === 0 && (
        <p className="text-soft text-sm wrap-anywhere">{t("picker.none", { query: query.trim() })}</p>
      )}
      <div className="-mx-2.5 max-h-56 overflow-y-auto">
        <PeopleOptions
          listId={listId}
          label={t(search.state === "idle" ? "picker.suggested" : "picker.found")}
          people={people}
          activeId={marked?.id ?? null}
          busy={disabled}
          searching={search.state === "searching"}
          onChoose={choose}
        />
      </div>
    </div>
  );
}

function Chosen(props: Parameters<typeof PeoplePicker>[0]): ReactElement {
  const { chosen, onChange, disabled } = props;
  const { t } = useI18n();
  return (
    <>
      <p role="status" className="sr-only">
        {chosen.length > 0 && t("picker.chosen", { count: chosen.length })}
      </p>
      {chosen.length > 0 && (
        <ul className="flex max-h-32 flex-wrap gap-1.5 overflow-y-auto">
          {chosen.map((person) => (
            <li key={person.id} className="max-w-full">
              <button
                type="button"
                disabled={disabled}
                aria-label={t("picker.remove", { name: person.displayName })}
                title={t("picker.remove", { name: person.displayName })}
                onClick={() => onChange(chosen.filter(({ id }) => id !== person.id))}
                className="target flex max-w-full items-center gap-2 rounded-full bg-tint py-1 ps-1.5 pe-3 text-sm hover:not-disabled:bg-tint-deep disabled:opacity-60"
              >
                <Avatar person={person} className="size-7 text-2xs" />
                <span className="truncate">
                  <bdi>{person.displayName}</bdi>
                </span>
                <Icon name="close" className="size-3.5 text-soft" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
