"use client";

import { clsx } from "clsx";
import { type ReactElement, useId, useMemo, useState } from "react";
import { INPUT_CLASS } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { changeSearchQuery } from "@/lib/client/hooks/use-search-route";
import type { SearchQuery } from "@/lib/client/model-search";
import { dayAfter, fromDay, toDay } from "./days";

/** Where to look; and, on request, by whom and when. */
export function Filters({ query }: { query: SearchQuery }): ReactElement {
  const { t, locale } = useI18n();
  const conversations = useMessengerState((state) => state.conversations);
  const people = useMessengerState((state) => state.people);
  const panel = useId();
  const { sender, from, before, hasLink, hasFile } = query;
  const chosen = [sender, from, before, hasLink || null, hasFile || null].filter(
    (one) => one !== null,
  ).length;
  const [open, setOpen] = useState(chosen > 0);

  const places = useMemo(
    () => [
      { value: "", label: t("search.everywhere") },
      ...(conversations ?? []).map((one) => ({ value: one.id as string, label: conversationName(one, t) })),
    ],
    [conversations, t],
  );
  const authors = useMemo(() => {
    const named = [...people.values()].filter(({ deleted }) => !deleted);
    const list = named.map((person) => ({ value: person.id as string, label: personName(person, t) }));
    return [
      { value: "", label: t("search.anybody") },
      ...list.sort((a, b) => a.label.localeCompare(b.label, locale)),
    ];
  }, [people, t, locale]);
  const conversation = conversations?.find(({ id }) => id === query.conversation)?.id ?? null;
  const author = people.get(sender ?? ("" as never))?.id ?? null;

  return (
    <>
      <SelectField
        label={t("search.where")}
        value={conversation ?? ""}
        choices={places}
        onChange={(value) =>
          changeSearchQuery({ conversation: conversations?.find(({ id }) => id === value)?.id ?? null })
        }
      />
      <button
        type="button"
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
        className="target -my-1.5 self-start rounded-lg font-medium text-accent text-sm"
      >
        {chosen > 0 ? t("search.filters", { count: chosen }) : t("search.filter")}
      </button>
      <div id={panel} hidden={!open} className={clsx(open && "flex flex-col gap-3")}>
        <SelectField
          label={t("search.from")}
          value={author ?? ""}
          choices={authors}
          onChange={(value) =>
            changeSearchQuery({ sender: [...people.values()].find(({ id }) => id === value)?.id ?? null })
          }
        />
        <div className="grid grid-cols-2 gap-2.5">
          <DayField
            label={t("search.since")}
            value={toDay(from)}
            onChange={(day) => changeSearchQuery({ from: fromDay(day) })}
          />
          <DayField
            label={t("search.until")}
            value={toDay(before && before - 1)}
            onChange={(day) => changeSearchQuery({ before: dayAfter(day) })}
          />
        </div>
        <div>
          <Check
            label={t("search.hasLink")}
            checked={hasLink}
            onChange={(checked) => changeSearchQuery({ hasLink: checked })}
          />
          <Check
            label={t("search.hasFile")}
            checked={hasFile}
            onChange={(checked) => changeSearchQuery({ hasFile: checked })}
          />
        </div>
      </div>
    </>
  );
}

function Check(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}): ReactElement {
  return (
    <label className="target flex cursor-pointer items-center gap-2.5">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
        className="size-4.5 accent-accent"
      />
      {props.label}
    </label>
  );
}

function DayField(props: { label: string; value: string; onChange: (day: string) => void }): ReactElement {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {props.label}
      </label>
      <input
        id={id}
        type="date"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className={INPUT_CLASS}
      />
    </div>
  );
}
