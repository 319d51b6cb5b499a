"use client";

import { type ComponentType, type ReactElement, useEffect, useRef } from "react";
import { BESIDE_CLASS } from "@/components/messenger/shell-layout";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { IconButton } from "@/components/ui/button";
import { ErrorBoundary } from "@/components/ui/error-boundary";
import { useI18n } from "@/lib/client/hooks/i18n";
import { RoomsTexts } from "@/lib/client/hooks/rooms-texts";
import type { MessageKey } from "@/lib/client/hooks/translate";
import { closeConversationPart } from "@/lib/client/hooks/use-conversation-route";
import { RoomsProvider } from "@/lib/client/hooks/use-rooms";
import type { Conversation } from "@/lib/client/model";
import { Banned } from "./banned";
import { Invitations } from "./invitations";
import { Journal } from "./journal";
import { Members } from "./members";
import { Overview } from "./overview";
import { RoomReports } from "./room-reports";
import { OpenRoomProvider } from "./use-open-room";

interface Page {
  readonly title: MessageKey;
  readonly Content: ComponentType;
}

const OVERVIEW: Page = { title: "room.details", Content: Overview };
/** By what the address says after `details=`. */
const PAGES: Readonly<Record<string, Page>> = {
  members: { title: "details.members", Content: Members },
  invitations: { title: "details.invitations", Content: Invitations },
  banned: { title: "details.banned", Content: Banned },
  reports: { title: "details.reports", Content: RoomReports },
  journal: { title: "details.journal", Content: Journal },
};

/** What there is to know about a room, and to do with it. */
export function RoomDetails(props: { conversation: Conversation; route: string }): ReactElement {
  const failed = (error: unknown, retry: () => void) => (
    <div className={BESIDE_CLASS}>
      <div className="p-5">
        <PanelFailed error={error} onRetry={retry} />
      </div>
    </div>
  );
  const loading = (
    <div className={BESIDE_CLASS}>
      <div className="p-5">
        <PanelSkeleton />
      </div>
    </div>
  );
  return (
    <RoomsTexts loading={loading} failed={failed}>
      <RoomsProvider loading={loading} failed={failed}>
        <Pane {...props} />
      </RoomsProvider>
    </RoomsTexts>
  );
}

function Pane({ conversation, route }: { conversation: Conversation; route: string }): ReactElement | null {
  const { t } = useI18n();
  const { id, room } = conversation;
  const { title, Content } = PAGES[route] ?? OVERVIEW;
  const inner = title !== OVERVIEW.title;
  const pane = useRef<HTMLElement>(null);
  const up = (): void => closeConversationPart(id, inner ? "details" : undefined);

  useEffect(() => {
    pane.current?.focus();
  }, []);
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      // A dialog or menu on top has taken the key already.
      if (event.key === "Escape" && !event.defaultPrevented) closeConversationPart(id);
    };
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  }, [id]);

  if (!room) return null;
  return (
    <aside ref={pane} tabIndex={-1} aria-label={t(title)} className={`${BESIDE_CLASS} outline-none`}>
      <header className="flex h-15 shrink-0 items-center gap-2 border-line border-b px-3 sm:px-4">
        <IconButton
          icon="arrowLeft"
          label={t(inner ? "details.back" : "details.close")}
          onClick={up}
          className={inner ? "-ms-2" : "-ms-2 min-[1100px]:hidden"}
        />
        <h2 className="min-w-0 flex-1 truncate font-semibold">{t(title)}</h2>
        <IconButton
          icon="close"
          label={t("details.close")}
          onClick={() => closeConversationPart(id)}
          className="-me-2 max-[1100px]:hidden"
        />
      </header>
      <section
        key={route}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        aria-label={t(title)}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <ErrorBoundary>
          <OpenRoomProvider conversation={conversation} standing={room}>
            <Content />
          </OpenRoomProvider>
        </ErrorBoundary>
      </section>
    </aside>
  );
}
