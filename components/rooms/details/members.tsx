"use client";

import { type ReactElement, useDeferredValue, useMemo, useState } from "react";
import { INPUT_CLASS } from "@/components/ui/field";
import { useI18n } from "@/lib/client/hooks/i18n";
import { LIMITS } from "@/lib/protocol/limits";
import { matching } from "./matching";
import { MEMBER_ROW, MemberRow } from "./member-row";
import { useOpenRoom } from "./use-open-room";
import { useRowsInSight } from "./use-rows-in-sight";

/** Everybody in the room; of a long list only what is in sight is drawn. */
export function Members(): ReactElement {
  const { t } = useI18n();
  const { members } = useOpenRoom().details;
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query);
  const found = useMemo(() => matching(members, wanted), [members, wanted]);
  const { list, from, to } = useRowsInSight(found.length, MEMBER_ROW);
  return (
    <div className="flex flex-col px-4 pb-6">
      <div className="sticky top-0 z-10 bg-paper pt-4 pb-2">
        <input
          type="search"
          aria-label={t("members.search")}
          placeholder={t("members.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          maxLength={LIMITS.searchChars.max}
          autoComplete="off"
          spellCheck={false}
          className={INPUT_CLASS}
        />
        <p role="status" className="pt-2 text-faint text-xs">
          {t("members.found", { count: found.length })}
        </p>
      </div>
      {found.length === 0 && (
        <p className="text-soft wrap-anywhere">{t("members.none", { query: query.trim() })}</p>
      )}
      <ul ref={list} className="relative -mx-2" style={{ height: found.length * MEMBER_ROW }}>
        {found.slice(from, to).map((member, i) => (
          <li
            key={member.person.id}
            aria-setsize={found.length}
            aria-posinset={from + i + 1}
            className="absolute inset-x-0"
            style={{ top: (from + i) * MEMBER_ROW }}
          >
            <MemberRow member={member} />
          </li>
        ))}
      </ul>
    </div>
  );
}
