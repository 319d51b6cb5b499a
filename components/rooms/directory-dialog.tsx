"use client";

import { type ReactElement, useState } from "react";
import { PanelFailed } from "@/components/settings/panel";
import { INPUT_CLASS } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { useI18n } from "@/lib/client/hooks/i18n";
import { LIMITS } from "@/lib/protocol/limits";
import { DirectoryRow } from "./directory-row";
import { RoomDialogFrame } from "./room-dialog-frame";
import { useDirectory } from "./use-directory";

/** The public rooms of this server, to look through and to join. */
export function DirectoryDialog({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useI18n();
  return (
    <RoomDialogFrame title={t("directory.title")} onClose={onClose}>
      <Directory onDone={onClose} />
    </RoomDialogFrame>
  );
}

function Directory({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useI18n();
  const [query, setQuery] = useState("");
  const { rooms, error, retry } = useDirectory(query);
  return (
    <>
      <div className="px-5 pt-3 pb-2">
        <input
          type="search"
          aria-label={t("directory.search")}
          placeholder={t("directory.search")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          maxLength={LIMITS.searchChars.max}
          autoComplete="off"
          spellCheck={false}
          className={INPUT_CLASS}
        />
        <p role="status" className="sr-only">
          {rooms && t("directory.count", { count: rooms.length })}
        </p>
      </div>
      <div className="min-h-64 overflow-y-auto px-2.5 pb-3">
        {error !== null && (
          <div className="px-2.5 pb-3">
            <PanelFailed error={error} onRetry={retry} />
          </div>
        )}
        {!rooms && error === null && <DirectorySkeleton />}
        {rooms?.length === 0 && (
          <p className="px-2.5 py-2 text-soft wrap-anywhere">
            {query.trim() === "" ? t("directory.empty") : t("directory.none", { query: query.trim() })}
          </p>
        )}
        <ul>
          {rooms?.map((room) => (
            <DirectoryRow key={room.id} room={room} onOpened={onDone} />
          ))}
        </ul>
      </div>
    </>
  );
}

const PLACES = [0, 1, 2, 3];

function DirectorySkeleton(): ReactElement {
  return (
    <div aria-hidden="true" className="animate-late">
      {PLACES.map((place) => (
        <div key={place} className="flex items-center gap-3 px-2.5 py-2.5">
          <Skeleton className="size-10 rounded-xl" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-3.5 w-2/5 rounded-md" />
            <Skeleton className="h-3 w-4/5 rounded-md" />
          </div>
        </div>
      ))}
    </div>
  );
}
