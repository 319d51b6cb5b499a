"use client";

import { Fragment, type ReactElement, useMemo } from "react";
import { ConversationAvatar } from "@/components/conversation/conversation-avatar";
import { formatBrief } from "@/lib/client/hooks/day-format";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import { formatExact } from "@/lib/client/hooks/time-format";
import { conversationHref } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useToday } from "@/lib/client/hooks/use-today";
import { useWide } from "@/lib/client/hooks/use-wide";
import type { Conversation } from "@/lib/client/model";
import type { SearchHit, SearchResults } from "@/lib/client/model-search";

/** What was found, newest first; in groups by conversation where there may be several. */
export function Hits(props: { results: SearchResults; grouped: boolean }): ReactElement {
  const { results, grouped } = props;
  const { t } = useI18n();
  const conversations = useMessengerState((state) => state.conversations);
  const groups = useMemo(() => Map.groupBy(results.hits, ({ conversation }) => conversation), [results.hits]);
  return (
    <>
      {[...groups].map(([id, hits]) => {
        const conversation = conversations?.find((one) => one.id === id);
        if (!conversation) return null;
        return (
          <section key={id} className="pb-3">
            <h3 className={grouped ? "flex items-center gap-2.5 px-2 py-2 font-medium text-sm" : "sr-only"}>
              {grouped && <ConversationAvatar conversation={conversation} className="size-6 text-2xs" />}
              <bdi className="min-w-0 truncate">{conversationName(conversation, t)}</bdi>
            </h3>
            <ol>
              {hits.map((hit) => (
                <li key={hit.seq}>
                  <Hit hit={hit} conversation={conversation} />
                </li>
              ))}
            </ol>
          </section>
        );
      })}
      {results.more && <p className="px-2 pb-3 text-faint text-sm">{t("search.more")}</p>}
    </>
  );
}

function Hit({ hit, conversation }: { hit: SearchHit; conversation: Conversation }): ReactElement {
  const { t, locale } = useI18n();
  const today = useToday();
  const wide = useWide();
  const person = useMessengerState(({ people }) => people.get(hit.sender)) ?? conversation.peer;
  const { id } = conversation;
  // Where there is no room beside the conversation, it takes the place of what was found.
  const beside = wide ? `find&m=${hit.seq}` : `m=${hit.seq}`;
  const place = hit.thread > 0 ? `t=${hit.thread}` : beside;
  return (
    <a
      data-hit
      href={conversationHref(id, place)}
      className="target flex flex-col rounded-lg px-2 py-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
    >
      <span className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-medium text-sm">
          <bdi>{person ? personName(person, t) : t("people.unknown")}</bdi>
        </span>
        <time
          dateTime={new Date(hit.at).toISOString()}
          title={formatExact(hit.at, locale)}
          className="text-faint text-xs"
        >
          {formatBrief(hit.at, today, locale, t)}
        </time>
      </span>
      <span dir="auto" className="text-soft text-sm wrap-anywhere">
        {hit.excerpt.map((part, i) =>
          part.found ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text in their order.
            <mark key={i} className="rounded-xs bg-warn-tint text-ink">
              {part.text}
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text in their order.
            <Fragment key={i}>{part.text}</Fragment>
          ),
        )}
      </span>
    </a>
  );
}
