"use client";

import { type ReactElement, useCallback, useEffect, useRef } from "react";
import { SidePane } from "@/components/messenger/side-pane";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { Button } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { useFileList } from "@/lib/client/hooks/files/use-file-list";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useSayingTexts } from "@/lib/client/hooks/saying-texts";
import { closeConversationPart } from "@/lib/client/hooks/use-conversation-route";
import type { Conversation } from "@/lib/client/model";
import { ListedFileRow } from "./listed-file-row";

/** All files of a conversation, newest first. Its words must be there. */
export function FilesPane({ conversation }: { conversation: Conversation }): ReactElement {
  const { t } = useSayingTexts();
  const { id, room } = conversation;
  const pane = useRef<HTMLElement>(null);
  const close = useCallback(() => closeConversationPart(id), [id]);
  useEffect(() => {
    pane.current?.focus();
  }, []);
  return (
    <SidePane
      as="aside"
      title={t("files.list")}
      about={conversationName(conversation, t)}
      closeLabel={t("files.closeList")}
      onClose={close}
      back={room && { label: t("files.backToRoom"), onClick: () => closeConversationPart(id, "details") }}
      paneRef={pane}
    >
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        aria-label={t("files.list")}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 focus-visible:-outline-offset-2"
      >
        <ErrorBoundary>
          <List conversation={conversation} />
        </ErrorBoundary>
      </section>
    </SidePane>
  );
}

function List({ conversation }: { conversation: Conversation }): ReactElement {
  const { t } = useSayingTexts();
  const { files, isReading, progress, showMore, error, retry } = useFileList(conversation.id);
  if (!files)
    return (
      <div className="p-2">{error ? <PanelFailed error={error} onRetry={retry} /> : <PanelSkeleton />}</div>
    );
  return (
    <>
      {isReading && progress && (
        <p className="px-2 pb-2 text-faint text-xs">
          {t("files.reading", { done: progress.done, total: progress.total })}
        </p>
      )}
      {files.length === 0 && (
        <div className="flex flex-col gap-1 px-2 py-3">
          <p className="font-serif text-xl">{t(isReading ? "files.noneYet" : "files.noneHere")}</p>
          {!isReading && <p className="text-pretty text-soft">{t("files.noneHereBody")}</p>}
        </div>
      )}
      <ul aria-label={t("files.list")}>
        {files.map((listed) => (
          <ListedFileRow key={listed.file.id} conversation={conversation} listed={listed} />
        ))}
      </ul>
      {error !== null && error !== undefined && (
        <div className="p-2">
          <PanelFailed error={error} onRetry={retry} />
        </div>
      )}
      {showMore && (
        <Button tone="secondary" className="m-2" onClick={showMore}>
          {t("files.older")}
        </Button>
      )}
    </>
  );
}
