"use client";

import { type ComponentType, type ReactElement, useCallback, useEffect, useRef } from "react";
import { SidePane, SidePaneFailed, SidePaneLoading } from "@/components/messenger/side-pane";
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
  const failed = (error: unknown, retry: () => void) => <SidePaneFailed error={error} onRetry={retry} />;
  const loading = <SidePaneLoading />;
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
  const close = useCallback(() => closeConversationPart(id), [id]);
  const up = (): void => closeConversationPart(id, "details");

  useEffect(() => {
    pane.current?.focus();
  }, []);

  if (!room) return null;
  return (
    <SidePane
      as="aside"
      title={t(title)}
      closeLabel={t("details.close")}
      onClose={close}
      back={inner ? { label: t("details.back"), onClick: up } : null}
      paneRef={pane}
    >
      <section
        key={route}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        aria-label={t(title)}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:-outline-offset-2"
      >
        <ErrorBoundary>
          <OpenRoomProvider conversation={conversation} standing={room}>
            <Content />
          </OpenRoomProvider>
        </ErrorBoundary>
      </section>
    </SidePane>
  );
}
