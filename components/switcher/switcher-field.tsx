"use client";

import { type KeyboardEvent, type ReactElement, useEffect, useId, useState } from "react";
import { usePeopleSearch } from "@/components/people/use-people-search";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { isComposing } from "@/components/ui/is-composing";
import { Notice } from "@/components/ui/notice";
import { useI18n } from "@/lib/client/hooks/i18n";
import { useAction } from "@/lib/client/hooks/use-action";
import { openConversationRoute, useConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { changeSearchQuery, openSearch } from "@/lib/client/hooks/use-search-route";
import { LIMITS } from "@/lib/protocol/limits";
import { OptionRow } from "./option-row";
import { type Command, commandOption, type Group, type Option } from "./options";
import { namesOf, rank } from "./rank";
import { useCommands } from "./use-commands";
import { useGroups } from "./use-groups";
import { usePublicRooms } from "./use-public-rooms";

/** An invitation's address, or its fragment. */
const INVITATION = /#?join=[\w.-]+\s*$/;
const MOST_CHARACTERS = 300;
/** Fewer letters may mean anybody. */
const SURE = 3;

interface SwitcherFieldProps {
  onClose: () => void;
  onKeys: () => void;
}

/** A combobox: the keyboard stays in the field, the arrows move through the list. */
export function SwitcherField({ onClose, onKeys }: SwitcherFieldProps): ReactElement {
  const { t } = useI18n();
  const errorText = useErrorText();
  const messenger = useMessenger();
  const me = useMessengerState((state) => state.me);
  const route = useConversationRoute();
  const conversation =
    useMessengerState((state) => state.conversations)?.find(({ id }) => id === route) ?? null;
  const listId = useId();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [wantsLink, setWantsLink] = useState(false);

  const link = INVITATION.exec(query)?.[0];
  const words =
    wantsLink || link || query.startsWith(">") ? "" : query.trim().slice(0, LIMITS.searchChars.max);
  const people = usePeopleSearch(words);
  const rooms = usePublicRooms(words);
  const commands = useCommands(conversation, {
    onLink: () => {
      setWantsLink(true);
      setQuery("");
    },
    onKeys,
  });
  const found = useGroups(query, { people, rooms }, commands);

  const join: Command = {
    key: "join-link",
    icon: "link",
    label: t("switcher.joinLink"),
    run: () => {
      location.hash = `#${link?.replace(/^#/, "").trim()}`;
    },
  };
  const search: Command = {
    key: "search-words",
    icon: "searchText",
    label: t("switcher.search", { words }),
    run: () => {
      openSearch(conversation?.id ?? null, null);
      changeSearchQuery({ text: words });
    },
  };
  const groups: readonly Group[] = link
    ? [{ label: t("switcher.commands"), options: [commandOption(join)] }]
    : wantsLink
      ? []
      : [...found, ...(words ? [{ label: t("switcher.messages"), options: [commandOption(search)] }] : [])];
  const options = groups.flatMap((group) => group.options);
  const active = options[Math.min(at, options.length - 1)];
  const isMe =
    me !== null && words.length >= SURE && (rank(namesOf(me.displayName, me.name), words) ?? 9) < 2;

  const choose = useAction(async (option: Option) => {
    if (option.kind === "conversation") openConversationRoute(option.conversation.id);
    if (option.kind === "person") openConversationRoute(await messenger.startDirect(option.person));
    if (option.kind === "room") {
      const { id, standing } = option.room;
      if (standing === "none") await (await messenger.rooms()).join(id);
      openConversationRoute(id);
    }
    if (option.kind !== "command") onClose();
    else {
      // First, so that what it opens has the focus afterwards.
      if (!option.command.stays) onClose();
      await option.command.run();
    }
  });

  const activeId = active && `${listId}-${active.key}`;
  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && active) {
      event.preventDefault();
      setAt((options.indexOf(active) + step + options.length) % options.length);
    } else if (event.key === "Enter" && active) {
      event.preventDefault();
      // Whoever is on the way is meant rather than a search for messages.
      if (people.state !== "searching" || active.key !== search.key) choose.run(active);
    } else if (event.key === "Backspace" && query === "") setWantsLink(false);
  };
  const label = t(wantsLink ? "switcher.linkField" : "switcher.field");

  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-line border-b ps-4 pe-2">
        <Icon name={wantsLink ? "link" : "search"} className="size-5 text-soft" />
        <input
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          maxLength={MOST_CHARACTERS}
          placeholder={label}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          dir="auto"
          className="input-text h-14 min-w-0 flex-1 bg-transparent outline-none placeholder:text-faint"
        />
        <IconButton icon="close" label={t("common.close")} onClick={onClose} />
      </div>
      <p role="status" className="sr-only">
        {query.trim() !== "" && t("switcher.count", { count: options.length })}
      </p>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 sm:min-h-64">
        {choose.error !== null && (
          <Notice tone="danger" className="mb-2">
            {errorText(choose.error)}
          </Notice>
        )}
        {wantsLink && !link && (
          <p className="p-2.5 text-soft">{t(query.trim() ? "switcher.noLink" : "switcher.linkHint")}</p>
        )}
        {isMe && (
          <p className="px-2.5 py-1.5 text-soft text-sm wrap-anywhere">
            {t("switcher.you", { query: words })}
          </p>
        )}
        <div role="listbox" id={listId} aria-label={t("switcher.title")} aria-busy={choose.busy}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, which a fieldset is not.
            <div key={group.label} role="group" aria-label={group.label}>
              <p aria-hidden="true" className="px-2.5 pt-2 pb-1 text-faint text-xs">
                {group.label}
              </p>
              {group.options.map((option) => (
                <OptionRow
                  key={option.key}
                  id={`${listId}-${option.key}`}
                  option={option}
                  active={option === active}
                  busy={choose.busy}
                  onChoose={() => choose.run(option)}
                />
              ))}
            </div>
          ))}
        </div>
        {people.state === "failed" && (
          <Notice tone="danger" className="m-2.5">
            {errorText(people.error)}
          </Notice>
        )}
      </div>
      <p className="shrink-0 border-line border-t px-4 py-2 text-faint text-xs pointer-coarse:hidden">
        {t("switcher.hint")}
      </p>
    </>
  );
}
