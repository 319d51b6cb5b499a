"use client";

import { clsx } from "clsx";
import { type ReactElement, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { Account } from "@/components/account/account";
import { ConversationList } from "@/components/conversation/conversation-list";
import { ConversationView } from "@/components/conversation/conversation-view";
import { fetchParser } from "@/components/markdown/use-parser";
import { fetchSearchPane, loadSearchPane } from "@/components/search/load-pane";
import { IconButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icons";
import { lateView, unaskedView } from "@/components/ui/late-view";
import { Wordmark } from "@/components/ui/mark";
import type { ConversationId } from "@/lib/base/ids";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useConversationPart, useConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useReportsRoute } from "@/lib/client/hooks/use-reports-route";
import { closeRoomDialog, useRoomDialog } from "@/lib/client/hooks/use-room-dialog";
import { openSearch, useSearchRoute } from "@/lib/client/hooks/use-search-route";
import { useSettingsRoute } from "@/lib/client/hooks/use-settings-route";
import { useStarredRoute } from "@/lib/client/hooks/use-starred-route";
import { useVisualHeight } from "@/lib/client/hooks/use-visual-height";
import type { Conversation } from "@/lib/client/model";
import { ConnectionBar } from "./connection-bar";
import { NewButton } from "./new-button";
import { NothingOpen } from "./nothing-open";
import { BEHIND_CLASS, SHELL_CLASS, SIDE_CLASS } from "./shell-layout";
import { switcherKeys, useSearchShortcut, useSwitcherShortcut } from "./use-shortcuts";
import { useUnreadTitle } from "./use-unread-title";

/** The switcher's code comes with the first approach to it, or when the messenger rests. */
const loadSwitcher = () => import("@/components/switcher/switcher");
const Switcher = lateView(async () => (await loadSwitcher()).Switcher);

const SearchPane = lateView(async () => (await loadSearchPane()).SearchPane);

const StarredPane = lateView(async () => (await import("@/components/notes/starred-pane")).StarredPane);

const Settings = lateView(async () => (await import("@/components/settings/settings")).Settings);

const ReportsPage = lateView(async () => (await import("@/components/reports/reports-page")).ReportsPage);

const RoomDialogs = lateView(async () => (await import("@/components/rooms/room-dialogs")).RoomDialogs);

const DetailsPane = lateView(
  async () => (await import("@/components/rooms/details/details-pane")).DetailsPane,
);

const WaitingRoom = lateView(async () => (await import("@/components/rooms/waiting-room")).WaitingRoom);

/** After everything that the person came for. */
const ATTENTION_MS = 5_000;
const Resting = unaskedView(async () => (await import("./resting")).Resting);
const Reminder = unaskedView(async () => (await import("./reminder")).Reminder);

function fetchSwitcher(): void {
  loadSwitcher().catch(() => undefined);
}

/** The ready messenger: conversations, or the settings in their place. */
export function MessengerShell(): ReactElement {
  const settings = useSettingsRoute();
  const reports = useReportsRoute();
  const online = useMessengerState((state) => state.connection === "online");
  const atFirst = useConversationsAtFirst();
  const [resting, setResting] = useState(false);
  const [switching, setSwitching] = useState<boolean | null>(null);
  useSwitcherShortcut(() => setSwitching((before) => !before));
  useEffect(() => {
    // Once is enough: what has been fetched stays.
    if (!online) return;
    const timer = setTimeout(() => {
      setResting(true);
      // At hand when the network is not.
      void fetchParser();
      fetchSwitcher();
    }, ATTENTION_MS);
    return () => clearTimeout(timer);
  }, [online]);
  useUnreadTitle();
  useVisualHeight();
  return (
    <main className={SHELL_CLASS}>
      <div className="col-span-full">
        <ConnectionBar />
        {resting && (
          <Suspense>
            <Resting since={atFirst ?? []} />
          </Suspense>
        )}
      </div>
      {settings === null && !reports ? (
        <Conversations resting={resting} onSwitch={() => setSwitching(true)} />
      ) : (
        <Suspense>{settings === null ? <ReportsPage /> : <Settings route={settings} />}</Suspense>
      )}
      {switching !== null && (
        <Suspense>
          <Switcher open={switching} onOpenChange={setSwitching} />
        </Suspense>
      )}
    </main>
  );
}

/** As they were when they were first there; later ones draw nothing anew. */
function useConversationsAtFirst(): readonly Conversation[] | null {
  const first = useRef<readonly Conversation[] | null>(null);
  return useMessengerState(({ conversations }) => {
    first.current ??= conversations;
    return first.current;
  });
}

/** Conversations on the left, one of them in the middle; on a phone one at a time. */
function Conversations(props: { resting: boolean; onSwitch: () => void }): ReactElement {
  const { resting, onSwitch } = props;
  const { t } = useI18n();
  const route = useConversationRoute();
  const details = useConversationPart("details");
  const dialog = useRoomDialog();
  const me = useMessengerState((state) => state.me);
  const conversations = useMessengerState((state) => state.conversations);
  useSearchShortcut(() => openSearch(route, null));
  const searching = useSearchRoute();
  const starred = useStarredRoute();
  const hasPane = searching || starred;
  const conversation = conversations?.find((candidate) => candidate.id === route);
  const inDetails = conversation && !conversation.room?.refused && details !== null;
  const beside = inDetails || hasPane;

  return (
    <>
      <nav
        aria-label={t("messenger.conversations")}
        className={clsx(SIDE_CLASS, (route !== null || hasPane) && "max-md:hidden")}
      >
        <SideHeader>{me && <Account me={me} />}</SideHeader>
        <div className="mx-3 mb-2.5 flex shrink-0 gap-1.5">
          <SwitchButton onClick={onSwitch} />
          <IconButton
            icon="searchText"
            label={t("search.open")}
            onPointerEnter={fetchSearchPane}
            onFocus={fetchSearchPane}
            onClick={() => openSearch(route, null)}
            className="border border-line bg-raised hover:border-edge"
          />
          <NewButton />
        </div>
        <ConversationList selected={route} onFindPerson={onSwitch} />
        {resting && (
          <Suspense>
            <Reminder />
          </Suspense>
        )}
      </nav>
      <section
        aria-label={conversation ? conversationName(conversation, t) : t("messenger.pick")}
        className={clsx(
          "relative flex min-h-0 min-w-0 bg-paper",
          route === null && !hasPane && "max-md:hidden",
        )}
      >
        <div className={clsx("flex min-w-0 flex-1 flex-col", beside && BEHIND_CLASS)}>
          {conversation ? (
            <ConversationView key={conversation.id} conversation={conversation} />
          ) : (
            conversations && <NotHere route={route} />
          )}
        </div>
        {searching && (
          <Suspense>
            <SearchPane open={conversation?.id ?? null} />
          </Suspense>
        )}
        {starred && (
          <Suspense>
            <StarredPane />
          </Suspense>
        )}
        {inDetails && (
          <Suspense>
            <DetailsPane key={conversation.id} conversation={conversation} route={details} />
          </Suspense>
        )}
      </section>
      {dialog && (
        <Suspense>
          <RoomDialogs dialog={dialog} onClose={closeRoomDialog} />
        </Suspense>
      )}
    </>
  );
}

/** A room that one waits for, or nothing. */
function NotHere({ route }: { route: ConversationId | null }): ReactElement {
  const waiting = useMessengerState((state) => state.waiting);
  const awaited = waiting.find(({ conversation }) => conversation === route);
  if (!awaited) return <NothingOpen gone={route !== null} />;
  return (
    <Suspense>
      <WaitingRoom waiting={awaited} />
    </Suspense>
  );
}

export function SideHeader({ children }: { children?: ReactNode }): ReactElement {
  return (
    <div className="flex h-15 shrink-0 items-center justify-between ps-4 pe-2.5">
      <h1 className="flex">
        <Wordmark />
      </h1>
      {children}
    </div>
  );
}

function SwitchButton({ onClick }: { onClick: () => void }): ReactElement {
  const { t } = useI18n();
  const [keys, setKeys] = useState("");
  useEffect(() => setKeys(switcherKeys()), []);
  return (
    <button
      type="button"
      onClick={onClick}
      onPointerEnter={fetchSwitcher}
      onFocus={fetchSwitcher}
      title={`${t("messenger.write")} (${keys})`}
      className="target flex min-w-0 flex-1 items-center gap-2.5 rounded-lg border border-line bg-raised px-3 text-soft text-sm transition-colors hover:border-edge"
    >
      <Icon name="search" className="size-4.5" />
      {/* Without room for both, the keys are on a second line, which is not seen. */}
      <span className="flex h-[1lh] min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-2 overflow-hidden">
        <span className="max-w-full truncate">{t("messenger.write")}</span>
        <kbd className="font-sans text-faint text-xs pointer-coarse:hidden">{keys}</kbd>
      </span>
    </button>
  );
}
