"use client";

import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { PanelFailed, PanelSkeleton } from "@/components/settings/panel";
import { useI18n } from "@/lib/client/hooks/i18n";
import { conversationName } from "@/lib/client/hooks/person-name";
import { useLoaded } from "@/lib/client/hooks/use-loaded";
import { useMessengerState } from "@/lib/client/hooks/use-messenger";
import { useRooms } from "@/lib/client/hooks/use-rooms";
import type { Conversation, Person } from "@/lib/client/model";
import type { RoomDetails, RoomKind, RoomStanding } from "@/lib/client/model-rooms";
import { type Permissions, permissionsOf } from "./permissions";

/** The room whose details are open. */
export interface OpenRoom {
  readonly id: Conversation["id"];
  readonly kind: RoomKind;
  readonly name: string;
  readonly standing: RoomStanding;
  readonly details: RoomDetails;
  readonly me: Person;
  readonly may: Permissions;
  /** Asks again, after something was done. */
  readonly reload: () => void;
}

const OpenRoomContext = createContext<OpenRoom | null>(null);

/** Loads a room's details for the views below it, and again with each change of the room. */
export function OpenRoomProvider(props: {
  conversation: Conversation;
  standing: RoomStanding;
  children: ReactNode;
}): ReactElement | null {
  const { conversation, standing, children } = props;
  const { t } = useI18n();
  const { id, kind } = conversation;
  const rooms = useRooms();
  const me = useMessengerState((state) => state.me);
  const { value: details, error, reload } = useLoaded(useCallback(() => rooms.details(id), [rooms, id]));
  // Another object comes with each message, another content with a change of the room.
  const facts = JSON.stringify(standing);
  const known = useRef(facts);
  useEffect(() => {
    if (known.current !== facts) reload();
    known.current = facts;
  }, [facts, reload]);
  const name = conversationName(conversation, t);
  const open = useMemo((): OpenRoom | null => {
    if (!details || !me || kind === "direct") return null;
    const may = permissionsOf(standing.role, kind, me.id);
    return { id, kind, name, standing, details, me, may, reload };
  }, [id, kind, name, standing, details, me, reload]);
  if (!open) {
    return (
      <div className="p-5">
        {error === null ? <PanelSkeleton /> : <PanelFailed error={error} onRetry={reload} />}
      </div>
    );
  }
  return <OpenRoomContext value={open}>{children}</OpenRoomContext>;
}

export function useOpenRoom(): OpenRoom {
  const room = useContext(OpenRoomContext);
  if (!room) throw new Error("useOpenRoom needs an OpenRoomProvider above it");
  return room;
}
