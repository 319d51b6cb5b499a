"use client";

import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icons";
import { openConversationRoute } from "@/lib/client/hooks/use-conversation-route";
import { useOpenRoom } from "./use-open-room";

/** The way to another page of the details. */
export function PageButton(props: { page: string; icon: IconName; children: ReactNode }): ReactElement {
  const { id } = useOpenRoom();
  return (
    <button
      type="button"
      onClick={() => openConversationRoute(id, `details=${props.page}`)}
      className="target -mx-2 flex items-center gap-3 rounded-lg px-2 py-1.5 text-start transition-colors hover:bg-hover"
    >
      <Icon name={props.icon} className="size-4.5 text-soft" />
      {props.children}
    </button>
  );
}
