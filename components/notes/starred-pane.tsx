"use client";

import { type ReactElement, useCallback } from "react";
import { ConversationAvatar } from "@/components/conversation/conversation-avatar";
import { previewText } from "@/components/conversation/preview-text";
import { SidePane, SidePaneFailed, SidePaneLoading } from "@/components/messenger/side-pane";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { IconButton } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { useToast } from "@/components/ui/toast";
import { formatBrief } from "@/lib/client/hooks/day-format";
import { useI18n } from "@/lib/client/hooks/i18n";
import { NotesTexts } from "@/lib/client/hooks/notes-texts";
import { conversationName, personName } from "@/lib/client/hooks/person-name";
import { formatExact } from "@/lib/client/hooks/time-format";
import { useChangeNotes } from "@/lib/client/hooks/use-change-notes";
import { conversationHref } from "@/lib/client/hooks/use-conversation-route";
import { useErrorText } from "@/lib/client/hooks/use-error-text";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessenger, useMessengerState } from "@/lib/client/hooks/use-messenger";
import { closeStarred } from "@/lib/client/hooks/use-starred-route";
import { useToday } from "@/lib/client/hooks/use-today";
import { MOST_STARRED, type StarredMessage } from "@/lib/client/model-notes";

/** The messages that one has given a star, from all conversations. */
export function StarredPane(): ReactElement {
  return (
    <NotesTexts
      loading={<SidePaneLoading />}
      failed={(error, retry) => <SidePaneFailed error={error} onRetry={retry} />}
    >
      <Pane />
    </NotesTexts>
  );
}

function Pane(): ReactElement {
  const { t } = useI18n();
  return (
    <SidePane as="section" title={t("stars.title")} closeLabel={t("stars.close")} onClose={closeStarred}>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
        <ErrorBoundary>
          <List />
        </ErrorBoundary>
      </div>
    </SidePane>
  );
}

function List(): ReactElement {
  const { t } = useI18n();
  const messenger = useMessenger();
  const notes = useMessengerState((state) => state.notes);
  const load = useCallback(async () => (await messenger.notes()).starred(), [messenger]);
  const { value, error, reload } = useLoaded(load);
  if (error) return <PanelFailed error={error} onRetry={reload} />;
  if (!value) return <PanelSkeleton />;
  // A star that was taken away since goes at once.
  const starred = value.filter(({ conversation, id }) =>
    notes.get(conversation)?.stars.some((star) => star.id === id),
  );
  if (starred.length === 0) {
    return (
      <div className="flex flex-col gap-1 px-2 py-3">
        <p className="font-serif text-xl">{t("stars.none")}</p>
        <p className="text-pretty text-soft">{t("stars.noneBody")}</p>
      </div>
    );
  }
  const total = [...notes.values()].reduce((sum, { stars }) => sum + stars.length, 0);
  return (
    <>
      <ol>
        {starred.map((message) => (
          <Starred key={message.id} message={message} />
        ))}
      </ol>
      {total > MOST_STARRED && (
        <p className="px-2 py-2 text-faint text-sm">{t("stars.more", { most: MOST_STARRED })}</p>
      )}
    </>
  );
}

function Starred({ message }: { message: StarredMessage }): ReactElement | null {
  const { locale, t } = useI18n();
  const today = useToday();
  const toast = useToast();
  const errorText = useErrorText();
  const { conversation: id, seq, sender, at, thread } = message;
  const conversation = useMessengerState(({ conversations }) => conversations?.find((one) => one.id === id));
  const person = useMessengerState(({ people }) => people.get(sender));
  const changeNotes = useChangeNotes(id, () => toast(t("notify.later")));
  if (!conversation) return null;
  const remove = (): void => {
    changeNotes((before) => ({
      ...before,
      stars: before.stars.filter((star) => star.id !== message.id),
    })).catch((error: unknown) => toast(errorText(error)));
  };
  return (
    <li className="flex items-start gap-1">
      <a
        href={conversationHref(id, thread === null ? `m=${seq}` : `t=${thread}`)}
        className="target flex min-w-0 flex-1 gap-3 rounded-lg px-2 py-2 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ConversationAvatar conversation={conversation} className="mt-0.5 size-9 text-sm" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="min-w-0 flex-1 truncate font-medium text-sm">
              {person ? personName(person, t) : t("people.unknown")}
            </bdi>
            <time
              dateTime={new Date(at).toISOString()}
              title={formatExact(at, locale)}
              className="text-faint text-xs"
            >
              {formatBrief(at, today, locale, t)}
            </time>
          </span>
          {conversation.peer?.id !== sender && (
            <bdi className="block truncate text-faint text-xs">{conversationName(conversation, t)}</bdi>
          )}
          <span dir="auto" className="line-clamp-3 text-soft text-sm wrap-anywhere">
            {previewText(message, t)}
          </span>
        </span>
      </a>
      <IconButton icon="close" label={t("stars.remove")} onClick={remove} className="shrink-0" />
    </li>
  );
}
